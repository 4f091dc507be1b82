"""Pages of the migration service centre."""

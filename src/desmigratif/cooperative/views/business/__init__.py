"""Pages of businesses, the capital in them, and their goods."""

"""Pages of the learning centre."""

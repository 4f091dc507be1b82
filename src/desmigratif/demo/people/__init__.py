"""Who lives in the demo: made-up names and households."""

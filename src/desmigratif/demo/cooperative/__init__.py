"""The demo's cooperatives: one in its first year, one two years old, and their units."""

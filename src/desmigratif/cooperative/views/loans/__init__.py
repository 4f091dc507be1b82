"""Pages of lending, and of each act on a loan."""

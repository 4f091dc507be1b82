"""Forms of the cooperative's pages."""

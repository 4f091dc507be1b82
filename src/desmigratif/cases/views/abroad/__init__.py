"""While somebody works abroad."""

"""The books: how they are opened, written and closed."""

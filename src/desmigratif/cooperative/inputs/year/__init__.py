"""A book year: its statements, its end, and its surplus."""

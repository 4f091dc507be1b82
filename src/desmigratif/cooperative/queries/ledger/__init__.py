"""Reading the books, proving them, and handing them to other programs."""

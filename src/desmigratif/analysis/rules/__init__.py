"""What a pivot is, what of it may be shown, how its cells add up, and its files. Plain Python."""

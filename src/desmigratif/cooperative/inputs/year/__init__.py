"""Inputs of a book year."""

"""Shapes of the country: those that this version brings along, and an operator's own file."""

"""The map as plain numbers: points, shapes, an operator's file, and what is drawn of them."""

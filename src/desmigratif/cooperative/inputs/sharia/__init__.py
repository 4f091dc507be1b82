"""Inputs of the actions on sharia contracts and units."""

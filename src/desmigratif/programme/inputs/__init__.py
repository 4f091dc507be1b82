"""Inputs of the actions of the programme."""

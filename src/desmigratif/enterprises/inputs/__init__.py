"""Inputs of productive enterprise's actions, by noun."""

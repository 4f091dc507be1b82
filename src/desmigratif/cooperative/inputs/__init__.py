"""Inputs of the cooperative's actions, by noun."""

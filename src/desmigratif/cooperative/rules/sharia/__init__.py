"""Sharia contracts: what they may ask, what they earn, and what a loss costs. Plain Python."""

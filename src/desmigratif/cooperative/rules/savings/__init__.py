"""Savings: each kind by its own rule, their interest, and the tax on it."""

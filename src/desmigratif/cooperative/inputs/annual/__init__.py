"""Inputs of the members' meeting and of what is shown and judged once a year."""

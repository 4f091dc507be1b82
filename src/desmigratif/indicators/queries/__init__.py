"""Figures as a reader may see them, from roll-ups only: one, a series, a grid; targets and published months."""

"""Pillar four: a cooperative, its members, savings, loans and books."""

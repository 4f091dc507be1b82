"""Coming back, and life at home again."""

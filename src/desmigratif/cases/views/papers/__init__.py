"""The papers of a candidate, and the offices they go to."""

"""Forms about the papers of a candidate."""

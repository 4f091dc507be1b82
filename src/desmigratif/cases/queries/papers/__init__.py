"""Reading the papers of candidates, and where they lie."""

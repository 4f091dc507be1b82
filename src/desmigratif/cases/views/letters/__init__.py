"""Letters: the family's permission, the village's own, and the right to an answer."""

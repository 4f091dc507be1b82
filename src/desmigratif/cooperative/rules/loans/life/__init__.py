"""The life of a loan after it was handed out: what happened, replayed into how it stands."""

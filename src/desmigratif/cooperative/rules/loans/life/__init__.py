"""The life of a loan after it was handed out: how it is kept, what happened, replayed into how it stands."""

"""Reading the learning centre, by noun."""

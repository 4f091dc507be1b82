"""Forms of the offer check and of what follows it."""

"""Forms of sharia contracts, the benevolent fund, and units."""

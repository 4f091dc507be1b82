"""Reading sharia contracts, the benevolent fund, and units."""

"""What people do with sharia contracts, the benevolent fund, and units."""

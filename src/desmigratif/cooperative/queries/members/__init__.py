"""Reading the register of members, and how far a savings group is on its way."""

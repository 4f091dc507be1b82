"""Forms of the register of members, of leaving, and of a group on its way."""

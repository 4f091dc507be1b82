"""Pages of the register, of leaving, and of a group on its way to a cooperative."""

"""Reading the members' meetings and the year of a cooperative."""

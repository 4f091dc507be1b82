"""Pages of the members' meeting and of a cooperative's year."""

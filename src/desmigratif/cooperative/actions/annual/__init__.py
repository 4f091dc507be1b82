"""What people do at a members' meeting and once a year."""

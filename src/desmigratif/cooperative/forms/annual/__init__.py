"""Forms of the members' meeting and of what is judged once a year."""

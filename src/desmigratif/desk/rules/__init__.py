"""What the desk knows without a database: how traces are said, what a new officer learns in a week."""

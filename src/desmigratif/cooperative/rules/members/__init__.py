"""Who belongs: joining, being served, leaving; and from a savings group to a cooperative."""

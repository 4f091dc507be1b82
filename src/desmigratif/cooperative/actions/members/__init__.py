"""Joining, who stands beside a member, leaving; and a savings group that becomes a cooperative."""

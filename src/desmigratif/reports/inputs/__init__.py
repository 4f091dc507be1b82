"""What the actions on reports are given."""

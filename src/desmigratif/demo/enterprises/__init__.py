"""The demo's groups that do business: who they are, what they plan and offer, a year of each."""

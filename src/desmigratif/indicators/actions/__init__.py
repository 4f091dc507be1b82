"""What people set down about figures (targets, months that are published), and what a job reckons each night."""

from desmigratif.indicators.actions.aims import publish_month, set_target
from desmigratif.indicators.actions.reckoning import reckon_village

__all__ = ["publish_month", "reckon_village", "set_target"]

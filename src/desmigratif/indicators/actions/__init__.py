"""What people set down about figures: targets, and months that are published."""

from desmigratif.indicators.actions.aims import publish_month, set_target

__all__ = ["publish_month", "set_target"]

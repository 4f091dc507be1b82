"""What people set down about figures: targets, months that are published, the shapes of regions on the map."""

from desmigratif.indicators.actions.aims import publish_month, set_target
from desmigratif.indicators.actions.boundaries import load_boundaries

__all__ = ["load_boundaries", "publish_month", "set_target"]

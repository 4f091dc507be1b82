"""What people set down about figures (targets, published months, shapes on the map), and what a job reckons nightly."""

from desmigratif.indicators.actions.aims import publish_month, set_target
from desmigratif.indicators.actions.boundaries import load_boundaries, restore_boundaries
from desmigratif.indicators.actions.reckoning import reckon_village

__all__ = ["load_boundaries", "publish_month", "reckon_village", "restore_boundaries", "set_target"]

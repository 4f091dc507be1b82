"""What this pillar's records say of the indicators: what time or many records together change, and a plain recount."""

from desmigratif.parenting.measures.reckoned import reckon
from desmigratif.parenting.measures.recounted import recount

__all__ = ["reckon", "recount"]

"""What these records say of the indicators: what time or many records together change, and a plain recount."""

from desmigratif.cooperative.measures.reckoned import reckon
from desmigratif.cooperative.measures.recounted import recount

__all__ = ["reckon", "recount"]

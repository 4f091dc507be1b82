"""What these records say of the indicators: what time or many records together change, and a plain recount."""

from desmigratif.programme.measures.reckoned import reckon
from desmigratif.programme.measures.recounted import recount

__all__ = ["reckon", "recount"]

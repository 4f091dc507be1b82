"""What people do with extracts."""

from desmigratif.extracts.actions.asking import ask_extract, withdraw_extract
from desmigratif.extracts.actions.deciding import approve_extract, refuse_extract
from desmigratif.extracts.actions.files import end_extract, take_extract

__all__ = ["approve_extract", "ask_extract", "end_extract", "refuse_extract", "take_extract", "withdraw_extract"]

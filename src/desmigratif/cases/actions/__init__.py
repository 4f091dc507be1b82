"""What people do at the service centre; importing this registers every action."""

from desmigratif.cases.actions.cases import check_offer, open_case, record_family_talk, withdraw_case
from desmigratif.cases.actions.letters import issue_family_permission
from desmigratif.cases.actions.visits import finish_visit, record_visit

__all__ = [
    "check_offer",
    "finish_visit",
    "issue_family_permission",
    "open_case",
    "record_family_talk",
    "record_visit",
    "withdraw_case",
]

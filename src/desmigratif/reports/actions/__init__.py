"""What people do with reports."""

from desmigratif.reports.actions.inbox import fill_inbox, subscribe, unsubscribe
from desmigratif.reports.actions.monthly import accept_report, owe_report, return_report, write_report
from desmigratif.reports.actions.signing import hand_back, send_report, sign_report

__all__ = [
    "accept_report", "fill_inbox", "hand_back", "owe_report", "return_report", "send_report", "sign_report",
    "subscribe", "unsubscribe", "write_report",
]  # fmt: skip

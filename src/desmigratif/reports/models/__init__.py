"""Reports of villages month by month, and what comes into somebody's inbox by itself."""

from desmigratif.reports.models.inbox import InboxFile, Subscription
from desmigratif.reports.models.monthly import ReportDue, ReportRemark, VillageReport

__all__ = ["InboxFile", "ReportDue", "ReportRemark", "Subscription", "VillageReport"]

"""Every module whose import registers actions, by name: one place to read what the door knows."""

import desmigratif.access.actions
import desmigratif.access.reviews
import desmigratif.analysis.actions
import desmigratif.cases.actions
import desmigratif.cooperative.actions
import desmigratif.desk.actions
import desmigratif.documents.actions
import desmigratif.enterprises.actions
import desmigratif.extracts.actions
import desmigratif.indicators.actions
import desmigratif.parenting.actions
import desmigratif.people.actions
import desmigratif.placement.actions
import desmigratif.programme.actions
import desmigratif.reports.actions  # noqa: F401

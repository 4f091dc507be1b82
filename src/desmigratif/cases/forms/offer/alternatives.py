"""Forms of what follows a stopped offer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick
from desmigratif.cases.models import FollowUpOutcome, VacancyOutcome
from desmigratif.documents.acting import ActForm, Day, RecordForm


class RelayForm(RecordForm):
    """When the candidate was told."""

    on = Day(label=_("Disampaikan tanggal"))


class VacancyOutcomeForm(ActForm):
    """What came of it."""

    outcome = Pick(
        label=_("Bagaimana jadinya?"),
        choices=[pair for pair in VacancyOutcome.choices if pair[0] != VacancyOutcome.TOLD],
        missing=_("Pilih jawabannya."),
    )
    on = Day(label=_("Tanggal"))


class FollowUpForm(ActForm):
    """What the candidate says now."""

    outcome = Pick(label=_("Bagaimana kabar calon?"), choices=FollowUpOutcome.choices, missing=_("Pilih jawabannya."))
    on = Day(label=_("Ditanyakan tanggal"))

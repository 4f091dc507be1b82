"""Forms of leaving, of breaking a term, and of opening savings before their day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.rules.labels import LEFT_REASONS, UNLOCK_EVENTS
from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps


class LeaveForm(ActForm):
    """Why, and on which day."""

    reason = Taps(label=_("Mengapa keluar?"), choices=LEFT_REASONS.items())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal keluar"))

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"], "reason": self.cleaned_data["reason"]}


class BreakTermForm(RecordForm):
    """Nothing to fill in: what is left of the term stands above the button."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def payload(self) -> dict[str, Any]:
        return {"entry_id": self.cleaned_data["record_id"], "on": self.today}


class UnlockForm(ActForm):
    """What came before the day, in a word and in a sentence."""

    event = Taps(label=_("Keperluan apa yang datang lebih awal?"), choices=UNLOCK_EVENTS.items())
    reason = forms.CharField(
        label=_("Alasannya"), min_length=5, max_length=160, help_text=_("Misalnya: uang sekolah ditagih bulan ini.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def payload(self) -> dict[str, Any]:
        return {"on": self.today, "event": self.cleaned_data["event"], "reason": self.cleaned_data["reason"]}

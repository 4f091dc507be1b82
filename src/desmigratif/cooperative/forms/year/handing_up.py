"""Forms of a unit's surplus: offered, taken in, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day, RecordForm


class OfferForm(RecordForm):
    """Nothing to fill in: the sum stands in the closed books."""

    def payload(self) -> dict[str, Any]:
        return {"hand_up_id": self.cleaned_data["record_id"]}


class TakeInForm(RecordForm):
    """The day on which both books enter it."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal di kedua buku"))

    def payload(self) -> dict[str, Any]:
        """The entries' ids follow from the page's own, so that sending it twice is sending the same."""
        id = self.cleaned_data["record_id"]
        ids = {"entry_id": uuid5(id, "unit"), "head_entry_id": uuid5(id, "head")}
        return {"on": self.cleaned_data["on"], **ids}


class TakeBackForm(TakeInForm):
    """Why it is undone."""

    reason = forms.CharField(label=_("Alasannya"), min_length=3, max_length=160)

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "reason": self.cleaned_data["reason"]}

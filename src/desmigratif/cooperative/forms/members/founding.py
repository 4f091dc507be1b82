"""Forms of a savings group on its way to a cooperative."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.models import CooperativeKind
from desmigratif.cooperative.rules.members.founding import STEP_LABELS
from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps

GOALS = [
    (kind.value, kind.label)
    for kind in (CooperativeKind.COOPERATIVE, CooperativeKind.KDMP_UNIT, CooperativeKind.VILLAGE_ENTERPRISE_UNIT)
]


class StepForm(RecordForm):
    """A step that is done, and the paper that says so."""

    proof = forms.CharField(
        label=_("Buktinya"), min_length=3, max_length=120, help_text=_("Misalnya: notulen rapat 12 Januari 2026.")
    )

    def __init__(self, *args: Any, today: date, codes: list[str], asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["code"] = Taps(label=_("Langkahnya"), choices=[(code, STEP_LABELS[code]) for code in codes])
        self.initial["code"] = asked if asked in codes else codes[0] if codes else None
        self.fields["on"] = Day(label=_("Tanggal"))
        self.order_fields(["code", "on", "proof"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"step_id": data["record_id"], "code": data["code"], "on": data["on"], "proof": data["proof"]}


class BecomeForm(ActForm):
    """As what the group goes on."""

    name = forms.CharField(label=_("Nama"), min_length=3, max_length=120)
    legal_number = forms.CharField(
        label=_("Nomor badan hukum"), required=False, max_length=60,
        help_text=_("Koperasi: dari pengesahan. Unit: nomor badan hukum induknya, bila ada."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, name: str, asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "name": name}, **kwargs)
        self.fields["kind"] = Taps(label=_("Menjadi apa?"), choices=GOALS)
        self.initial["kind"] = asked if asked in dict(GOALS) else GOALS[0][0]
        self.fields["on"] = Day(label=_("Mulai tanggal"))
        self.order_fields(["kind", "name", "legal_number", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("kind", "name", "legal_number", "on")}

"""Forms about children. Lists of choices are those of regulations/parenting*.yaml on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.parenting.models import Child
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.rules.risk import plan_steps
from desmigratif.people.models import Resident

UNKNOWN = ("", _("Tidak tahu"))
FACTS = (
    "parent", "worker_id", "caregiver_relation", "caregiver_id", "caregiver_load", "last_contact_on", "schooling",
    "school", "school_class",
)  # fmt: skip


def choice(label: Any, choices: Iterable[tuple[str, Any]], help_text: Any = "") -> forms.ChoiceField:
    """One of a list, or unknown."""
    return forms.ChoiceField(label=label, choices=[UNKNOWN, *choices], required=False, help_text=help_text)


def taps(label: Any, choices: Iterable[tuple[str, Any]], missing: Any) -> forms.ChoiceField:
    """One of a few, as big choices."""
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages={"required": missing}
    )


def several(label: Any, choices: Iterable[tuple[str, Any]], missing: Any = "") -> forms.MultipleChoiceField:
    field = forms.MultipleChoiceField(
        label=label, choices=list(choices), required=bool(missing), widget=forms.CheckboxSelectMultiple
    )
    if missing:
        field.error_messages["required"] = missing
    return field


def fact_fields(today: date, family: Sequence[Resident]) -> dict[str, forms.Field]:
    """What the centre asks about a child: no more than it needs."""
    people = [(str(one.id), one.shown_name) for one in family]
    return {
        "parent": choice(_("Siapa yang di luar negeri?"), labels("parents", today).items()),
        "worker_id": choice(_("Namanya"), people),
        "caregiver_relation": choice(_("Siapa yang mengasuh?"), labels("caregiver_relations", today).items()),
        "caregiver_id": choice(_("Nama pengasuh"), people),
        "caregiver_load": choice(
            _("Bagaimana mengasuhnya, menurut pengasuh?"), labels("caregiver_loads", today).items()
        ),
        "last_contact_on": Day(label=_("Terakhir berbicara dengan orang tuanya"), required=False),
        "schooling": choice(_("Sekolah di mana?"), labels("schooling", today).items()),
        "school": forms.CharField(label=_("Nama sekolah"), required=False, max_length=100),
        "school_class": forms.CharField(label=_("Kelas"), required=False, max_length=20),
        "needs": several(_("Yang dibutuhkan anak"), labels("needs", today).items()),
    }


def facts_said(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"needs": data["needs"], **{name: data[name] or None for name in FACTS}}


class EnrolForm(RecordForm):
    """A child comes to the centre."""

    def __init__(self, *args: Any, today: date, family: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, **kwargs.pop("initial", {})}, **kwargs)
        bases = labels("bases", today).items()
        self.fields["basis"] = taps(_("Dasar mencatat data anak"), bases, _("Pilih dasar pencatatannya."))
        self.fields["given_by"] = choice(_("Siapa yang mengizinkan?"), labels("consent_givers", today).items())
        self.fields.update(fact_fields(today, family))
        self.fields["on"] = Day(label=_("Didaftarkan tanggal"))

    def refuse(self, reasons: tuple[Any, ...]) -> None:
        """Only who was asked "is it another child?" is shown the box that says so."""
        if any(reason.field == "known_to_differ" for reason in reasons):
            self.fields["known_to_differ"] = differs()
        super().refuse(reasons)

    def full_clean(self) -> None:
        if self.data.get("known_to_differ"):
            self.fields["known_to_differ"] = differs()
        super().full_clean()

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "child_id": data["record_id"], "on": data["on"], "basis": data["basis"],
            "given_by": data["given_by"] or None, "known_to_differ": data.get("known_to_differ", False),
            **facts_said(data),
        }  # fmt: skip


def differs() -> forms.BooleanField:
    return forms.BooleanField(label=_("Anak yang berbeda"), required=False)


class ChangeChildForm(ActForm):
    """What is known now; it opens with what was known."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, family: Sequence[Resident], child: Child, **kwargs: Any) -> None:
        known = {name: getattr(child, name) for name in (*FACTS, "needs")}
        super().__init__(*args, initial={**known, "seen": child.version}, **kwargs)
        self.fields.update(fact_fields(today, family))

    def payload(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], **facts_said(self.cleaned_data)}


class LeaveForm(ActForm):
    def __init__(self, *args: Any, today: date, because: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "because": because}, **kwargs)
        self.fields["because"] = taps(_("Mengapa keluar?"), labels("leaving", today).items(), _("Pilih alasannya."))
        self.fields["on"] = Day(label=_("Tanggal keluar"))

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("because", "on")}


class PlanForm(RecordForm):
    def __init__(self, *args: Any, today: date, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due_on": due_on}, **kwargs)
        missing = _("Pilih paling sedikit satu langkah.")
        self.fields["steps"] = several(_("Langkahnya"), plan_steps(today).items(), missing)
        self.fields["due_on"] = Day(label=_("Selesai paling lambat"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"plan_id": data["record_id"], "steps": data["steps"], "due_on": data["due_on"]}


class FinishPlanForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [("ya", _("Sudah membantu anaknya")), ("belum", _("Belum cukup, perlu rencana baru"))]
        self.fields["helped"] = taps(_("Bagaimana hasilnya?"), ends, _("Pilih hasilnya."))

    def payload(self) -> dict[str, Any]:
        return {"helped": self.cleaned_data["helped"] == "ya"}

"""Forms about children. Lists of choices are those of regulations/parenting.yaml on the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day, RecordForm
from desmigratif.parenting.rules.children import labels
from desmigratif.people.models import Resident

UNKNOWN = ("", _("Tidak tahu"))


def _choice(label: Any, name: str, today: date, help_text: Any = "") -> forms.ChoiceField:
    choices = [UNKNOWN, *labels(name, today).items()]
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=help_text)


class EnrolForm(RecordForm):
    """What the centre asks about a child: no more than it needs."""

    def __init__(self, *args: Any, today: date, family: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, **kwargs.pop("initial", {})}, **kwargs)
        people = [UNKNOWN, *((str(one.id), one.shown_name) for one in family)]
        self.fields["parent"] = _choice(_("Siapa yang di luar negeri?"), "parents", today)
        self.fields["worker_id"] = forms.ChoiceField(label=_("Namanya"), choices=people, required=False)
        self.fields["carer_relation"] = _choice(_("Siapa yang mengasuh?"), "carer_relations", today)
        self.fields["carer_id"] = forms.ChoiceField(label=_("Nama pengasuh"), choices=people, required=False)
        self.fields["last_contact_on"] = Day(label=_("Terakhir berbicara dengan orang tuanya"), required=False)
        self.fields["schooling"] = _choice(_("Sekolah di mana?"), "schooling", today)
        self.fields["school"] = forms.CharField(label=_("Nama sekolah"), required=False, max_length=100)
        self.fields["school_class"] = forms.CharField(label=_("Kelas"), required=False, max_length=20)
        self.fields["needs"] = forms.MultipleChoiceField(
            label=_("Yang dibutuhkan anak"), choices=list(labels("needs", today).items()), required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["basis"] = forms.ChoiceField(
            label=_("Dasar mencatat data anak"), choices=list(labels("bases", today).items())
        )
        self.fields["given_by"] = _choice(_("Siapa yang mengizinkan?"), "consent_givers", today)
        self.fields["known_to_differ"] = forms.BooleanField(label=_("Anak yang berbeda"), required=False)
        self.fields["on"] = Day(label=_("Didaftarkan tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        open_ones = (
            "parent", "worker_id", "carer_relation", "carer_id", "last_contact_on", "schooling", "school",
            "school_class", "given_by",
        )  # fmt: skip
        return {
            "child_id": data["record_id"], "on": data["on"], "basis": data["basis"], "needs": data["needs"],
            "known_to_differ": data["known_to_differ"], **{name: data[name] or None for name in open_ones},
        }  # fmt: skip

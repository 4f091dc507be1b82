"""Forms about skill and will, and about trainings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.enterprises.models import Potential
from desmigratif.enterprises.rules.will import answers_on

SAID = ("skills", "trade", "hours", "capital", "market", "will")


class Ticks(forms.MultipleChoiceField):
    """Any number of a few."""

    widget = forms.CheckboxSelectMultiple


class PotentialForm(RecordForm):
    """Six short questions; only the will must be known."""

    def __init__(self, *args: Any, today: date, before: Potential | None, **kwargs: Any) -> None:
        known = {name: getattr(before, name) for name in SAID} if before else {}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["will"] = Taps(label=_("Mau ikut usaha kelompok?"), choices=answers_on("will", today).items())
        self.fields["skills"] = Ticks(
            label=_("Bisa apa?"), choices=list(answers_on("skills", today).items()), required=False
        )
        for name, what, label in (
            ("trade", "trades", _("Ingin usaha apa?")), ("hours", "hours", _("Berapa jam seminggu?")),
            ("capital", "capital", _("Modal sendiri")), ("market", "markets", _("Sudah punya pembeli?")),
        ):  # fmt: skip
            self.fields[name] = Taps(label=label, choices=answers_on(what, today).items(), required=False)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"potential_id": data["record_id"], **{name: data[name] for name in SAID}}


class TrainingForm(RecordForm):
    """A course: what, by whom, where, from when, how long."""

    title = forms.CharField(label=_("Nama pelatihan"), min_length=3, max_length=100)
    trainer = forms.CharField(
        label=_("Pelatih"), min_length=3, max_length=100, help_text=_("Nama dan asalnya, misalnya dari Dinas Koperasi.")
    )
    place = forms.CharField(label=_("Tempat"), max_length=100, required=False)
    starts_on = Day(label=_("Mulai tanggal"))
    hours = forms.IntegerField(label=_("Berapa jam seluruhnya?"), min_value=1, max_value=500)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("title", "trainer", "place", "starts_on", "hours")
        return {"training_id": data["record_id"], **{name: data[name] for name in names}}


class InviteForm(ActForm):
    """Whom to invite, of those proposed or found."""

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resident_ids"] = Ticks(
            label=_("Siapa diundang?"), choices=[(str(id), name) for id, name in people],
            error_messages={"required": _("Pilih paling sedikit satu orang.")},
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        return {"resident_ids": self.cleaned_data["resident_ids"]}


class DayForm(RecordForm):
    """A day that was held, and who was there."""

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))
        self.fields["hours"] = forms.IntegerField(label=_("Berapa jam?"), min_value=1, max_value=12)
        self.fields["participant_ids"] = Ticks(
            label=_("Siapa hadir?"), choices=[(str(id), name) for id, name in people], required=False
        )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"day_id": data["record_id"], **{name: data[name] for name in ("on", "hours", "participant_ids")}}


class ScoresForm(ActForm):
    """Two numbers for each participant; what was not taken stays empty. The action says which number is none."""

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str, int | None, int | None]], **kwargs: Any) -> None:
        self.people = list(people)
        known = {f"pre_{id}": pre for id, _name, pre, _post in self.people}
        known |= {f"post_{id}": post for id, _name, _pre, post in self.people}
        super().__init__(*args, initial=known, **kwargs)
        for id, name, _pre, _post in self.people:
            self.fields[f"pre_{id}"] = _score(_("Nilai awal %s") % name)
            self.fields[f"post_{id}"] = _score(_("Nilai akhir %s") % name)

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "pre": self[f"pre_{id}"], "post": self[f"post_{id}"]}
            for id, name, _pre, _post in self.people
        ]

    def field_of(self, path: str) -> str:
        parts = path.split(".")
        if parts[0] == "scores" and len(parts) == 3:
            return f"{parts[2]}_{self.people[int(parts[1])][0]}"
        return super().field_of(path)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "scores": [
                {"participant_id": id, "pre": data[f"pre_{id}"], "post": data[f"post_{id}"]}
                for id, _name, _pre, _post in self.people
            ]
        }


def _score(label: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, required=False)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-day"})
    return field

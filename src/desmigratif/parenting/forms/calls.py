"""Forms about calls with parents abroad."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day, RecordForm, Taps
from desmigratif.parenting.forms.centres import choices_of
from desmigratif.parenting.forms.sessions import Hour
from desmigratif.parenting.models import CallSlot
from desmigratif.people.rules.calls import WEEKDAYS
from desmigratif.regulations.countries import country_names
from desmigratif.regulations.time_zones import place_of_zone, zones_of

DONE = "done"


class CallForm(RecordForm):
    """On which evenings a child and its parent talk."""

    def __init__(self, *args: Any, today: date, standing: CallSlot | None, **kwargs: Any) -> None:
        known: dict[str, Any] = {"on": today}
        if standing is not None:
            known |= {
                "country": standing.country, "time_zone": standing.time_zone, "at": standing.at,
                "weekdays": [str(day) for day in standing.weekdays],
            }  # fmt: skip
        super().__init__(*args, initial=known, **kwargs)
        countries = sorted(((code, name) for code, name in country_names().items() if code != "IDN"), key=_by_name)
        self.fields["country"] = forms.ChoiceField(
            label=_("Negara tempat orang tuanya bekerja"), choices=[("", _("Pilih negara")), *countries]
        )
        asked = self.data.get("country") or (standing.country if standing else "")
        zones = zones_of(asked)
        if len(zones) > 1:  # a country with one clock is not asked
            self.fields["time_zone"] = Taps(
                label=_("Jamnya ikut kota mana?"), choices=[(one, _("Waktu %s") % place_of_zone(one)) for one in zones]
            )
            self.fields["time_zone"].error_messages["required"] = _(
                "Negara itu punya beberapa waktu. Pilih kota yang jamnya sama dengan tempat orang tuanya."
            )
        self.fields["weekdays"] = forms.MultipleChoiceField(
            label=_("Hari apa"), choices=[(str(day), word) for day, word in WEEKDAYS.items()],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["at"] = Hour(label=_("Jam berapa di sana"))
        self.fields["on"] = Day(label=_("Mulai tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "slot_id": data["record_id"], "country": data["country"], "at": data["at"], "on": data["on"],
            "weekdays": [int(day) for day in data["weekdays"]], "time_zone": data.get("time_zone") or None,
        }  # fmt: skip


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]


class CalledForm(RecordForm):
    """How an agreed call went."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missed = [(code, _("Tidak jadi: %s") % word.lower()) for code, word in choices_of("missed_reasons", today)]
        self.fields["went"] = forms.ChoiceField(
            label=_("Bagaimana teleponnya?"), choices=[(DONE, _("Sudah berbicara")), *missed],
            widget=forms.RadioSelect, initial=DONE,
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        went = self.cleaned_data["went"]
        return {"call_id": self.cleaned_data["record_id"], "missed_because": None if went == DONE else went}

"""Forms of moving: where somebody goes and what goes along, and where somebody who arrives will live."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day
from desmigratif.people.fields import HOUSEHOLD_FIELDS, KK, MOVABLE_FIELDS, PHONES, SPECIFIC_FIELDS
from desmigratif.people.forms import DONT_KNOW, AddressFields
from desmigratif.people.models import Household
from desmigratif.people.rules.codes import choices
from desmigratif.people.sealing import kk_index
from desmigratif.regions.models import Level
from desmigratif.regions.search import search_regions

IDENTITY = ("nik", "sex", "birth_place", "birth_date", "passport_name")
DAILY = ("marital_status", "occupation", "education", "education_current", "nationality")
PAPERS = tuple(
    name
    for name in MOVABLE_FIELDS
    if name not in (*IDENTITY, *DAILY, *SPECIFIC_FIELDS, PHONES, "name", "current_address", "latitude", "longitude")
)
GROUPS: dict[str, tuple[str, ...]] = {
    "identity": IDENTITY,
    "daily": DAILY,
    "papers": PAPERS,
    "phones": (PHONES,),
    "specific": tuple(name for name in MOVABLE_FIELDS if name in SPECIFIC_FIELDS),
}
GROUP_LABELS = [
    ("identity", _("NIK, jenis kelamin, tempat dan tanggal lahir")),
    ("daily", _("Status kawin, pekerjaan, pendidikan, kewarganegaraan")),
    ("papers", _("Orang tua, akta, paspor, asuransi, dan dokumen lain")),
    ("phones", _("Nomor HP dan cara aman dihubungi")),
    ("specific", _("Data khusus: agama, suku, golongan darah, disabilitas, KB, kehamilan")),
]


class ArrivalFields(AddressFields):
    """The family that somebody joins: the one with this KK number, or a new one at this address."""

    relation = forms.ChoiceField(
        label=_("Hubungan dalam keluarga baru"), choices=[*choices("relation"), DONT_KNOW], required=False
    )
    resident_id = forms.UUIDField(widget=forms.HiddenInput)
    household_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "resident_id", "household_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[KK].help_text = _("Bila keluarga dengan nomor ini sudah ada di desa, ia ikut keluarga itu.")

    def arrival(self, village_code: str) -> dict[str, Any]:
        """The family of that KK number where there is one, else a new one."""
        known = None
        if number := self.cleaned_data.get(KK):
            known = Household.objects.in_village(village_code).filter(kk_index=kk_index(number)).first()
        return {
            **self.values([*HOUSEHOLD_FIELDS, KK]),
            "relation": self.cleaned_data["relation"] or None,
            "resident_id": self.cleaned_data["resident_id"],
            "household_id": known.id if known else self.cleaned_data["household_id"],
        }


class TransferForm(ArrivalFields):
    """Where to, since when, and what another village may know."""

    where = forms.ChoiceField(
        label=_("Pindah ke mana?"),
        choices=[("inside", _("Keluarga lain di desa ini")), ("elsewhere", _("Desa lain"))],
        widget=forms.RadioSelect,
    )
    on = Day(label=_("Sejak tanggal"))
    to_village = forms.CharField(
        label=_("Desa tujuan"), max_length=100, required=False,
        help_text=_("Nama desa dan kecamatan, atau kodenya. Isi bila pindah ke desa lain."),
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=_("Yang boleh dilihat desa tujuan selain nama"),
        choices=GROUP_LABELS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tanyakan dulu kepada orangnya. Berlaku 90 hari, sampai desa tujuan menerima."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    move_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "move_id", "resident_id", "household_id")
    field_order = (
        "where", "on", "to_village", "groups", "hamlet", "rt", "rw", "address", "kk_number", "relation",
    )  # fmt: skip

    def __init__(self, *args: Any, village_code: str, may_see_specific: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village_code = village_code
        if not may_see_specific:
            self.fields["groups"].choices = GROUP_LABELS[:-1]  # type: ignore[attr-defined]
        for name in (*HOUSEHOLD_FIELDS, KK, "relation"):
            self.fields[name].label = _("%(label)s (bila di desa ini)") % {"label": self.fields[name].label}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("where") == "elsewhere":
            cleaned["to_village_code"] = self._village_named(cleaned.get("to_village", ""))
        else:
            cleaned["to_village_code"] = self.village_code
        return cleaned

    def _village_named(self, text: str) -> str:
        found = search_regions(text, level=Level.VILLAGE, limit=5)
        exact = [one for one in found if one.code == text.strip()]
        if len(found) == 1 or exact:
            return (exact or found)[0].code
        if not found:
            self.add_error("to_village", _("Desa ini tidak ditemukan. Tulis nama desa dan kecamatannya, atau kodenya."))
        else:
            listed = "; ".join(f"{one.label} ({one.code})" for one in found)
            self.add_error("to_village", _("Ada beberapa desa yang cocok. Tulis kodenya: %(list)s.") % {"list": listed})
        return ""

    def payload(self) -> dict[str, Any]:
        elsewhere = self.cleaned_data["where"] == "elsewhere"
        fields = [name for group in self.cleaned_data["groups"] for name in GROUPS[group]] if elsewhere else []
        return {
            "move_id": self.cleaned_data["move_id"],
            "seen_version": self.cleaned_data["seen_version"],
            "on": self.cleaned_data["on"],
            "to_village_code": self.cleaned_data["to_village_code"],
            "fields": fields,
            "arrival": self.arrival(self.village_code) if not elsewhere and self._names_a_home() else None,
        }

    def _names_a_home(self) -> bool:
        """A family without number and address is found by nobody; most likely a button was pressed too early."""
        return any(self.cleaned_data.get(name) for name in (*HOUSEHOLD_FIELDS, KK))

    def field_of(self, path: str) -> str:
        return {"to_village_code": "to_village", "fields": "groups", "arrival": KK}.get(path) or super().field_of(path)


class AcceptForm(ArrivalFields):
    """Where somebody who moved in lives."""

    field_order = ("hamlet", "rt", "rw", "address", "kk_number", "relation")

    def __init__(self, *args: Any, village_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village_code = village_code
        if "known_to_differ" in self.data:
            self._ask_whether_it_differs()

    def _ask_whether_it_differs(self) -> None:
        self.fields["known_to_differ"] = forms.BooleanField(
            label=_("Ini memang orang lain"),
            help_text=_("Centang hanya setelah mencocokkan KTP atau KK keduanya."),
            required=False,
        )

    def refuse(self, reasons: Any) -> None:
        if any(reason.code == "looks_known" for reason in reasons):
            self._ask_whether_it_differs()
        super().refuse(reasons)

    def payload(self) -> dict[str, Any]:
        differs = bool(self.cleaned_data.get("known_to_differ"))
        return {"arrival": self.arrival(self.village_code), "known_to_differ": differs}

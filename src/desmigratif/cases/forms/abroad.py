"""Forms about somebody's time abroad; everything may stay unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.before.steps import TRUTH, SeenForm
from desmigratif.cases.forms.countries import country_choices
from desmigratif.cases.forms.offer.answers import UNKNOWN
from desmigratif.cases.forms.widgets import DONT_KNOW, Number, Pick, Several, YesNo, told
from desmigratif.cases.models import ChangeKind, ContactFrom, ReportedHow, Stay
from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.people.models import Resident
from desmigratif.people.rules.calls import WEEKDAYS
from desmigratif.regulations.time_zones import place_of_zone, zones_of
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import age_on

TEXTS = ("employer", "address", "phone", "kin_name", "kin_phone")
CAREGIVER = ("caregiver_name", "caregiver_relation")
IN_NEED_OF_CARE, OF_AGE = 12, 18  # years
CHILDREN = "children_left_behind"
OFFERED = {
    CHILDREN: _("Anak-anak diundang ke rumah belajar"),
    "spouse_training": _("Keluarga diundang ke pelatihan usaha"),
    "saving_plan": _("Keluarga ditawari menabung dari kiriman"),
}


class Clock(forms.TimeField):
    """An hour, as people write it: 19.00 or 19:00."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, input_formats=["%H.%M", "%H:%M"])
        self.widget = forms.TimeInput(format="%H.%M", attrs={"class": "w-day", "autocomplete": "off"})
        self.error_messages["invalid"] = _("Tulis jam seperti 19.00.")


def add_stay_fields(form: forms.Form, *, country: str, members: Iterable[Resident]) -> None:
    """What a departure and the page of a stay both ask: with whom, where, whom to tell, when to call."""
    fields = form.fields
    fields["employer"] = forms.CharField(label=_("Nama pemberi kerja"), required=False, max_length=120)
    fields["address"] = forms.CharField(
        label=_("Alamat kerja dan kotanya"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    fields["phone"] = forms.CharField(
        label=_("Nomor HP yang dipakai di sana"), required=False, max_length=120,
        help_text=_("Boleh juga nama akun pesannya."),
    )  # fmt: skip
    fields["kin_id"] = forms.ChoiceField(
        label=_("Siapa di rumah yang dihubungi bila ada apa-apa?"), required=False,
        choices=[DONT_KNOW, *((str(member.id), member.shown_name) for member in members)],
    )  # fmt: skip
    fields["kin_name"] = forms.CharField(label=_("Atau orang lain, siapa?"), required=False, max_length=120)
    fields["kin_phone"] = forms.CharField(label=_("Nomor HP orang itu"), required=False, max_length=120)
    fields["contact_weekdays"] = Several(
        choices=[(str(day), word) for day, word in WEEKDAYS.items()], label=_("Hari apa biasanya menelepon?")
    )
    fields["contact_time"] = Clock(
        label=_("Jam berapa, menurut jam di sana?"), help_text=_("Misalnya 19.00. Di sini dihitung jam desanya.")
    )
    zones = zones_of(country)
    if len(zones) > 1:
        fields["time_zone"] = forms.ChoiceField(
            label=_("Jamnya ikut kota mana?"), required=False,
            choices=[(name, _("Waktu %s") % place_of_zone(name)) for name in zones],
        )  # fmt: skip


def add_caregiver_fields(form: forms.Form) -> None:
    """Who looks after the children at home."""
    form.fields["caregiver_name"] = forms.CharField(
        label=_("Siapa yang mengasuh anak di rumah?"), required=False, max_length=120,
        help_text=_("Orang yang sehari-hari tinggal bersama anak. Boleh lebih dari satu nama."),
    )  # fmt: skip
    form.fields["caregiver_relation"] = forms.CharField(
        label=_("Hubungannya dengan anak"), required=False, max_length=120,
        help_text=_("Misalnya ayah, nenek, atau bibi."),
    )  # fmt: skip


def stay_facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """The nested input of those fields."""
    said = {name: data.get(name) or None for name in (*TEXTS, *CAREGIVER)}
    return {
        **said,
        "kin_id": data["kin_id"] or None,
        "time_zone": data.get("time_zone") or None,
        "contact_weekdays": [int(day) for day in data["contact_weekdays"]] or None,
        "contact_time": data["contact_time"],
    }


def interval_field(today: date, agreed: int | None) -> Number:
    offered = ", ".join(str(days) for days in value_on("abroad.asked_to_agree", today))
    field = Number(
        label=_("Memberi kabar tiap berapa hari?"), most=365,
        help_text=_("Misalnya %s. Bila lewat, petugas diingatkan.") % offered,
    )  # fmt: skip
    field.initial = agreed
    return field


class DepartureForm(SeenForm):
    """Somebody leaves: when, with whom, how to be reached, who cares for the children, what the family wants."""

    record_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "record_id")
    on = Day(label=_("Tanggal berangkat"))

    def __init__(
        self, *args: Any, version: int, today: date, country: str, members: Sequence[Resident], youngest: int | None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        minors = youngest is not None and youngest < OF_AGE
        offered = {code: label for code, label in OFFERED.items() if members and (minors or code != CHILDREN)}
        initial = {"on": today, "seen": version, "hand_overs": list(offered)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["agreed_contact_days"] = interval_field(today, None)
        add_stay_fields(self, country=country, members=members)
        if offered:
            self.fields["hand_overs"] = Several(
                choices=offered.items(), label=_("Yang ditawarkan kepada keluarga"),
                help_text=_("Kosongkan yang tidak dimau; layanannya masih bertanya lagi."),
            )  # fmt: skip
        if youngest is not None and youngest < IN_NEED_OF_CARE:
            self.fields["caregiver_named"] = YesNo(label=_("Sudah ada yang mengasuh anak di rumah?"))
        if minors:
            add_caregiver_fields(self)
        self.fields["note"] = forms.CharField(
            label=_("Catatan: rencana anak dan uang"),
            required=False,
            max_length=2000,
            widget=told(),
            help_text=_("Disimpan terkunci; hanya petugas yang bisa membuka."),
        )
        self.fields["left_anyway"] = forms.BooleanField(
            label=_("Orangnya sudah berangkat walau belum semua beres"),
            required=False,
            help_text=_("Centang hanya bila memang sudah pergi, supaya tetap bisa dilindungi. Tidak ada hukumannya."),
        )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "check_id": data["record_id"],
            "seen": data["seen"],
            "on": data["on"],
            "left_anyway": data["left_anyway"],
            "agreed_contact_days": data["agreed_contact_days"],
            "caregiver_named": True if data.get("caregiver_name") else TRUTH[data.get("caregiver_named", UNKNOWN)],
            "note": data["note"] or None,
            "stay": stay_facts(data),
            "hand_overs": data.get("hand_overs", []),
        }


class StayForm(SeenForm):
    """With whom and where somebody is, whom to tell, when to call, until when the contract and the cover hold."""

    def __init__(
        self, *args: Any, stay: Stay | None, said: Mapping[str, str], country: str, agreed: int | None,
        members: Iterable[Resident], today: date, **kwargs: Any,
    ) -> None:  # fmt: skip
        known: dict[str, Any] = {"seen": stay.version if stay else 0, "country": country, **said}
        if stay is not None:
            known |= {
                "kin_id": str(stay.kin_id or ""), "time_zone": stay.time_zone,
                "contact_time": f"{stay.contact_time:%H.%M}" if stay.contact_time else "",
                "contact_weekdays": [str(day) for day in stay.contact_weekdays],
                "contract_until": stay.contract_until, "cover_until": stay.cover_until,
            }  # fmt: skip
        super().__init__(*args, initial=known, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Bekerja di negara mana?"), choices=country_choices(today), required=False
        )
        self.fields["agreed_contact_days"] = interval_field(today, agreed)
        listed = list(members)
        add_stay_fields(self, country=country, members=listed)
        if said.get("caregiver_name") or any(age_on(m.birth_date, today) < OF_AGE for m in listed if m.birth_date):
            add_caregiver_fields(self)
        self.fields["contract_until"] = Day(label=_("Kontraknya sampai"), required=False)
        self.fields["cover_until"] = Day(label=_("Jaminan sosialnya sampai"), required=False)
        self.today, self.country = today, country

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["country"] not in ("", self.country):
            data = {**data, "time_zone": ""}  # of the country before
        facts = {**stay_facts(data), "contract_until": data["contract_until"], "cover_until": data["cover_until"]}
        return {
            "seen": data["seen"], "on": self.today, "country": data["country"] or None,
            "agreed_contact_days": data["agreed_contact_days"], "facts": facts,
        }  # fmt: skip


class MissionForm(ActForm):
    """That the worker reported to the mission."""

    how = Pick(label=_("Bagaimana melapornya?"), choices=ReportedHow.choices, missing=_("Pilih caranya."))
    on = Day(label=_("Tanggal melapor"))

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("how", "on")}


class ContactForm(RecordForm):
    """Who was heard, when, and whether something is wrong."""

    source = Pick(
        label=_("Kabar datang dari siapa?"), choices=ContactFrom.choices, missing=_("Pilih dari siapa kabarnya.")
    )
    on = Day(label=_("Tanggal kabarnya"))
    at = Clock(label=_("Jam berapa, menurut jam desa?"), help_text=_("Boleh dikosongkan bila tidak ingat."))
    passport_taken = YesNo(label=_("Paspornya diambil orang lain?"))
    ransom_asked = YesNo(label=_("Ada yang meminta uang tebusan?"))
    note = forms.CharField(
        label=_("Apa katanya?"), required=False, max_length=2000, widget=told(),
        help_text=_("Disimpan terkunci; hanya petugas yang bisa membuka."),
    )  # fmt: skip
    lost = forms.BooleanField(
        label=_("Keluarga dan teman juga tidak tahu: nyatakan putus kabar"), required=False,
        help_text=_("Hanya bila sudah dicoba ke semua nomor. Berakhir sendiri begitu ada kabar."),
    )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        asked = {name: TRUTH[data[name]] for name in ("passport_taken", "ransom_asked")}
        said = {name: data[name] for name in ("source", "on", "at", "lost")}
        return {"contact_id": data["record_id"], **said, **asked, "note": data["note"] or None}


class ContractForm(RecordForm):
    """What changed in the contract."""

    kind = Pick(label=_("Apa yang berubah?"), choices=ChangeKind.choices, missing=_("Pilih apa yang berubah."))
    until = Day(label=_("Kontrak yang baru sampai"), required=False)
    paid = YesNo(label=_("Jaminan sosialnya sudah diperpanjang sampai tanggal itu?"))
    employer = forms.CharField(label=_("Pemberi kerja yang baru"), required=False, max_length=120)
    address = forms.CharField(
        label=_("Alamatnya"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = Day(label=_("Berlaku sejak, atau diketahui tanggal"))
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=2000, widget=told(2),
        help_text=_("Disimpan terkunci; hanya petugas yang bisa membuka."),
    )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        said = {name: data[name] or None for name in ("until", "employer", "address", "note")}
        return {
            "change_id": data["record_id"], "kind": data["kind"], "on": data["on"], "paid": TRUTH[data["paid"]], **said,
        }  # fmt: skip


class RemittanceForm(RecordForm):
    """What a family wants to tell of the money sent home."""

    willing = forms.BooleanField(
        label=_("Keluarga mau bercerita"), required=False, help_text=_("Tanyakan dulu. Bila tidak mau, tutup saja.")
    )
    on = Day(label=_("Tanggal bercerita"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["band"] = Pick(
            label=_("Kira-kira berapa sebulan?"), choices=value_on("abroad.remittance_bands", today).items(),
            missing=_("Pilih kira-kiranya."),
        )  # fmt: skip
        self.fields["uses"] = Several(
            choices=value_on("abroad.remittance_uses", today).items(), label=_("Dipakai untuk apa?")
        )
        self.order_fields(["willing", "band", "uses", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"note_id": data["record_id"], **{name: data[name] for name in ("willing", "band", "uses", "on")}}

"""Few questions for somebody in trouble, on a telephone, without an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.offer.answers import NO, YES
from desmigratif.cases.forms.trouble.complaints import TRUTH, text
from desmigratif.cases.forms.widgets import Pick, YesNo
from desmigratif.cases.models import Relation
from desmigratif.cases.queries.trouble.complaint_places import served_places
from desmigratif.documents.acting import ActForm, Day, RecordForm

WHAT = (
    ("LOST_CONTACT", _("Tidak ada kabar")),
    ("UNPAID_WAGE", _("Upah tidak dibayar")),
    ("SICK", _("Sakit atau kecelakaan")),
    ("VIOLENCE", _("Disakiti, diancam, atau dikurung")),
    ("DETAINED_OR_TRIAL", _("Ditahan polisi atau imigrasi")),
    ("WANTS_REPATRIATION", _("Ingin pulang")),
    ("JOB_FRAUD", _("Ditipu perekrut")),
    ("", _("Lainnya")),
)
UNSAID = _("Tidak ingin menyebut")  # nobody does not know who they are themselves
RELATIONS = [
    (code, UNSAID if code == Relation.UNKNOWN else label)
    for code, label in Relation.choices
    if code != Relation.OFFICER
]


class ReportForm(RecordForm):
    """A missing or troubled worker; only the story and the place are needed."""

    what = Pick(label=_("Apa masalahnya?"), choices=WHAT, required=False)
    emergency = YesNo(label=_("Apakah ada yang dalam bahaya sekarang?"))
    about_name = text(_("Nama orang yang dalam masalah"), most=100)
    about_place = text(_("Di mana ia sekarang?"), most=300, help_text=_("Negara, kota, atau majikannya, bila tahu."))
    story = text(
        _("Ceritakan yang Anda tahu"), most=4000, rows=5, required=True,
        help_text=_("Apa yang terjadi, sejak kapan, siapa yang terakhir dihubungi."),
    )  # fmt: skip
    relation = Pick(label=_("Anda siapanya?"), choices=RELATIONS, required=False)
    callback = text(
        _("Cara aman menghubungi Anda"), most=300, help_text=_("Misalnya nomor HP, dan siapa yang tidak boleh tahu.")
    )
    birth_date = Day(label=_("Tanggal lahir Anda"), required=False)
    about_officer = YesNo(label=_("Apakah ini tentang petugas atau orang kantor desa?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"relation": Relation.UNKNOWN, "what": ""}, **kwargs)
        self.today = today
        groups = [
            (regency, [(code, name or _("Desa lain, atau tidak tahu")) for code, name in places])
            for regency, places in served_places(today)
        ]
        few = sum(len(places) for _regency, places in groups)
        self.fields["village_code"] = forms.ChoiceField(
            label=_("Desa asalnya"), choices=[("", _("Pilih desanya")), *groups] if few != 1 else groups,
            error_messages={"required": _("Pilih desanya, atau Desa lain.")},
        )  # fmt: skip
        self.fields["birth_date"].help_text = _(
            "Bersama kode laporan, untuk membuka kabarnya nanti. Tidak kami simpan."
        )
        self.order_fields(["what", "emergency", "about_name", "village_code"])

    def field_of(self, path: str) -> str:
        return super().field_of({"reporter.birth_date": "birth_date", "kind": "what"}.get(path, path))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "complaint_id": data["record_id"],
            "village_code": data["village_code"],
            "on": self.today,
            "kind": data["what"] or None,
            "emergency": TRUTH.get(data["emergency"]),
            "about_officer": TRUTH.get(data["about_officer"]),
            "story": data["story"],
            "about_name": data["about_name"] or None,
            "about_place": data["about_place"] or None,
            "reporter": {
                "relation": data["relation"] or Relation.UNKNOWN,
                "callback": data["callback"] or None,
                "birth_date": data["birth_date"],
            },
        }


class StatusForm(forms.Form):
    """The code of a report or of a journey, and the birth date that belongs to it."""

    code = forms.CharField(
        label=_("Kode laporan atau kode dari petugas"), max_length=30,
        help_text=_("Dua belas huruf dan angka, misalnya 7F3K-92QD-M4TX."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "w-code"}),
        error_messages={"required": _("Tulis kodenya.")},
    )  # fmt: skip
    birth_date = Day(label=_("Tanggal lahir"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].help_text = _(
            "Untuk laporan: yang Anda beri saat melapor. Untuk perjalanan: tanggal lahir calon atau pekerjanya."
        )


class OwnAccountsForm(forms.Form):
    """A member's code, and the birth date that belongs to it."""

    code = forms.CharField(
        label=_("Kode anggota"), max_length=30, help_text=_("Dua belas huruf dan angka, misalnya 7F3K-92QD-M4TX."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "w-code"}),
        error_messages={"required": _("Tulis kodenya.")},
    )  # fmt: skip
    birth_date = Day(label=_("Tanggal lahir anggota"))


class AnswerForm(ActForm):
    """The reporter's own word, sent along with what opened the page."""

    code = forms.CharField(max_length=30, widget=forms.HiddenInput)
    birth_date = forms.DateField(
        input_formats=["%Y-%m-%d", "%d-%m-%Y"], widget=forms.HiddenInput(attrs={"id": "id_known_birth_date"})
    )
    satisfied = Pick(
        label=_("Apakah masalahnya sudah selesai?"), choices=[(YES, _("Ya, selesai")), (NO, _("Belum"))],
        missing=_("Pilih ya atau belum."),
    )  # fmt: skip
    note = text(_("Yang ingin Anda sampaikan"), most=1000, rows=2)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "code": data["code"], "birth_date": data["birth_date"], "satisfied": TRUTH[data["satisfied"]],
            "note": data["note"] or None,
        }  # fmt: skip

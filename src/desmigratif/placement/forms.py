"""Forms of the national lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day
from desmigratif.people.rules.register_sheet.guard import WEB
from desmigratif.placement.models import ListKind
from desmigratif.regulations.countries import country_name
from desmigratif.regulations.jobs import JOBS


class LoadForm(forms.Form):
    """The file, which list it is, of which day, and where it comes from."""

    kind = forms.ChoiceField(label=_("Daftar apa?"), choices=ListKind.choices, widget=forms.RadioSelect)
    as_of = Day(label=_("Daftar per tanggal"))
    source = forms.CharField(
        label=_("Dari mana daftar ini?"),
        min_length=3,
        max_length=200,
        help_text=_("Misalnya: daftar P3MI aktif di situs kementerian, atau surat Disnaker dengan nomornya."),
    )
    sheet = forms.FileField(
        label=_("Berkas daftar"),
        help_text=_("Berkas .xlsx atau .csv. Baris pertama berisi judul kolom."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Pilih dulu berkasnya."), "empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self._today:
            raise forms.ValidationError(_("Tanggal daftar tidak boleh sesudah hari ini."))
        return day

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet.size > WEB.file_bytes:
            most = WEB.file_bytes // (1 << 20)
            raise forms.ValidationError(_("Berkas ini lebih dari %(most)s MB."), params={"most": most})
        return sheet


class OrderFilter(forms.Form):
    """What somebody looks for among the live job orders."""

    negara = forms.ChoiceField(label=_("Negara"), required=False)
    pekerjaan = forms.ChoiceField(label=_("Pekerjaan"), required=False, choices=[("", _("Semua")), *JOBS.items()])

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1])
        self.fields["negara"] = forms.ChoiceField(label=_("Negara"), required=False, choices=[("", _("Semua")), *named])

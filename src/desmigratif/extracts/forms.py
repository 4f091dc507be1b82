"""Forms about extracts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.extracts.rules.asking import SINCE_YEARS, usual_until
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.reports.rules.table import opening, period_words
from desmigratif.shared.dated import value_on
from desmigratif.shared.deidentified import Source

QUARTERS = 6
MOST_BYTES = 20 * 2**20


def periods(today: date) -> list[tuple[str, str]]:
    """The years, then the last quarters; the running ones count until today."""
    month = Month.of(today)
    found = [Period.of(Month(today.year - back, 1), "year") for back in range(SINCE_YEARS + 1)]
    quarter = Period.of(month, "quarter")
    for _number in range(QUARTERS):
        found.append(quarter)
        quarter = Period.of(quarter.first.previous(), "quarter")
    return [(one.label, opening(period_words(one))) for one in found]


class AskForm(RecordForm):
    """What is wanted of one subject, and why."""

    def __init__(self, *args: Any, source: Source, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = value_on("extracts.grounds", today)
        self.fields["period"] = forms.ChoiceField(label=_("Masa data"), choices=periods(today))
        self.fields["columns"] = forms.MultipleChoiceField(
            label=_("Kolom yang diperlukan"), choices=[(one.code, one.label) for one in source.columns],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pilih paling sedikit satu kolom.")},
            help_text=_("Makin sedikit kolom, makin rinci yang bisa ditulis."),
        )  # fmt: skip
        self.fields["purpose"] = forms.CharField(
            label=_("Untuk apa datanya"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Satu kalimat utuh. Tertulis juga di berkasnya."),
        )  # fmt: skip
        self.fields["ground"] = Taps(label=_("Dasar permintaan"), choices=[(k, v["label"]) for k, v in grounds.items()])
        self.fields["study"] = forms.CharField(
            label=_("Nama kajian atau nomor surat tugas"), max_length=120, required=False
        )
        self.fields["wanted_until"] = Day(label=_("Diperlukan sampai"))
        self.fields["wanted_until"].initial = usual_until(today)
        self.fields["wanted_until"].help_text = _("Sesudah hari itu berkasnya dimusnahkan.")

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("period", "columns", "purpose", "ground", "study", "wanted_until")
        return {"extract_id": data["record_id"], **{name: data[name] for name in names}}


class DecideForm(ActForm):
    """Yes or no, with a remark; a no says why."""

    decision = Taps(
        label=_("Keputusan Anda"),
        choices=[("approve", _("Setujui dan buat berkasnya")), ("refuse", _("Tolak, dengan alasan"))],
    )
    remark = forms.CharField(
        label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila ditolak. Peminta membacanya."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "refuse" and len(data.get("remark", "").strip()) < 5:
            self.add_error("remark", _("Tulis mengapa ditolak, paling sedikit lima huruf."))
        return data


class FoundFileForm(forms.Form):
    """A file that somebody found."""

    found = forms.FileField(
        label=_("Berkas yang ditemukan"), help_text=_("CSV, Excel, atau ZIP, paling besar 20 MB. Tidak disimpan."),
        error_messages={"required": _("Pilih berkasnya dulu."), "empty": _("Berkas ini kosong.")},
    )  # fmt: skip

    def clean_found(self) -> bytes:
        sent = self.cleaned_data["found"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih dari 20 MB. Potong dulu; sebagian baris sudah cukup."))
        return bytes(sent.read())

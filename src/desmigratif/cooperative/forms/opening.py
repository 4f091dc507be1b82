"""Choosing a workbook of opening balances."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day
from desmigratif.people.rules.register_sheet.guard import WEB


class OpeningForm(forms.Form):
    """The day on which the paper books end, and the workbook."""

    workbook = forms.FileField(
        label=_("Lembar kerja saldo awal"),
        help_text=_("Berkas .xlsx menurut contoh lembar: Anggota, Simpanan, Pinjaman, Neraca."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Pilih dulu berkasnya."), "empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, on: date) -> None:
        super().__init__(data, files, initial={"on": on})
        self.fields["on"] = Day(label=_("Saldo pada akhir hari"))
        self.order_fields(["on", "workbook"])

    def clean_workbook(self) -> Any:
        workbook = self.cleaned_data["workbook"]
        if workbook.size > WEB.file_bytes:
            raise forms.ValidationError(_("Berkas ini terlalu besar."))
        return workbook

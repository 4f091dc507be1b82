"""What a letter says beyond what the case knows already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.letters.village import reason_to_replace
from desmigratif.cases.forms.widgets import Number
from desmigratif.documents.acting import Day, RecordForm


class LetterForm(RecordForm):
    """`on_hold`: the last check said "perlu dicek", so the officer writes what was looked into."""

    agency = forms.CharField(
        label=_("Perusahaan penempatan"),
        required=False,
        max_length=200,
        help_text=_("Seperti di perjanjian penempatan. Kosongkan bila berangkat tanpa perusahaan."),
    )
    on = Day(label=_("Tanggal surat"))

    def __init__(
        self,
        *args: Any,
        today: date,
        agency: str,
        on_hold: bool,
        months: int | None = None,
        replaces: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"on": today, "agency": agency, "contract_months": months}, **kwargs)
        if replaces:
            self.fields["reason"] = reason_to_replace()
        self.fields["contract_months"] = Number(
            label=_("Lama kontrak, dalam bulan"), most=120, help_text=_("Misalnya 24. Kosongkan bila belum tahu.")
        )
        if on_hold:
            self.fields["what_was_checked"] = forms.CharField(
                label=_("Apa yang sudah dicek, dan hasilnya?"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Hasil periksa tawaran: perlu dicek. Tulis jawaban untuk hal yang disebut di sana."),
                error_messages={"required": _("Tulis apa yang sudah dicek dan hasilnya.")},
            )
        self.order_fields(["reason", "what_was_checked", "agency", "contract_months", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "letter_id": data["record_id"],
            "on": data["on"],
            "agency": data["agency"] or None,
            "contract_months": data["contract_months"],
            "what_was_checked": data.get("what_was_checked") or None,
            "reason": data.get("reason") or None,
        }

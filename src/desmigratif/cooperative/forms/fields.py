"""Fields about money: whole rupiah as people write them, and a rate in percent a year."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import MOST_RUPIAH as MOST_RUPIAH
from desmigratif.documents.acting import Rupiah as Rupiah


class Percent(forms.CharField):
    """4, 4,5 or 4.5; gives a Decimal with at most two places."""

    def __init__(self, *, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=6)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return Decimal(0)
        try:
            percent = Decimal(text.replace(",", ".").rstrip("% "))
        except InvalidOperation:
            raise ValidationError(_("Tulis persennya dengan angka, misalnya 4,5.")) from None
        if not percent.is_finite() or not 0 <= percent <= 100 or percent != round(percent, 2):
            raise ValidationError(_("Persen antara 0 dan 100, paling banyak dua angka di belakang koma."))
        return percent

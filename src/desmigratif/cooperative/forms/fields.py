"""Fields about money: whole rupiah as people write them, and a rate in percent a year."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.shared.rupiah import parse_rupiah

MOST_RUPIAH = 10**12


class Rupiah(forms.CharField):
    """2500000, 2.500.000 or Rp2.500.000; gives a whole number, or None when it may be left open and is."""

    def __init__(self, *, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=24)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text)
        except ValueError:
            raise ValidationError(_("Tulis jumlahnya dengan angka, misalnya 50.000.")) from None
        if amount > MOST_RUPIAH:
            raise ValidationError(_("Jumlah ini terlalu besar."))
        return amount


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

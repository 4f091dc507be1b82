"""Looking for somebody across all regions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import OneTap, Pick
from desmigratif.cases.rules.trouble.emergency import purposes_on
from desmigratif.people.models import Sex
from desmigratif.shared.reasons import Reason


class EmergencyForm(forms.Form):
    """What is known of somebody, and for what they are sought."""

    name = forms.CharField(
        label=_("Nama"),
        required=False,
        max_length=100,
        help_text=_("Seperti terdengar atau tertulis; salah eja pun bisa."),
    )
    passport = forms.CharField(label=_("Nomor paspor, bila ada"), required=False, max_length=30)
    birth_year = forms.IntegerField(
        label=_("Tahun lahir, kira-kira"), required=False, min_value=1900, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal: list[Reason] = []
        self.fields["sex"] = OneTap(label=_("Jenis kelamin"), choices=Sex.choices)
        self.fields["purpose"] = Pick(
            label=_("Untuk apa dicari?"),
            choices=purposes_on(today).items(),
            missing=_("Pilih untuk apa pencarian ini."),
        )
        self.order_fields(["purpose", "name", "birth_year", "sex", "passport"])

    def refuse(self, reasons: list[Reason]) -> None:
        """Show each reason where it belongs."""
        for reason in reasons:
            if reason.field:
                self.add_error(reason.field, " ".join(filter(None, (reason.text, reason.way_out))))
            else:
                self.refusal.append(reason)

"""Forms of the books."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import Account
from desmigratif.documents.acting import ActForm, Day, RecordForm


class ManualEntryForm(RecordForm):
    """One sum from one account to another, with the words an auditor will read."""

    memo = forms.CharField(
        label=_("Untuk apa?"), min_length=3, max_length=200, help_text=_("Misalnya: beli alat tulis, nota 12.")
    )
    amount_rupiah = Rupiah(label=_("Jumlah"))

    def __init__(self, *args: Any, today: date, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.ids = {one.code: one.id for one in accounts}
        choices = [("", _("Pilih")), *((one.code, f"{one.code} {one.name}") for one in accounts)]
        self.fields["debit"] = forms.ChoiceField(
            label=_("Debit"), choices=choices, help_text=_("Yang bertambah: beban, aset.")
        )
        self.fields["credit"] = forms.ChoiceField(
            label=_("Kredit"), choices=choices, help_text=_("Sumbernya: kas, bank, pendapatan, modal.")
        )
        self.fields["on"] = Day(label=_("Tanggal"))
        self.order_fields(["debit", "credit", "amount_rupiah", "memo", "on"])

    def field_of(self, path: str) -> str:
        """A reason about the legs is about the sum."""
        return "amount_rupiah" if path.startswith("legs") else super().field_of(path)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("debit") and data.get("debit") == data.get("credit"):
            raise ValidationError({"credit": _("Debit dan kredit harus dua akun yang berbeda.")})
        return data

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        amount = data["amount_rupiah"]
        return {
            "entry_id": data["record_id"], "on": data["on"], "memo": data["memo"],
            "legs": [
                {"account_id": self.ids[data["debit"]], "debit_rupiah": amount},
                {"account_id": self.ids[data["credit"]], "credit_rupiah": amount},
            ],
        }  # fmt: skip


class ConfirmForm(RecordForm):
    """Nothing to fill in: what will happen stands above the button."""


class OneActForm(ActForm):
    """As `ConfirmForm`, for an act that makes no record of its own."""

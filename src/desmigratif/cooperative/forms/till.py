"""Forms of the till: one amount, and what it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.documents.acting import RecordForm, Taps

DIRECTIONS = (("to_bank", _("Dari kas ke bank")), ("from_bank", _("Dari bank ke kas")))


class _Today(RecordForm):
    """An act of the till: its day is today, and nobody types it."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def field_of(self, path: str) -> str:
        """The rules speak of an amount; here it is one field."""
        return super().field_of("amount_rupiah" if path in ("amount", "legs", "received_rupiah") else path)


class OpenTillForm(_Today):
    """The count in the morning."""

    opening_rupiah = Rupiah(label=_("Uang tunai yang dihitung"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"till_id": data["record_id"], "on": self.today, "opening_rupiah": data["opening_rupiah"]}


class CloseTillForm(_Today):
    """The count in the evening, and why it differs if it does."""

    counted_rupiah = Rupiah(label=_("Uang tunai yang dihitung"))
    reason = forms.CharField(
        label=_("Sebab selisih"), required=False, max_length=160, help_text=_("Hanya bila jumlahnya berbeda.")
    )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "entry_id": data["record_id"],
            "counted_rupiah": data["counted_rupiah"],
            "reason": data["reason"] or None,
        }


class MoveCashForm(_Today):
    """Cash between till and bank."""

    direction = Taps(label=_("Ke mana?"), choices=DIRECTIONS)
    amount_rupiah = Rupiah(label=_("Jumlah"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "entry_id": data["record_id"], "on": self.today, "direction": data["direction"],
            "amount_rupiah": data["amount_rupiah"],
        }  # fmt: skip


class CounterForm(_Today):
    """Money of one member: `kind` is "deposit:<account>", "remittance:<account>" (the amount is what was sent home),
    "withdraw:<account>", "compulsory", "entry" or "settled"."""

    amount_rupiah = Rupiah(label=_("Jumlah"))

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], asked: str = "", takers: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["kind"] = Taps(label=_("Untuk apa?"), choices=choices)
        if takers:
            self.fields["receiver_id"] = Taps(label=_("Bila uang keluar, siapa yang menerima?"), choices=takers)
            self.initial["receiver_id"] = takers[0][0]
        known = {value for value, _label in choices}
        self.initial["kind"] = asked if asked in known else choices[0][0] if len(choices) == 1 else None
        self.order_fields(["kind", "amount_rupiah", "receiver_id"])


class ApproveForm(_Today):
    """The second person's word: which savings, how much, today."""

    amount_rupiah = Rupiah(label=_("Jumlah yang boleh dibayarkan"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder_id"] = Taps(label=_("Dari simpanan yang mana?"), choices=choices)
        if len(choices) == 1:
            self.initial["holder_id"] = choices[0][0]
        self.order_fields(["holder_id", "amount_rupiah"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "approval_id": data["record_id"], "holder_id": data["holder_id"], "on": self.today,
            "amount_rupiah": data["amount_rupiah"],
        }  # fmt: skip


class ReasonForm(_Today):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Mengapa dibatalkan?"), min_length=5, max_length=160)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"entry_id": data["record_id"], "on": self.today, "reason": data["reason"]}


class CodeForm(forms.Form):
    """A code from a passbook."""

    kode = forms.CharField(label=_("Kode di baris buku"), max_length=12)

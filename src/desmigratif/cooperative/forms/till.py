"""Forms of the till: one amount, and what it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import Account
from desmigratif.documents.acting import RecordForm, Taps

DIRECTIONS = (
    ("to_bank", _("Dari kas ke bank")), ("from_bank", _("Dari bank ke kas")), ("to_safe", _("Dari kas ke brankas")),
    ("from_safe", _("Dari brankas ke kas")),
)  # fmt: skip


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
    """Cash between till and bank, or safe."""

    direction = Taps(label=_("Ke mana?"), choices=DIRECTIONS)
    amount_rupiah = Rupiah(label=_("Jumlah"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "entry_id": data["record_id"], "on": self.today, "direction": data["direction"],
            "amount_rupiah": data["amount_rupiah"],
        }  # fmt: skip


class SpendForm(_Today):
    """A bill: what was bought, from whom, and its paper."""

    amount_rupiah = Rupiah(label=_("Jumlah"))
    party = forms.CharField(label=_("Dibayar kepada siapa?"), min_length=3, max_length=100)
    purpose = forms.CharField(
        label=_("Untuk membeli atau membayar apa?"), min_length=3, max_length=120,
        help_text=_("Misalnya: dua rim kertas. Nama orang tidak perlu ditulis di sini; baris ini masuk buku."),
    )  # fmt: skip
    paper = forms.CharField(
        label=_("Nomor nota atau kuitansi"), min_length=3, max_length=60,
        help_text=_("Bila tidak ada, tulis: tanpa nota."),
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = {one.code: one.id for one in accounts}
        choices = [("", _("Pilih")), *((one.code, one.name) for one in accounts)]
        self.fields["account"] = forms.ChoiceField(label=_("Dicatat sebagai apa?"), choices=choices)
        self.order_fields(["amount_rupiah", "account", "party", "purpose", "paper"])

    def field_of(self, path: str) -> str:
        return "account" if path == "account_id" else super().field_of(path)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        named = {name: data[name] for name in ("amount_rupiah", "party", "purpose", "paper")}
        return {"entry_id": data["record_id"], "on": self.today, "account_id": self.ids[data["account"]], **named}


class CounterForm(_Today):
    """Money of one member: `kind` is "deposit:<account>", "remittance:<account>" (the amount is what was sent home),
    "withdraw:<account>", "compulsory", "entry" or "settled"."""

    amount_rupiah = Rupiah(label=_("Jumlah"))

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], asked: str = "", sum_rupiah: int = 0,
        takers: list[tuple[str, str]] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["kind"] = Taps(label=_("Untuk apa?"), choices=choices)
        if not self.is_bound:  # fifty people in a row: the hands stay on the keys
            first = "amount_rupiah" if len(choices) == 1 else "kind"
            self.fields[first].widget.attrs["autofocus"] = True
        if takers:
            self.fields["receiver_id"] = Taps(label=_("Bila uang keluar, siapa yang menerima?"), choices=takers)
            self.initial["receiver_id"] = takers[0][0]
        known = {value for value, _label in choices}
        self.initial["kind"] = asked if asked in known else choices[0][0] if len(choices) == 1 else None
        if sum_rupiah and len(choices) == 1:  # there is one thing to pay, and its sum is known
            self.initial["amount_rupiah"] = f"{sum_rupiah:,}".replace(",", ".")
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

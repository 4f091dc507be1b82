"""Forms of lending: a product, an application with its quote, and each act on a loan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.business.businesses import MemberField
from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import (
    ConnectedPerson,
    Cooperative,
    Loan,
    LoanProductTerms,
    Member,
    MemberGroup,
    Outlook,
    ShariaContract,
)
from desmigratif.cooperative.rules.loans.collectibility import COLLATERAL_LABELS
from desmigratif.documents.acting import Day, RecordForm, Taps
from desmigratif.shared.dates import parse_date

EFFECTS = (("shorter", _("Lebih cepat selesai")), ("lower", _("Angsuran lebih ringan")))
RELATED = (
    ("board", _("Pengurus koperasi")), ("supervisors", _("Pengawas koperasi")),
    ("related_cooperative", _("Koperasi yang terkait")),
)  # fmt: skip


def related_words(loan: Loan | ShariaContract) -> list[str]:
    """What makes the borrower a related party, as it is said on a screen."""
    words = dict(RELATED)
    return [str(words[role]) for role in loan.related_roles]


def _written(amount: int) -> str | None:
    """A sum as people write it in a field; nothing for nothing."""
    return f"{amount:,}".replace(",", ".") if amount else None


class _Today(RecordForm):
    """An act of today: nobody types its day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today


class LoanApplyForm(_Today):
    """What a member asks for."""

    amount_rupiah = Rupiah(label=_("Jumlah pinjaman"))
    instalments = forms.IntegerField(label=_("Berapa kali angsuran?"), min_value=1, max_value=240)
    first_due_on = Day(label=_("Angsuran pertama"), required=False)
    due_dates = forms.CharField(
        label=_("Tanggal jatuh tempo sendiri"), required=False, max_length=800,
        help_text=_("Untuk panen atau upah musiman, misalnya 15-03-2027, 15-09-2027. Sebanyak angsurannya."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("Untuk apa?"), min_length=3, max_length=120)
    guarantor = forms.CharField(label=_("Penjamin"), required=False, max_length=100)
    guarantor_relation = forms.CharField(label=_("Hubungan penjamin dengan anggota"), required=False, max_length=40)
    collateral_kind = forms.ChoiceField(
        label=_("Agunan"), required=False, choices=[("", _("Tanpa agunan")), *COLLATERAL_LABELS.items()]
    )
    collateral_rupiah = Rupiah(label=_("Nilai agunan"), required=False)
    collateral_text = forms.CharField(label=_("Keterangan agunan"), required=False, max_length=120)
    related_roles = forms.MultipleChoiceField(
        label=_("Peminjam pihak terkait?"), required=False, choices=RELATED, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, offers: list[LoanProductTerms], payers: list[ConnectedPerson], groups: list[MemberGroup],
        cooperative: Cooperative, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["guarantor_member"] = MemberField(
            label=_("Penjamin, bila anggota koperasi"), cooperative=cooperative, required=False
        )
        if groups:
            known = [("", _("Tidak, peminjam sendiri")), *((str(one.id), one.name) for one in groups)]
            self.fields["group_id"] = forms.ChoiceField(label=_("Tanggung renteng"), required=False, choices=known)
        self.offers = {str(one.product_id): one for one in offers}
        choices = [(id, one.product.name) for id, one in self.offers.items()]
        self.fields["product_id"] = Taps(label=_("Pinjaman apa?"), choices=choices)
        if any(one.offer["method"] == "bullet" for one in offers):
            self.fields["instalments"].help_text = _("Pinjaman musiman: 1, dibayar sekali setelah panen.")
            self.fields["first_due_on"].help_text = _("Pinjaman musiman: kira-kira kapan panen. Boleh kosong.")
        if len(choices) == 1:
            self.initial["product_id"] = choices[0][0]
        if payers:
            known = [("", _("Anggota sendiri")), *((str(one.id), f"{one.name}, {one.relation}") for one in payers)]
            self.fields["payer_id"] = forms.ChoiceField(label=_("Yang akan membayar"), required=False, choices=known)
        first = ["product_id", "amount_rupiah", "instalments", "first_due_on", "due_dates", "purpose", "payer_id"]
        self.order_fields([*first, "group_id", "guarantor_member"])

    def clean_due_dates(self) -> tuple[date, ...]:
        """`15-03-2027, 15-09-2027`, in their order."""
        found: list[date | None] = []
        for part in filter(None, (one.strip() for one in self.cleaned_data["due_dates"].split(","))):
            try:
                found.append(parse_date(part))
            except ValueError:
                found.append(None)
        if None in found:
            raise ValidationError(_("Tulis seperti 15-03-2027, 15-09-2027."))
        return tuple(day for day in found if day is not None)

    def field_of(self, path: str) -> str:
        return super().field_of(
            {
                "principal": "amount_rupiah",
                "annual_rate_percent": "amount_rupiah",
                "collateral": "collateral_rupiah",
            }.get(path, path)
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("guarantor") and len(data.get("guarantor_relation") or "") < 2:
            self.add_error("guarantor_relation", _("Tulis hubungannya, misalnya kakak."))
        if data.get("collateral_kind") and not (data.get("collateral_rupiah") and data.get("collateral_text")):
            self.add_error("collateral_rupiah", _("Tulis nilai dan keterangan agunannya."))
        return data

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        found: dict[str, Any] = {
            "loan_id": data["record_id"], "product_id": data["product_id"], "on": self.today,
            "amount_rupiah": data["amount_rupiah"], "instalments": data["instalments"], "purpose": data["purpose"],
            "first_due_on": data["first_due_on"], "payer_id": data.get("payer_id") or None,
            "related_roles": data["related_roles"], "due_dates": data["due_dates"],
            "group_id": data.get("group_id") or None, "guarantors": self._guarantors(),
        }  # fmt: skip
        if data["collateral_kind"]:
            found["collateral"] = [
                {
                    "kind": data["collateral_kind"], "value_rupiah": data["collateral_rupiah"],
                    "description": data["collateral_text"],
                }
            ]  # fmt: skip
        return found

    def _guarantors(self) -> list[dict[str, Any]]:
        data: dict[str, Any] = self.cleaned_data
        found: list[dict[str, Any]] = []
        if member := data.get("guarantor_member"):
            found.append({"name": member.name, "relation": "anggota", "member_id": member.id})
        if data["guarantor"]:
            found.append({"name": data["guarantor"], "relation": data["guarantor_relation"]})
        return found


class LoanActForm(_Today):
    """An act on one loan; `id_name` is what the action calls the record it makes."""

    id_name = "entry_id"

    def payload(self) -> dict[str, Any]:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("act_id", "record_id")}
        found = {"on": self.today, **data}
        return {**found, self.id_name: self.cleaned_data["record_id"]} if self.id_name else found


class SurveyForm(LoanActForm):
    id_name = ""
    survey = forms.CharField(
        label=_("Yang ditemukan"), min_length=10, max_length=400, widget=forms.Textarea,
        help_text=_("Penghasilan, kiriman dari luar negeri, tanggungan, utang lain."),
    )  # fmt: skip


class ApproveLoanForm(LoanActForm):
    id_name = "approval_id"
    has_interest = forms.BooleanField(
        label=_("Pinjaman ini untuk saya atau keluarga saya (suara saya tidak dihitung)"), required=False
    )


class AgreeForm(LoanActForm):
    id_name = "approval_id"


class DeclineForm(LoanActForm):
    id_name = ""
    reason = forms.CharField(label=_("Alasan yang disampaikan kepada anggota"), min_length=5, max_length=160)


class DisburseForm(LoanActForm):
    pass


class MoneyForm(LoanActForm):
    """Money for a loan, also received on an earlier day."""

    amount_rupiah = Rupiah(label=_("Jumlah"))

    def __init__(self, *args: Any, today: date, amount: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"on": today, "amount_rupiah": _written(amount)}, **kwargs)
        self.fields["on"] = Day(label=_("Diterima tanggal"))


class PayForm(MoneyForm):
    """An instalment; also from one of the group, or a guarantor, who pays in the borrower's stead."""

    def __init__(self, *args: Any, carriers: list[Member], carrier: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if carriers:
            known = [("", _("Peminjam sendiri")), *((str(one.id), one.name) for one in carriers)]
            self.fields["carried_by_id"] = forms.ChoiceField(
                label=_("Siapa yang membayar?"), required=False, choices=known,
                help_text=_("Anggota kelompok atau penjamin yang menanggung; namanya ada pada bukti."),
            )  # fmt: skip
            if carrier is not None:
                self.initial["carried_by_id"] = str(carrier.id)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {**found, "carried_by_id": found.get("carried_by_id") or None}


class PayOffForm(LoanActForm):
    """The sum of today, as it was told."""

    def __init__(self, *args: Any, amount: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount = amount

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "amount_rupiah": self.amount}


class PrepayForm(MoneyForm):
    effect = Taps(label=_("Sesudah itu"), choices=EFFECTS)


class RescheduleForm(LoanActForm):
    id_name = "proposal_id"
    instalments = forms.IntegerField(label=_("Berapa kali angsuran lagi?"), min_value=1, max_value=240)
    first_due_on = Day(label=_("Angsuran pertama"))
    interest_free = forms.IntegerField(
        label=_("Angsuran pertama bebas jasa"), min_value=0, max_value=60, required=False,
        help_text=_("Misalnya 2, selama keluarga belum menerima kiriman. Kosong berarti tidak ada."),
    )  # fmt: skip
    capitalise = forms.BooleanField(label=_("Jasa yang belum dibayar menjadi pokok"), required=False)
    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=160)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {**found, "interest_free": found["interest_free"] or 0}


class DecideRescheduleForm(LoanActForm):
    """Yes or no to a new table, and why."""

    decision = forms.CharField(label=_("Alasan keputusan"), min_length=3, max_length=160)

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_agree:
            answers = [("yes", _("Ya, pakai jadwal baru")), ("no", _("Tidak, tetap jadwal lama"))]
            self.fields["answer"] = Taps(label=_("Keputusan"), choices=answers)
        else:
            self.fields["answer"] = Taps(
                label=_("Tarik kembali usulan Anda?"), choices=[("no", _("Ya, tarik kembali"))]
            )
            self.initial["answer"] = "no"
        self.order_fields(["answer", "decision"])


class JudgeForm(LoanActForm):
    """What is seen ahead for a loan, and why."""

    id_name = ""
    outlook = Taps(label=_("Menurut yang mengenal peminjam"), choices=Outlook.choices)
    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=160)


class LoanReasonForm(LoanActForm):
    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=160)


class ProvisionForm(RecordForm):
    """Which month to close lending for."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        last = date.fromordinal(today.replace(day=1).toordinal() - 1)
        super().__init__(*args, initial={"month": last}, **kwargs)
        self.fields["month"] = Day(label=_("Akhir bulan"))

    def payload(self) -> dict[str, Any]:
        return {"entry_id": self.cleaned_data["record_id"], "month": self.cleaned_data["month"]}

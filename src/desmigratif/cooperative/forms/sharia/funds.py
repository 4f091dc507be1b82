"""Forms of the benevolent fund, the bonus of savers, and units."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.business.businesses import MemberField, MoneyMoveForm, TodayForm
from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import Cooperative, MoveKind
from desmigratif.documents.acting import Day, RecordForm, Taps
from desmigratif.shared.ids import new_id

KINDS = ("donated", "not_halal", "returned", "poor", "education", "public")


class FundForm(MoneyMoveForm):
    """Where money of the fund comes from or goes to."""

    party = forms.CharField(label=_("Dari siapa atau untuk siapa"), min_length=3, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = Taps(label=_("Untuk apa"), choices=[(k, MoveKind(f"fund.{k}").label) for k in KINDS])
        self.order_fields(["kind", "party", "amount_rupiah", "way"])


class BonusForm(RecordForm):
    """A sum for the savers of one product."""

    amount_rupiah = Rupiah(label=_("Jumlah untuk semua penabung"))
    decision = forms.CharField(label=_("Dasar keputusan"), min_length=3, max_length=120)

    def __init__(self, *args: Any, today: date, products: list[tuple[str, str]], **kwargs: Any) -> None:
        last = date.fromordinal(today.replace(day=1).toordinal() - 1)
        super().__init__(*args, initial={"last_on": last}, **kwargs)
        self.fields["product_id"] = forms.ChoiceField(label=_("Simpanan"), choices=products)
        self.fields["last_on"] = Day(label=_("Untuk bulan yang berakhir"))
        self.order_fields(["product_id", "last_on", "amount_rupiah", "decision"])

    def payload(self) -> dict[str, Any]:
        named = {n: self.cleaned_data[n] for n in ("product_id", "last_on", "amount_rupiah", "decision")}
        return {"bonus_id": self.cleaned_data["record_id"], **named}


class UnitForm(TodayForm):
    """A unit begins."""

    id_name = "unit_id"
    name = forms.CharField(label=_("Nama unit"), min_length=3, max_length=120)
    is_sharia = forms.BooleanField(label=_("Unit syariah: akad, tanpa bunga"), required=False)
    decision = forms.CharField(label=_("Dasar keputusan"), min_length=3, max_length=120)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Buku dibuka"))
        self.order_fields(["name", "is_sharia", "on", "decision"])


class ServeForm(TodayForm):
    """A member of the cooperative, to be served in its unit."""

    id_name = "member_id"

    def __init__(self, *args: Any, parent: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["served_id"] = MemberField(label=_("Anggota koperasi induk"), cooperative=parent)


class BetweenForm(TodayForm):
    """Money from this bank account to another of the same cooperative."""

    amount_rupiah = Rupiah(label=_("Jumlah"))
    memo = forms.CharField(label=_("Keterangan"), min_length=3, max_length=120)
    received_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_id": new_id()}, **kwargs)
        self.fields["to_id"] = forms.ChoiceField(label=_("Ke mana?"), choices=others)
        self.order_fields(["to_id", "amount_rupiah", "memo"])

    def field_of(self, path: str) -> str:
        return super().field_of("amount_rupiah" if path == "legs" else path)

"""Forms of mudharabah savings: the offer, another nisbah, a month's distribution."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Percent, Rupiah
from desmigratif.cooperative.rules.days import add_months
from desmigratif.documents.acting import ActForm, Day, RecordForm

USUAL = {"saver_percent": "50", "cooperative_percent": "50", "weight_percent": "100"}


class _NisbahForm(RecordForm):
    """How the income is parted; both parts are written, so that a slip of the pen is seen."""

    saver_percent = Percent(label=_("Nisbah penabung (%)"))
    cooperative_percent = Percent(label=_("Nisbah koperasi (%)"), help_text=_("Keduanya berjumlah 100."))
    weight_percent = Percent(
        label=_("Bobot (%)"), help_text=_("Biasanya 100. Simpanan yang lebih lama boleh berbobot lebih.")
    )
    decision = forms.CharField(label=_("Dasar keputusan"), min_length=3, max_length=120)
    id_name = ""

    def payload(self) -> dict[str, Any]:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("act_id", "record_id")}
        return {**data, self.id_name: self.cleaned_data["record_id"]}


class OfferForm(_NisbahForm):
    """Savings that have a part of what their money earns."""

    id_name = "product_id"
    name = forms.CharField(label=_("Nama simpanan"), min_length=3, max_length=60)
    minimum_balance_rupiah = Rupiah(label=_("Saldo rata-rata paling sedikit"), required=False)
    term_months = forms.IntegerField(
        label=_("Lama (bulan)"), required=False, min_value=1, max_value=120,
        help_text=_("Kosongkan bila dapat diambil kapan saja."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today, **USUAL}, **kwargs)
        self.fields["since"] = Day(label=_("Ditawarkan mulai"))
        self.order_fields(["name", "saver_percent", "cooperative_percent", "weight_percent", "since"])

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "minimum_balance_rupiah": self.cleaned_data["minimum_balance_rupiah"] or 0}


class NisbahForm(_NisbahForm):
    """Another nisbah, from the first of a month on."""

    id_name = "nisbah_id"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        since = add_months(today.replace(day=1), 2 if today.day > 20 else 1)
        super().__init__(*args, initial={"since": since, "told_on": today, **USUAL}, **kwargs)
        self.fields["since"] = Day(label=_("Berlaku mulai"))
        self.fields["told_on"] = Day(label=_("Penabung diberi tahu pada"))
        self.order_fields(["saver_percent", "cooperative_percent", "weight_percent", "since", "told_on", "decision"])


class PrepareForm(RecordForm):
    """The month whose income is shared."""

    def __init__(self, *args: Any, last_on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_on": last_on}, **kwargs)
        self.fields["last_on"] = Day(label=_("Untuk bulan yang berakhir"))

    def payload(self) -> dict[str, Any]:
        return {"distribution_id": self.cleaned_data["record_id"], "last_on": self.cleaned_data["last_on"]}


class PostForm(ActForm):
    """Nothing to fill in: the second person has looked."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def payload(self) -> dict[str, Any]:
        return {"on": self.today}


class TakeBackForm(PostForm):
    """Why it is undone."""

    reason = forms.CharField(label=_("Alasannya"), min_length=3, max_length=160)

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "reason": self.cleaned_data["reason"]}

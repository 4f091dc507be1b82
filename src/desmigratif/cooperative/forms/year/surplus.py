"""Forms of the surplus: how the articles share it, and giving it out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Percent
from desmigratif.cooperative.models import SavingsBasis, SurplusRule, UseBasis
from desmigratif.cooperative.rules.year.surplus import FUNDS
from desmigratif.documents.acting import Day, RecordForm, Taps


class RuleForm(RecordForm):
    """Each fund's part in percent, and on what members share."""

    decision = forms.CharField(
        label=_("Dasar keputusan"), min_length=3, max_length=120, help_text=_("Misalnya: anggaran dasar pasal 40.")
    )

    def __init__(self, *args: Any, today: date, rule: SurplusRule | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today.replace(day=1, month=1)}, **kwargs)
        before = {row["code"]: row["percent"].replace(".", ",") for row in rule.funds} if rule else {}
        for code, label in FUNDS.items():
            self.fields[code] = Percent(label=f"{label} (%)", required=False)
            self.initial[code] = before.get(code, "")
        self.fields["savings_basis"] = Taps(label=_("Jasa modal dihitung dari"), choices=SavingsBasis.choices)
        self.fields["use_basis"] = Taps(
            label=_("Jasa anggota dihitung dari"), choices=UseBasis.choices,
            help_text=_("Di buku syariah: margin, sewa, dan bagi hasil yang dibayar, atau pokok pembiayaannya."),
        )  # fmt: skip
        self.initial["savings_basis"] = rule.savings_basis if rule else SavingsBasis.AVERAGE
        self.initial["use_basis"] = rule.use_basis if rule else UseBasis.LOAN_INTEREST
        self.fields["since"] = Day(label=_("Berlaku sejak"))
        self.order_fields([*FUNDS, "savings_basis", "use_basis", "since", "decision"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        funds = [{"code": code, "percent": f"{data[code]:f}"} for code in FUNDS if data[code]]
        named = {name: data[name] for name in ("savings_basis", "use_basis", "since", "decision")}
        return {"rule_id": data["record_id"], "funds": funds, **named}


class DistributeForm(RecordForm):
    """The day on which the surplus is given out."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal pembagian"))

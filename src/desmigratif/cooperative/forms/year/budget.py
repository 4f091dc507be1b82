"""The form of a year's budget."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import Budget
from desmigratif.documents.acting import Day, RecordForm


class BudgetForm(RecordForm):
    """One sum for each line of the result; what is left open is not planned."""

    decision = forms.CharField(
        label=_("Dasar keputusan"), min_length=3, max_length=120, help_text=_("Misalnya: RAT 12 Februari 2027.")
    )

    def __init__(
        self, *args: Any, today: date, lines: dict[str, str], budget: Budget | None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, initial={"decided_on": today}, **kwargs)
        self.codes = list(lines)
        for code, label in lines.items():
            self.fields[code] = Rupiah(label=label, required=False)
            self.initial[code] = budget.lines.get(code, "") if budget else ""
        self.fields["decided_on"] = Day(label=_("Diputuskan tanggal"))
        self.order_fields([*lines, "decided_on", "decision"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        lines = [{"code": code, "rupiah": data[code]} for code in self.codes if data[code]]
        return {
            "budget_id": data["record_id"], "decided_on": data["decided_on"], "decision": data["decision"],
            "lines": lines,
        }  # fmt: skip

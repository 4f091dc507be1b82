"""Opening a plan to go, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import country_choices
from desmigratif.cases.forms.widgets import DONT_KNOW, OneTap
from desmigratif.cases.rules.labels import EMPLOYER_TYPES, JOBS
from desmigratif.documents.acting import ActForm, Day, RecordForm


class OpenCaseForm(RecordForm):
    """The wish to work abroad; country and job may be unknown."""

    job = forms.ChoiceField(label=_("Mau bekerja apa?"), choices=[DONT_KNOW, *JOBS.items()], required=False)
    employer_type = OneTap(choices=EMPLOYER_TYPES.items(), label=_("Bekerja di rumah tangga atau di perusahaan?"))
    on = Day(label=_("Tanggal menyampaikan niat"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Mau ke negara mana?"), choices=country_choices(today), required=False
        )
        self.order_fields(["country"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "case_id": data["record_id"],
            "on": data["on"],
            "country": data["country"] or None,
            "job": data["job"] or None,
            "employer_type": data["employer_type"] or None,
        }


class WithdrawForm(ActForm):
    """Taking a plan back needs no reason: it is a right."""

    on = Day(label=_("Sejak tanggal"))

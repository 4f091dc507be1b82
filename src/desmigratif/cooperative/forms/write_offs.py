"""Forms of a write-off: what the first person proposes, what the second decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.loans.lending import LoanActForm
from desmigratif.cooperative.rules.write_off import grounds_on
from desmigratif.documents.acting import Taps


class ProposeWriteOffForm(LoanActForm):
    """A ground, and what happened in one's own words."""

    id_name = "write_off_id"
    reason = forms.CharField(
        label=_("Yang terjadi"), min_length=5, max_length=160,
        help_text=_("Yang sudah dicoba untuk menagih, atau sejak kapan keadaannya begitu."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["ground"] = Taps(label=_("Mengapa dihapus buku?"), choices=grounds_on(today).items())
        self.order_fields(["ground", "reason"])


class DecideWriteOffForm(LoanActForm):
    """Yes or no, and why."""

    decision = forms.CharField(label=_("Alasan keputusan"), min_length=3, max_length=160)

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_agree:
            answers = [("yes", _("Ya, hapus buku")), ("no", _("Tidak, tetap ditagih"))]
            self.fields["answer"] = Taps(label=_("Keputusan"), choices=answers)
        else:
            answers = [("no", _("Ya, tarik kembali"))]
            self.fields["answer"] = Taps(label=_("Tarik kembali usulan Anda?"), choices=answers)
            self.initial["answer"] = "no"
        self.order_fields(["answer", "decision"])

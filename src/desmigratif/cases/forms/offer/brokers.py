"""Forms about recruiters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick, told
from desmigratif.cases.models import Finding, RecruiterComplaint
from desmigratif.documents.acting import ActForm, Day, RecordForm

NONE = "none"


class BrokerForm(RecordForm):
    """Who recruits, and what people complain of."""

    name = forms.CharField(label=_("Nama perekrut"), min_length=2, max_length=100)
    phone = forms.CharField(label=_("Nomor HP, bila ada"), required=False, max_length=30)
    aliases = forms.CharField(label=_("Nama panggilan lain, bila ada"), required=False, max_length=200)
    hamlet = forms.CharField(label=_("Terlihat di dusun mana?"), required=False, max_length=60)
    complaint = Pick(
        label=_("Keluhannya"),
        choices=[(NONE, _("Belum ada, hanya dicatat")), *RecruiterComplaint.choices],
        missing=_("Pilih keluhannya."),
    )
    story = forms.CharField(
        label=_("Ceritanya"), required=False, max_length=2000, widget=told(),
        help_text=_("Yang dilihat atau didengar sendiri. Disimpan terkunci."),
    )  # fmt: skip
    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_plan:  # without a plan that they recruit for, only a complaint is a reason to write somebody down
            self.fields["complaint"] = Pick(
                label=_("Keluhannya"), choices=RecruiterComplaint.choices, missing=_("Pilih keluhannya.")
            )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "record_id": data["record_id"], "on": data["on"], "name": data["name"],
            "complaint": None if data["complaint"] == NONE else data["complaint"],
            **{name: data[name] or None for name in ("phone", "aliases", "hamlet", "story")},
        }  # fmt: skip


class SettleForm(ActForm):
    """What came out of a complaint."""

    finding = Pick(label=_("Hasilnya"), choices=Finding.choices, missing=_("Pilih hasilnya."))
    on = Day(label=_("Tanggal"))

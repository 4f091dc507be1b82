"""Forms about reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, RecordForm, Taps
from desmigratif.reports.models import VillageReport
from desmigratif.reports.rules import monthly as rules
from desmigratif.reports.rules.table import EVERY

ROWS = {"rows": 4}


class WordsForm(RecordForm):
    """What was in the way and what will be done; a correction of an accepted report says why first."""

    def __init__(self, *args: Any, report: VillageReport | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if report is not None and report.state == rules.ACCEPTED:
            self.fields["because"] = forms.CharField(
                label=_("Mengapa dibetulkan"), max_length=300, required=False,
                help_text=_("Laporan lama tetap tersimpan; yang baru menampilkan keduanya."),
            )  # fmt: skip
        known = report or VillageReport()
        self.fields["obstacles"] = forms.CharField(
            label=_("Kendala bulan ini"), max_length=600, required=False, initial=known.obstacles,
            widget=forms.Textarea(attrs=ROWS), help_text=_("Kosongkan bila tidak ada. Jangan tulis nama warga."),
        )  # fmt: skip
        self.fields["follow_up"] = forms.CharField(
            label=_("Tindak lanjut"), max_length=600, required=False, initial=known.follow_up,
            widget=forms.Textarea(attrs=ROWS), help_text=_("Apa yang akan dilakukan, oleh siapa, kapan."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        words: dict[str, Any] = {key: data[key] for key in ("because", "obstacles", "follow_up") if key in data}
        return {"report_id": data["record_id"], **words}


class StepForm(RecordForm):
    """The next step of a report: one button for the officer, a choice for the head and for the regency."""

    def __init__(self, *args: Any, choices: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(choices) > 1:
            self.fields["decision"] = Taps(label=_("Keputusan Anda"), choices=choices.items())
            self.fields["text"] = forms.CharField(
                label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Wajib bila dikembalikan: apa yang perlu dibetulkan."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "back" and len(data.get("text", "").strip()) < 5:
            self.add_error("text", _("Tulis apa yang perlu dibetulkan, paling sedikit lima huruf."))
        return data


class SubscribeForm(RecordForm):
    """Which report, how often; the region was chosen before."""

    every = Taps(label=_("Seberapa sering"), choices=EVERY.items())


class UnsubscribeForm(ActForm):
    """One button."""

    subscription_id = forms.UUIDField(widget=forms.HiddenInput)

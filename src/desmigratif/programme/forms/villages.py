"""Forms about villages in a programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps


class JoinForm(RecordForm):
    """The decree that names a village."""

    decree = forms.CharField(label=_("Nomor surat keputusan"), min_length=3, max_length=80)
    on = Day(label=_("Tanggal surat keputusan"))

    def __init__(self, *args: Any, programmes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"] = Taps(label=_("Program"), choices=programmes.items())
        self.order_fields(["programme", "decree", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"membership_id": data["record_id"], **{key: data[key] for key in ("programme", "decree", "on")}}


class StepForm(ActForm):
    """When a step was taken, and the paper that says so; a correction says why."""

    def __init__(self, *args: Any, today: date, standing: Any = None, **kwargs: Any) -> None:
        first = {"on": standing.on if standing else today, "paper": standing.paper if standing else ""}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))
        self.fields["paper"] = forms.CharField(
            label=_("Nomor surat atau berita acara"), max_length=80, required=False,
            help_text=_("Kosongkan bila tidak ada."),
        )  # fmt: skip
        if standing:
            self.fields["reason"] = forms.CharField(label=_("Mengapa dibetulkan"), max_length=200)

    def payload(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key in ("on", "paper", "reason")}


class LeaveForm(ActForm):
    """Why and when a village left."""

    def __init__(self, *args: Any, reasons: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["because"] = Taps(label=_("Mengapa keluar"), choices=reasons.items())
        self.fields["on"] = Day(label=_("Keluar tanggal"))

    def payload(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("because", "on")}

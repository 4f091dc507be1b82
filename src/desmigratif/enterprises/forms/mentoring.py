"""Forms of a visit and of the end of a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import Day, RecordForm, Taps
from desmigratif.enterprises.models import VisitTask
from desmigratif.enterprises.rules.life import closing_causes_on

TASKS = (1, 2, 3)


class VisitForm(RecordForm):
    """What was found, what is to be done, and which older tasks are done."""

    findings = forms.CharField(
        label=_("Yang ditemukan"), min_length=3, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, open_tasks: Sequence[VisitTask], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        if open_tasks:
            self.fields["done"] = forms.MultipleChoiceField(
                label=_("Tugas lama yang sudah selesai"), choices=[(str(one.id), one.text) for one in open_tasks],
                required=False, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        for n in TASKS:
            self.fields[f"task_{n}"] = forms.CharField(
                label=_("Tugas %s") % n, required=False, min_length=3, max_length=160
            )
            self.fields[f"due_{n}"] = Day(label=_("Tugas %s selesai paling lambat") % n, required=False)
        self.fields["on"] = Day(label=_("Dikunjungi tanggal"))

    def _filled(self) -> list[int]:
        return [n for n in TASKS if self.cleaned_data.get(f"task_{n}")]

    def field_of(self, path: str) -> str:
        parts = path.split(".")
        if len(parts) == 3 and parts[0] == "tasks" and parts[1].isdigit():
            n = self._filled()[int(parts[1])]
            return f"due_{n}" if parts[2] == "due_on" else f"task_{n}"
        return super().field_of(path)

    def payload(self) -> dict[str, Any]:
        data, visit = self.cleaned_data, self.cleaned_data["record_id"]
        tasks = [
            {"task_id": uuid5(visit, str(n)), "text": data[f"task_{n}"], "due_on": data.get(f"due_{n}")}
            for n in self._filled()
        ]
        return {
            "visit_id": visit,
            "findings": data["findings"],
            "tasks": tasks,
            "done": data.get("done", []),
            "on": data["on"],
        }


class EndForm(RecordForm):
    """Why a group ends."""

    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["cause"] = Taps(label=_("Mengapa berhenti"), choices=closing_causes_on(today).items())
        self.fields["on"] = Day(label=_("Berhenti tanggal"))
        self.order_fields(["cause", "note", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"ending_id": data["record_id"], **{key: data[key] for key in ("cause", "note", "on")}}

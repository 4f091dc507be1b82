"""Asking for a letter of the village only what the register does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick
from desmigratif.documents.acting import Day, RecordForm
from desmigratif.documents.inputs import REVOCATION_REASONS
from desmigratif.documents.rules.village_kinds import Kind, Named

REASONS_TO_REPLACE = ("wrong_data", "replaced")


class VillageLetterForm(RecordForm):
    """`known`: what is filled in beforehand and may be changed. `replaces`: the letter whose place this one takes."""

    on = Day(label=_("Tanggal surat"))

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        age: int | None,
        today: date,
        known: Mapping[str, Any] | None = None,
        replaces: bool = False,
        **kwargs: Any,
    ) -> None:
        askers = kind.askers_for(age)
        first = {"on": today, "asked_by": next(iter(askers), ""), **(known or {})}
        super().__init__(*args, initial=first, **kwargs)
        self.kind = kind
        if replaces:
            self.fields["reason"] = reason_to_replace()
        self.fields["asked_by"] = Pick(
            label=_("Siapa yang meminta?"), choices=askers.items(), missing=_("Pilih siapa yang meminta surat ini.")
        )
        for one in kind.asks:
            self.fields[one.code] = field_for(one)
        self.order_fields(["reason", "asked_by", *(one.code for one in kind.asks), "on"])

    def field_of(self, path: str) -> str:
        return super().field_of(path.removeprefix("facts."))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        filled = {one.code: data[one.code] for one in self.kind.asks if data[one.code]}
        return {
            "letter_id": data["record_id"],
            "kind": self.kind.code,
            "on": data["on"],
            "asked_by": data["asked_by"],
            "facts": {code: text.isoformat() if isinstance(text, date) else text for code, text in filled.items()},
            "reason": data.get("reason") or None,
        }


def reason_to_replace() -> Pick:
    choices = [(code, REVOCATION_REASONS[code]) for code in REASONS_TO_REPLACE]
    return Pick(label=_("Mengapa diganti?"), choices=choices, missing=_("Pilih alasannya."))


def field_for(one: Named) -> forms.Field:
    """The field that asks a fact, with its own sentence when it is missing."""
    required = {"required": one.missing} if one.missing else {}
    if one.is_day:
        field: forms.Field = Day(label=one.label, required=one.required)
    else:
        field = forms.CharField(label=one.label, required=one.required, max_length=one.most, help_text=one.hint)
    field.error_messages.update(required)
    return field

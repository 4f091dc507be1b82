"""One kind of letter for several people: what is asked is the same for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.letters.village import field_for
from desmigratif.documents.acting import ActForm, Day
from desmigratif.documents.rules.village_kinds import Kind


class BatchForm(ActForm):
    """`act_id` is the seed: each person's act and letter get an id made of it and theirs, so that a double submit acts
    once for each. Nobody is chosen beforehand: each must have asked."""

    on = Day(label=_("Tanggal surat"))
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id",)

    def __init__(self, *args: Any, kind: Kind, people: Iterable[tuple[UUID, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.kind = kind
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Untuk siapa saja?"),
            choices=[(str(one), name) for one, name in people],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pilih paling sedikit satu orang.")},
        )
        for one in kind.asks:
            self.fields[one.code] = field_for(one)
        self.order_fields(["people", *(one.code for one in kind.asks), "on"])

    def people(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["people"]]

    def act_for(self, resident_id: UUID) -> UUID:
        return uuid5(self.cleaned_data["act_id"], f"act {resident_id}")

    def payload_for(self, resident_id: UUID) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "letter_id": uuid5(data["act_id"], f"letter {resident_id}"),
            "resident_id": resident_id,
            "kind": self.kind.code,
            "on": data["on"],
            "asked_by": "self",
            "facts": {one.code: data[one.code] for one in self.kind.asks if data[one.code]},
        }

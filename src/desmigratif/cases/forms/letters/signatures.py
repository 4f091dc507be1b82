"""Forms of the head's signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick
from desmigratif.cases.queries.letters.signatures import ToSign
from desmigratif.cases.rules.letters.signatures import WhyPostponed
from desmigratif.documents.acting import RecordForm


class ApproveForm(RecordForm):
    """One tap: it carries what was shown."""

    check_seen = forms.UUIDField(widget=forms.HiddenInput)
    talk_seen = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: ToSign, **kwargs: Any) -> None:
        super().__init__(*args, initial={"check_seen": letter.check.id, "talk_seen": letter.talk.id}, **kwargs)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        seen = {name: data[name] for name in ("check_seen", "talk_seen")}
        return {"decision_id": data["record_id"], **seen}


class PostponeForm(ApproveForm):
    """Why not yet."""

    def __init__(self, *args: Any, reasons: tuple[WhyPostponed, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = Pick(
            label=_("Mengapa ditunda?"), choices=[(why.code, why.label) for why in reasons],
            missing=_("Pilih alasannya."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "reason": self.cleaned_data["reason"]}

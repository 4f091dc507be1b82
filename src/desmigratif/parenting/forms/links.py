"""Forms of a caregiver's address: making it, and what is sent by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Taps
from desmigratif.parenting.forms.calls import CalledForm
from desmigratif.parenting.forms.worries import WorryForm
from desmigratif.parenting.queries.worries import Reader


class LinkForm(ActForm):
    """A new address for the caregiver."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "link_id")


class CallOfMineForm(CalledForm):
    """How the agreed call went that the page asks for."""

    prefix = "telepon"
    slot_id = forms.UUIDField(widget=forms.HiddenInput)
    due_at = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**super().payload(), "slot_id": data["slot_id"], "due_at": data["due_at"]}


class MessageForm(WorryForm):
    """A wish or a worry about a child, and who may read it."""

    prefix = "pesan"

    def __init__(
        self, *args: Any, today: date, readers: Sequence[Reader], children: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, readers=readers, **kwargs)
        del self.fields["on"]  # it is said today
        self.fields["text"].label = _("Apa yang ingin Anda sampaikan?")
        self.fields["text"].help_text = _("Minta bantuan atau ceritakan yang membuat khawatir. Pesannya terkunci.")
        self.fields["text"].widget.attrs["rows"] = 4
        only = children[0][0] if len(children) == 1 else None
        self.fields["child_id"] = Taps(label=_("Tentang siapa?"), choices=children, initial=only)
        self.order_fields(["child_id", "text", "readers"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"worry_id": data["record_id"], **{name: data[name] for name in ("child_id", "text", "readers")}}

"""A page that does one act: ids made when the form was opened, so that a double submit acts once.

A refusal lands beside the field it speaks of, or in `form.refusal` for the page to show with its way out; what was
typed stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desmigratif.access.door import do
from desmigratif.access.requests import DeskRequest
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NeedsReview, NotFoundOrNotYours, Reason, Refusal
from desmigratif.shared.rupiah import parse_rupiah

MOST_RUPIAH = 10**12

KEPT_FOR_REVIEW = Reason(
    "kept_for_review",
    "Isian Anda tersimpan dan menunggu keputusan, jadi tidak perlu ditulis lagi.",
    way_out="Buka Perlu diputuskan di Meja hari ini, bandingkan keduanya, lalu pilih.",
)


class Day(forms.DateField):
    """A day, first day, then month: whatever language the browser asks for, a month never comes first."""

    def __init__(self, *, label: Any, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            input_formats=["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
            widget=forms.DateInput(format="%d-%m-%Y"),
        )


class Rupiah(forms.CharField):
    """2500000, 2.500.000 or Rp2.500.000; gives a whole number, or None when it may be left open and is."""

    def __init__(self, *, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=24)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text)
        except ValueError:
            raise ValidationError(_("Tulis jumlahnya dengan angka, misalnya 50.000.")) from None
        if amount > MOST_RUPIAH:
            raise ValidationError(_("Jumlah ini terlalu besar."))
        return amount


class Taps(forms.ChoiceField):
    """One of a few, as big choices."""

    widget = forms.RadioSelect

    def __init__(self, *, label: Any, choices: Iterable[tuple[str, Any]], required: bool = True, **kwargs: Any) -> None:
        super().__init__(label=label, choices=list(choices), required=required, **kwargs)
        self.error_messages["required"] = _("Pilih salah satu.")


class ActForm(forms.Form):
    """A form with the hidden id of its act."""

    act_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id",)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        ids = {name: new_id() for name in self.fresh_ids}
        super().__init__(data, initial={**ids, **(initial or {})}, **kwargs)
        self.refusal: list[Reason] = []

    def field_of(self, path: str) -> str:
        """The field of this form that an input's path belongs to; empty for none."""
        return path if path in self.fields and not self.fields[path].widget.is_hidden else ""

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        """Show each reason where it belongs."""
        for reason in reasons:
            field = self.field_of(reason.field)
            if field:
                self.add_error(field, " ".join(filter(None, (reason.text, reason.way_out))))
            else:
                self.refusal.append(reason)


class RecordForm(ActForm):
    """A form whose act makes a record: its id is made with the page too."""

    record_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id")


def attempt(request: DeskRequest, form: ActForm, name: str, payload: Mapping[str, Any]) -> bool:
    """Do the act of a valid form. False when it was refused: the form says why.

    Raises `NotFoundOrNotYours` for records that are none of this person's business.
    """
    try:
        do(request.actor, name, payload, now=request.now, act_id=form.cleaned_data["act_id"])
    except Refusal as refusal:
        if any(reason.code == NotFoundOrNotYours.code for reason in refusal.reasons):
            raise NotFoundOrNotYours from refusal
        if isinstance(refusal, NeedsReview):  # nothing to mend in a field: both wait to be compared
            form.refusal += [*refusal.reasons, KEPT_FOR_REVIEW]
        else:
            form.refuse(refusal.reasons)
        return False
    return True

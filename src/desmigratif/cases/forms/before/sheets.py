"""Paper sheets: the forms about them, and the questions of a sheet taken from the form of the screen.

What a sheet asks is read from the very form that is filled in from it, so that paper and screen keep one order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.abroad import DepartureForm
from desmigratif.cases.forms.before.plans import OpenCaseForm
from desmigratif.cases.forms.before.talks import FamilyTalkForm
from desmigratif.cases.forms.before.visits import VisitForm
from desmigratif.cases.forms.offer.answers import PAPER_DAYS, PAPER_NAMES
from desmigratif.cases.forms.offer.check import OfferCheckForm
from desmigratif.cases.forms.widgets import DONT_KNOW, Pick
from desmigratif.cases.models import SheetKind, SheetSpoiled
from desmigratif.cases.rules.before.sheets import MOST_AT_ONCE
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.documents.acting import ActForm, RecordForm
from desmigratif.people.models import Resident

FEES_ON_PAPER = 3
BY_HAND = frozenset({"offer__job", "offer__wage__currency"})  # that page has forty questions more
IN_REGISTER = frozenset({"candidate.birth_date", "candidate.sex", "candidate.marital_status"})
AT_THE_DESK = frozenset({*PAPER_NAMES, *PAPER_DAYS})  # compared with the papers on the table, on the screen
NEVER_ON_PAPER = frozenset({
    "act_id", "record_id", "seen",
    "on",  # stands in the head of the sheet
    "giver_id", "kin_id", "offer__country_other",  # on paper one writes the name
    # What a candidate says alone is carried home in no paper.
    "candidate_confirms_alone", "pressure", "sealed_signs", "sealed_note",
})  # fmt: skip


class PrintSheetsForm(RecordForm):
    """Which sheets, how many."""

    kind = Pick(label=_("Lembar apa?"), choices=SheetKind.choices, missing=_("Pilih lembarnya."))
    count = forms.IntegerField(
        label=_("Berapa lembar?"),
        initial=10,
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-day"}),
        error_messages={
            "required": _("Tulis berapa lembar."),
            "invalid": _("Tulis dengan angka, misalnya 10."),
            "min_value": _("Paling sedikit 1 lembar."),
            "max_value": _("Paling banyak %(n)s lembar sekali cetak.") % {"n": MOST_AT_ONCE},
        },
    )


class SpoilSheetForm(ActForm):
    """Which sheet is gone, and why."""

    number = forms.CharField(
        label=_("Nomor lembar"),
        max_length=30,
        help_text=_("Di sudut kanan atas, misalnya T-0012-7."),
        error_messages={"required": _("Tulis nomor lembarnya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    because = Pick(label=_("Mengapa dicoret?"), choices=SheetSpoiled.choices, missing=_("Pilih alasannya."))


class FindSheetForm(forms.Form):
    """The number of a sheet, and whom it is about."""

    nomor = forms.CharField(
        label=_("Nomor lembar"),
        max_length=30,
        help_text=_("Di sudut kanan atas, misalnya T-0012-7."),
        error_messages={"required": _("Ketik nomor lembarnya.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "autocapitalize": "characters"}),
    )
    nama = forms.CharField(
        label=_("Nama di lembar"),
        required=False,
        max_length=100,
        help_text=_("Sebagian nama cukup. Kosongkan bila tamunya bukan warga desa."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tanggal = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)  # of the sheet before


def form_of(kind: str, today: date) -> forms.Form:
    """The screen's form of a kind, empty."""
    if kind == SheetKind.VISIT:
        return VisitForm(today=today, is_known=False)
    if kind == SheetKind.INTENTION:
        return OpenCaseForm(today=today)
    if kind == SheetKind.OFFER:
        return OfferCheckForm(known=OfferCheckInput(), in_register=IN_REGISTER | AT_THE_DESK, today=today)
    if kind == SheetKind.TALK:
        return FamilyTalkForm(candidate=Resident(), members=[], today=today)
    return DepartureForm(version=0, today=today, country="", members=[], youngest=0)


def questions_of(kind: str, today: date) -> list[dict[str, Any]]:
    """The questions of a sheet with their boxes, in the order of the screen."""
    fields = form_of(kind, today).fields
    return [_question(name, field) for name, field in _in_order(kind, fields) if _stands_on_paper(name)]


def _stands_on_paper(name: str) -> bool:
    """One line for each sum that is asked: what for stands before how much, and three are enough."""
    if name.startswith("fee_"):
        return name in {f"fee_{row}_component" for row in range(FEES_ON_PAPER)}
    return name not in NEVER_ON_PAPER


def _in_order(kind: str, fields: Mapping[str, forms.Field]) -> list[tuple[str, forms.Field]]:
    """As the page shows them: a visit's note stands before its place there."""
    if kind != SheetKind.VISIT:
        return list(fields.items())
    order = ("visitor_name", "purpose", "topics", "note", "place")
    return [(name, fields[name]) for name in order]


def _question(name: str, field: forms.Field) -> dict[str, Any]:
    boxes, other = _boxes(field) if name not in BY_HAND else ([], "")
    row = {"name": name, "label": str(field.label), "kind": "boxes", "boxes": boxes, "other": other, "second": ""}
    if name.startswith("fee_"):
        return row | {"kind": "line", "boxes": [], "second": "Rp"}
    if isinstance(field, forms.BooleanField):
        return row | {"boxes": [str(_("Ya"))]}
    if isinstance(field.widget, forms.Textarea):
        return row | {"kind": "lines"}
    if boxes:
        return row
    return row | {"kind": "line", "boxes": [] if field.required else [str(DONT_KNOW[1])]}


def _boxes(field: forms.Field) -> tuple[list[str], str]:
    """The answers to tick, and the word before a line for any other: a long list names only its usual ones."""
    if not isinstance(field, forms.ChoiceField):
        return [], ""
    listing: Any = field.choices
    choices: list[Any] = list(listing)
    groups = [label for _value, label in choices if isinstance(label, list | tuple)]
    listed = [*choices[:1], *groups[0]] if groups else choices
    words = [str(label) for value, label in listed if value != DONT_KNOW[0]]
    if len(words) < len(listed):
        words.append(str(DONT_KNOW[1]))
    return words, str(_("Lain:")) if groups else ""

"""Forms of help: what is needed, promised, handed over, found, answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.enterprises.forms.fields import Amount, PhotoField, YesNo
from desmigratif.enterprises.models import Asset, Member, NeedsSheet
from desmigratif.enterprises.rules import aid as rules

_ANSWER = "answer_"


class NeedsForm(RecordForm):
    """What a group asks for, and the questions of the sheet."""

    item = forms.CharField(
        label=_("Yang dibutuhkan"), min_length=2, max_length=80, help_text=_("Contoh: mesin pengupas.")
    )
    purpose = forms.CharField(label=_("Untuk apa"), min_length=3, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.questions = rules.questions_on(today)
        for code, question in self.questions.items():
            self.fields[f"{_ANSWER}{code}"] = YesNo(label=question.ask, may_be_unknown=True, required=False)
        self.fields["on"] = Day(label=_("Ditanyakan tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {code: data[f"{_ANSWER}{code}"] for code in self.questions}
        return {
            "needs_id": data["record_id"],
            "answers": answers,
            **{key: data[key] for key in ("item", "purpose", "on")},
        }


class PromiseForm(RecordForm):
    """Who promised what."""

    name = forms.CharField(label=_("Barang atau bantuan"), min_length=2, max_length=80)
    giver = forms.CharField(label=_("Nama pemberi"), min_length=2, max_length=100)
    despite = forms.CharField(
        label=_("Cara mengatasi yang belum siap"), required=False, max_length=200,
        help_text=_("Hanya bila ada jawaban Tidak di lembar kebutuhan."),
    )  # fmt: skip

    def __init__(self, *args: Any, sheets: Sequence[NeedsSheet], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        which = [("", _("Tanpa lembar kebutuhan")), *((str(one.id), one.item) for one in sheets)]
        self.fields["needs_id"] = forms.ChoiceField(label=_("Lembar kebutuhan"), choices=which, required=False)
        kinds = [(code, kind.label) for code, kind in rules.kinds_on(today).items()]
        self.fields["kind"] = Taps(label=_("Jenis bantuan"), choices=kinds)
        self.fields["giver_kind"] = Taps(label=_("Dari siapa"), choices=rules.givers_on(today).items())
        self.fields["value_rupiah"] = Amount(label=_("Nilainya"))
        self.fields["expected_on"] = Day(label=_("Dijanjikan datang"), required=False)
        self.fields["on"] = Day(label=_("Janjinya tanggal"))
        self.order_fields([
            "needs_id", "kind", "name", "giver_kind", "giver", "value_rupiah", "despite", "on", "expected_on",
        ])  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("act_id", "record_id")}
        return {**data, "asset_id": self.cleaned_data["record_id"], "needs_id": data["needs_id"] or None}


class _ConditionForm(ActForm):
    """How a thing is: condition, usable or why not."""

    check_id = forms.UUIDField(widget=forms.HiddenInput)

    def _ask_condition(self, today: date) -> None:
        self.fields["condition"] = Taps(label=_("Keadaannya"), choices=rules.conditions_on(today).items())
        self.fields["usable"] = YesNo(label=_("Bisa dipakai?"))
        causes = [("", _("Bisa dipakai")), *rules.unusable_on(today).items()]
        self.fields["because"] = forms.ChoiceField(label=_("Bila tidak, mengapa?"), choices=causes, required=False)


class HandOverForm(_ConditionForm):
    """What came, who signed for it, and how it is."""

    serial = forms.CharField(label=_("Nomor seri"), required=False, max_length=60, help_text=_("Di pelat mesin."))
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "check_id")

    def __init__(self, *args: Any, asset: Asset, members: Sequence[Member], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.checked = rules.kinds_on(asset.promised_on)[asset.kind].checked
        who = [(str(one.id), one.resident.shown_name) for one in members]
        self.fields["receiver_id"] = forms.ChoiceField(label=_("Diterima oleh"), choices=who)
        self.fields["on"] = Day(label=_("Diserahkan tanggal"))
        if self.checked:
            self._ask_condition(today)
        else:
            del self.fields["serial"]

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "act_id"}


class CheckForm(_ConditionForm):
    """How a thing was found this time, with a photo."""

    ticket_id = forms.UUIDField(widget=forms.HiddenInput)
    photo_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "check_id", "ticket_id", "photo_id")

    def __init__(self, *args: Any, today: date, may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self._ask_condition(today)
        self.fields["photo"] = PhotoField(
            label=_("Foto barangnya"), help_text=_("Tempat dan waktu foto dihapus sebelum disimpan.")
        )
        if may_tell:
            self.fields["tell_giver"] = forms.BooleanField(label=_("Laporkan ke pemberi"), required=False)
        self.fields["on"] = Day(label=_("Ditengok tanggal"))
        self.order_fields(["condition", "usable", "because", "tell_giver", "photo", "note", "on"])

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "act_id"}


class AnswerForm(ActForm):
    """What the giver said."""

    check_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "check_id")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["answer"] = Taps(label=_("Jawaban pemberi"), choices=rules.answers_on(today).items())
        self.fields["on"] = Day(label=_("Dijawab tanggal"))
        self.order_fields(["answer", "note", "on"])

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "act_id"}

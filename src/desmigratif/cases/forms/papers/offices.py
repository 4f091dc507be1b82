"""Forms of bundles: send one, and an office's three answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.before.steps import SeenForm
from desmigratif.cases.forms.widgets import Pick, Several, told
from desmigratif.cases.models import Bundle, CaseStep
from desmigratif.cases.rules.papers.offices import WhyReturned
from desmigratif.cases.rules.papers.requirements import Requirement
from desmigratif.documents.acting import Day


class SendForm(SeenForm):
    """Which papers the bundle holds; all that the step rests on are ticked."""

    record_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "record_id")
    on = Day(label=_("Dikirim tanggal"))

    def __init__(self, *args: Any, papers: tuple[Requirement, ...], row: CaseStep, today: date, **kwargs: Any) -> None:
        initial = {"on": today, "seen": row.version, "papers": [paper.code for paper in papers]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["papers"] = Several(
            label=_("Apa saja isi berkasnya?"),
            choices=[(paper.code, paper.document) for paper in papers],
            help_text=_("Hapus tanda yang tidak ikut. Hanya ini yang boleh diminta."),
        )
        self.order_fields(["papers", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "bundle_id": data["record_id"], "seen": data["seen"], "on": data["on"], "papers": tuple(data["papers"]),
        }  # fmt: skip


class AcceptForm(SeenForm):
    """The office has it: one tap, on the day of today."""

    on = Day(label=_("Diterima tanggal"))

    def __init__(self, *args: Any, bundle: Bundle, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": bundle.version}, **kwargs)

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "seen")}


class ReturnForm(AcceptForm):
    """Why it goes back, and which papers."""

    def __init__(
        self, *args: Any, reasons: tuple[WhyReturned, ...], papers: tuple[Requirement, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = Pick(
            label=_("Mengapa dikembalikan?"), choices=[(why.code, why.label) for why in reasons],
            missing=_("Pilih alasannya."),
        )  # fmt: skip
        self.fields["papers"] = Several(
            label=_("Dokumen mana?"),
            choices=[(paper.code, paper.document) for paper in papers],
            help_text=_("Yang kurang, habis berlaku, atau tidak terbaca."),
        )
        self.fields["note"] = forms.CharField(
            label=_("Penjelasan singkat untuk desa"),
            required=False,
            max_length=500,
            widget=told(2),
            help_text=_("Disimpan terkunci; dibaca petugas desa."),
        )
        self.fields["on"].label = _("Dikembalikan tanggal")
        self.order_fields(["reason", "papers", "note", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        said = {"reason": data["reason"], "papers": tuple(data["papers"]), "note": data["note"] or None}
        return {**super().payload(), **said}


class AnswerBundleForm(AcceptForm):
    """What the office made."""

    def __init__(self, *args: Any, asks: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Selesai tanggal")
        if "number" in asks:
            self.fields["paper_number"] = forms.CharField(
                label=_("Nomor dokumennya"), required=False, max_length=60, help_text=_("Seperti tertulis di dokumen.")
            )
        if "valid_until" in asks:
            self.fields["valid_until"] = Day(label=_("Berlaku sampai"), required=False)
        self.order_fields(["paper_number", "valid_until", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        made = {"paper_number": data.get("paper_number") or None, "valid_until": data.get("valid_until")}
        return {**super().payload(), **made}

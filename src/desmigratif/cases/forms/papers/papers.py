"""Forms about the papers of a candidate."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.before.steps import SeenForm
from desmigratif.cases.forms.widgets import Pick
from desmigratif.cases.rules.papers.papers import IDENTITY_PAPERS, WHY_REMOVED, PaperFacts
from desmigratif.documents.acting import ActForm, Day
from desmigratif.documents.rules.copies import MOST_BYTES

# Naming kinds makes an iPhone hand over its HEIC photos as JPEG.
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


SAID = ("number", "name_on_paper", "birth_date", "issued_on", "valid_until")


class PaperForm(SeenForm):
    """What one paper says, and a photo of it. The photo is read by the action; here only its size is looked at."""

    paper_id = forms.UUIDField(widget=forms.HiddenInput)
    copy_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "paper_id", "copy_id")

    def __init__(self, *args: Any, kind: str, facts: PaperFacts, months: int | None, today: date, **kwargs: Any):
        self.today = today
        shown = {name: getattr(facts, name) for name in ("number", "birth_date", "issued_on", "valid_until")}
        super().__init__(*args, initial={**shown, "name_on_paper": facts.name, "seen": facts.version}, **kwargs)
        self.fields["copy"] = forms.FileField(
            label=_("Ganti foto atau PDF") if facts.has_copy else _("Foto atau PDF"),
            required=False,
            help_text=_("Foto seluruh dokumen di tempat terang. Disimpan tersandi."),
            widget=forms.FileInput(attrs={"accept": ACCEPTED}),
            error_messages={"empty": _("Berkas ini kosong. Foto atau pilih sekali lagi.")},
        )
        self.fields["number"] = forms.CharField(label=_("Nomor"), required=False, max_length=60)
        if kind in IDENTITY_PAPERS:
            self.fields["name_on_paper"] = forms.CharField(
                label=_("Nama"), required=False, max_length=100, help_text=_("Persis seperti tertulis di dokumen ini.")
            )
            self.fields["birth_date"] = Day(label=_("Tanggal lahir menurut dokumen ini"), required=False)
        self.fields["issued_on"] = Day(label=_("Tanggal terbit"), required=False)
        self.fields["valid_until"] = Day(label=_("Berlaku sampai"), required=False)
        if months is not None:
            words = _("Kosongkan bila tidak tertulis: dihitung %(n)s bulan sejak terbit.") % {"n": months}
            self.fields["valid_until"].help_text = words

    def clean_copy(self) -> Any:
        sent = self.cleaned_data["copy"]
        if sent is not None and sent.size > MOST_BYTES:
            most = MOST_BYTES >> 20
            raise forms.ValidationError(
                _("Berkas ini lebih dari %(most)s MB. Foto dengan kamera HP, lalu pilih foto itu."),
                params={"most": most},
            )
        return sent

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        sent = data["copy"]
        said = {name: data.get(name) or None for name in SAID}
        return {
            **said,
            "paper_id": data["paper_id"],
            "copy_id": data["copy_id"],
            "seen": data["seen"],
            "on": self.today,
            "picture": base64.b64encode(sent.read()).decode() if sent is not None else None,
        }


class RemoveCopyForm(ActForm):
    """Why a copy is taken away."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reason"] = Pick(
            label=_("Mengapa dihapus?"), choices=WHY_REMOVED.items(), missing=_("Pilih mengapa dihapus.")
        )

    def payload(self) -> dict[str, Any]:
        return {"on": self.today, "reason": self.cleaned_data["reason"]}

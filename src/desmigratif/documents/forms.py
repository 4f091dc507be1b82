"""Filling in the letterhead, and taking a letter back."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.documents.inputs import REVOCATION_REASONS
from desmigratif.documents.models import VillageOffice

HEADS = {"Kelurahan": "Lurah"}  # who heads an office that is no village government


class OfficeForm(RecordForm):
    """The letterhead of one village. The record is the office; `key_id` is used when a first key is made."""

    key_id = forms.UUIDField(widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Alamat kantor"), min_length=3, max_length=160, help_text=_("Misalnya Jalan Balai Desa Nomor 1.")
    )
    phone = forms.CharField(label=_("Nomor telepon kantor"), max_length=30, required=False)
    head_title = forms.CharField(
        label=_("Sebutan kepala desa"),
        min_length=3,
        max_length=40,
        help_text=_("Seperti di surat: Kepala Desa, Kuwu."),
    )
    head_name = forms.CharField(label=_("Nama kepala desa"), min_length=2, max_length=100)
    letter_code = forms.CharField(
        label=_("Kode desa di nomor surat"),
        max_length=20,
        help_text=_("Huruf besar dan angka, misalnya DS-KRP: nomor surat menjadi 474/001/DS-KRP/XI/2026."),
        validators=[RegexValidator(r"^[A-Z0-9.-]{2,20}$", _("Pakai huruf besar, angka, titik, atau tanda hubung."))],
    )
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id", "key_id")

    def __init__(self, *args: Any, office: VillageOffice | None, kind: str = "Desa", **kwargs: Any) -> None:
        names = ("address", "phone", "head_title", "head_name", "letter_code")
        standing = (
            {name: getattr(office, name) for name in names}
            if office
            else {"head_title": HEADS.get(kind, "Kepala Desa")}
        )
        super().__init__(*args, initial=standing, **kwargs)

    def payload(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("act_id", "record_id")}
        return {"office_id": self.cleaned_data["record_id"], **data}


class RevokeForm(ActForm):
    """Why a letter no longer holds."""

    reason = forms.ChoiceField(
        label=_("Mengapa dicabut?"),
        choices=list(REVOCATION_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih alasannya.")},
    )
    on = Day(label=_("Tidak berlaku sejak"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)

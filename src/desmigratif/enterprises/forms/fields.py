"""Fields of productive enterprise: money as a treasurer writes it, a yes or a no, a photo."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.rules.copies import MOST_BYTES
from desmigratif.shared.rupiah import parse_rupiah

YES, NO, UNKNOWN = "ya", "tidak", "belum"
PHOTOS = "image/jpeg,image/png,image/webp"  # naming kinds makes an iPhone hand over its HEIC photos as JPEG
_MOST_DIGITS = 15


class Amount(forms.CharField):
    """2500000, 2.500.000 or Rp2.500.000. An amount below zero is read too: the rule says why it cannot be."""

    def __init__(self, *, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=24)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "class": "w-money"}
        self.error_messages["required"] = _("Tulis jumlahnya. Tidak ada? Tulis 0.")

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        unsigned = text.lstrip("-–− ")
        try:
            amount = parse_rupiah(unsigned)
        except ValueError:
            raise ValidationError(_("Tulis jumlahnya dengan angka, misalnya 250.000.")) from None
        if len(str(amount)) > _MOST_DIGITS:
            raise ValidationError(_("Jumlah ini terlalu besar. Periksa nolnya."))
        return amount if unsigned == text else -amount


class YesNo(forms.ChoiceField):
    """Ya or Tidak, and Belum tahu where that is an answer; gives True, False or None."""

    widget = forms.RadioSelect

    def __init__(self, *, label: Any, may_be_unknown: bool = False, required: bool = True) -> None:
        choices = [(YES, _("Ya")), (NO, _("Tidak"))]
        if may_be_unknown:
            choices.append((UNKNOWN, _("Belum tahu")))
        super().__init__(label=label, choices=choices, required=required, initial=UNKNOWN if may_be_unknown else None)
        self.error_messages["required"] = _("Pilih ya atau tidak.")

    def clean(self, value: Any) -> Any:
        return {YES: True, NO: False}.get(super().clean(value))


class PhotoField(forms.FileField):
    """A photo of a thing. It is read by the action; here only its size is looked at. Gives base64 or None."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        widget = forms.FileInput(attrs={"accept": PHOTOS})
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)
        self.error_messages["empty"] = _("Berkas ini kosong. Foto atau pilih sekali lagi.")

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = super().clean(data, initial)
        if sent is None:
            return None
        if sent.size > MOST_BYTES:
            raise ValidationError(_("Foto ini lebih dari %s MB. Foto dengan kamera HP.") % (MOST_BYTES >> 20))
        return base64.b64encode(sent.read()).decode()

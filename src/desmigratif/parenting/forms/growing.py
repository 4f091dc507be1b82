"""The form of one quarter of a child."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import RecordForm
from desmigratif.documents.rules.copies import MOST_BYTES
from desmigratif.parenting.forms.children import choice
from desmigratif.parenting.models import Quarter
from desmigratif.parenting.rules.growing import listed, questions_for

NUMBERS = ("school_days", "attended", "mark", "height_cm")
CHOICES = ("progress", "reading", "immunisation")
ASKED = "tanya_"


class Kilograms(forms.DecimalField):
    """28,4 or 28.4; gives tenths of a kilogram."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".") if value not in self.empty_values else value)

    def clean(self, value: Any) -> Any:
        kilograms = super().clean(value)
        return None if kilograms is None else int(kilograms * 10)


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    field = forms.IntegerField(label=label, required=False, help_text=help_text)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-day"})
    return field


def _words(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=600, widget=area, help_text=help_text)


class QuarterForm(RecordForm):
    """School, reading, body and heart; whatever is not known stays empty."""

    picture_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id", "picture_id")

    def __init__(
        self, *args: Any, today: date, band: str, before: Quarter | None, said: Mapping[str, Any], **kwargs: Any
    ) -> None:
        known = {name: getattr(before, name) for name in (*NUMBERS, *CHOICES)} if before else {}
        if before and before.weight_tenths:
            known["weight_tenths"] = f"{before.weight_tenths / 10:g}".replace(".", ",")
        answers = {f"{ASKED}{code}": value for code, value in said.get("answers", {}).items()}
        known |= {"seen": before.version if before else 0, "words": said.get("words", ""), **answers}
        super().__init__(*args, initial={**known, "tutor_words": said.get("tutor_words", "")}, **kwargs)
        self.fields |= self._school(today) | self._body(today)
        for one in questions_for(band, today):
            answers_to = [(str(score), text) for score, text in enumerate(one["answers"])]
            self.fields[f"{ASKED}{one['code']}"] = choice(one["text"], answers_to)
        self.fields["words"] = _words(
            _("Kata anak untuk orang tuanya"), _("Ditulis di surat, persis seperti dikatakan.")
        )
        self.fields["tutor_words"] = _words(
            _("Kata pengasuh rumah belajar"), _("Satu dua kalimat yang baik untuk surat.")
        )
        self.fields["picture"] = forms.FileField(
            label=_("Foto gambar atau karya anak"), required=False,
            help_text=_("Untuk suratnya. Keterangan tempat di dalam foto dibuang."),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            error_messages={"empty": _("Berkas ini kosong. Foto atau pilih sekali lagi.")},
        )  # fmt: skip

    def _school(self, today: date) -> dict[str, forms.Field]:
        return {
            "school_days": _number(_("Hari sekolah selama tiga bulan")),
            "attended": _number(_("Hari masuk sekolah")),
            "mark": _number(_("Nilai rata-rata rapor"), _("0 sampai 100.")),
            "progress": choice(_("Pelajarannya"), listed("progress", today).items()),
            "reading": choice(_("Membacanya"), listed("reading", today).items()),
        }

    def _body(self, today: date) -> dict[str, forms.Field]:
        kilograms = Kilograms(label=_("Berat badan (kg)"), required=False, min_value=0, max_value=999)
        kilograms.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-day"})
        return {
            "height_cm": _number(_("Tinggi badan (cm)")), "weight_tenths": kilograms,
            "immunisation": choice(_("Imunisasinya, menurut keluarga"), listed("immunisation", today).items()),
        }  # fmt: skip

    def clean_picture(self) -> Any:
        sent = self.cleaned_data["picture"]
        if sent is not None and sent.size > MOST_BYTES:
            most = MOST_BYTES >> 20
            raise forms.ValidationError(
                _("Foto ini lebih dari %(most)s MB. Foto lagi dengan kamera HP.") % {"most": most}
            )
        return sent

    def field_of(self, path: str) -> str:
        return "picture" if path == "copy" else super().field_of(path)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {
            name.removeprefix(ASKED): int(value) for name, value in data.items() if name.startswith(ASKED) and value
        }
        sent = data["picture"]
        return {
            "quarter_id": data["record_id"], "seen": data["seen"], "answers": answers,
            "weight_tenths": data["weight_tenths"], **{name: data[name] for name in NUMBERS},
            **{name: data[name] or None for name in (*CHOICES, "words", "tutor_words")},
            "picture_id": data["picture_id"] if sent else None,
            "picture": base64.b64encode(sent.read()).decode() if sent else None,
        }  # fmt: skip

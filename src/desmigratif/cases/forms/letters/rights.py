"""Forms of the right to an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick, told
from desmigratif.cases.models import ObjectionAnswer
from desmigratif.cases.rules.letters.rights import Ground
from desmigratif.documents.acting import ActForm, Day, RecordForm


class AskForm(RecordForm):
    """The day on which the candidate asked."""

    on = Day(label=_("Diminta tanggal"))


class RefuseForm(ActForm):
    """Only the lawful grounds that hold today."""

    on = Day(label=_("Dijawab tanggal"))

    def __init__(self, *args: Any, grounds: tuple[Ground, ...], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["reason"] = Pick(
            label=_("Mengapa suratnya belum bisa?"), missing=_("Pilih alasannya."),
            choices=[(ground.code, f"{ground.label} ({ground.citation})") for ground in grounds],
        )  # fmt: skip
        self.order_fields(["reason", "on"])


class ObjectForm(RecordForm):
    """What the candidate says."""

    on = Day(label=_("Diajukan tanggal"))
    story = forms.CharField(
        label=_("Apa yang disampaikan calon?"),
        required=False,
        max_length=2000,
        widget=told(4),
        help_text=_("Dengan kata-katanya sendiri. Disimpan terkunci; dibaca petugas dan kabupaten."),
    )


class AnswerForm(ActForm):
    """The regency's answer."""

    answer = Pick(label=_("Jawaban kabupaten"), choices=ObjectionAnswer.choices, missing=_("Pilih jawabannya."))
    explanation = forms.CharField(
        label=_("Penjelasan untuk calon"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sebut pasalnya, dan apa yang bisa dilakukan calon sekarang."),
    )
    on = Day(label=_("Dijawab tanggal"))

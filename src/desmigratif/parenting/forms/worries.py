"""Forms about worries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.parenting.forms.children import several, taps
from desmigratif.parenting.queries.worries import Reader
from desmigratif.parenting.rules.children import labels


class WorryForm(RecordForm):
    """What was noticed, and who may read it."""

    def __init__(self, *args: Any, today: date, readers: Sequence[Reader], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Apa yang Anda lihat atau dengar?"), min_length=5, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("Tulis yang dilihat dan didengar, bukan dugaan. Terkunci; hanya yang Anda pilih bisa membaca."),
        )  # fmt: skip
        self.fields["readers"] = several(
            _("Siapa yang perlu membaca?"), [(str(one.user_id), f"{one.name}, {one.role}") for one in readers],
            _("Pilih paling sedikit satu orang yang akan membaca."),
        )  # fmt: skip
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"worry_id": data["record_id"], **{name: data[name] for name in ("text", "readers", "on")}}


class CloseWorryForm(ActForm):
    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["because"] = taps(
            _("Bagaimana akhirnya?"), labels("worry_ends", today).items(), _("Pilih bagaimana akhirnya.")
        )
        self.fields["text"] = forms.CharField(
            label=_("Catatan penutup"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Ikut terkunci."),
        )  # fmt: skip
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"because": data["because"], "text": data["text"] or None, "on": data["on"]}

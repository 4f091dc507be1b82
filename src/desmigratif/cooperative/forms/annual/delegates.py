"""Forms about groups of members and whom they send to a members' meeting."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.models import DelegateGroup
from desmigratif.documents.acting import ActForm, Day, RecordForm

EXAMPLE = _("Nomor di buku daftar anggota, misalnya 1-20, 25.")


class GroupForm(RecordForm):
    """Which members choose together."""

    name = forms.CharField(
        label=_("Nama kelompok"), min_length=2, max_length=60, help_text=_("Misalnya nama dusunnya.")
    )
    numbers = forms.CharField(label=_("Nomor anggotanya"), max_length=2000, help_text=EXAMPLE)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"group_id": data["record_id"], "name": data["name"], "numbers": data["numbers"]}


class ChosenForm(ActForm):
    """What a group's own meeting said."""

    place = forms.CharField(label=_("Tempat"), min_length=3, max_length=120)
    present = forms.IntegerField(label=_("Berapa anggota kelompok yang hadir?"), min_value=1, max_value=100_000)
    delegates = forms.CharField(label=_("Nomor anggota yang menjadi delegasi"), max_length=1500)
    led_by = forms.CharField(label=_("Pimpinan rapat kelompok"), min_length=3, max_length=100)
    written_by = forms.CharField(label=_("Notulis"), min_length=3, max_length=100)
    notes = forms.CharField(
        label=_("Pesan untuk delegasi"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang harus disampaikan atau diputuskan delegasi, menurut berita acara kelompok."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: DelegateGroup, seats: int, delegates: list[int], today: date, **kwargs: Any):
        start = {name: getattr(group, name) for name in ("place", "present", "led_by", "written_by", "notes")}
        start |= {"met_on": group.met_on or today, "delegates": ", ".join(str(one) for one in delegates)}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["met_on"] = Day(label=_("Hari rapat kelompok"))
        self.fields["present"].widget = forms.TextInput(
            attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"}
        )
        self.fields["delegates"].help_text = _("Paling banyak %s orang. Pisahkan dengan koma.") % seats
        self.order_fields(["met_on", "place", "present", "delegates", "led_by", "written_by", "notes"])

    def clean_delegates(self) -> tuple[int, ...]:
        parts = re.split(r"[,;\s]+", self.cleaned_data["delegates"].strip())
        if not all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts):
            raise forms.ValidationError(_("Tulis nomor anggota, dipisah koma, misalnya 3, 17."))
        return tuple(dict.fromkeys(int(part) for part in parts))

    def payload(self) -> dict[str, Any]:
        names = ("met_on", "place", "present", "delegates", "led_by", "written_by", "notes")
        return {name: self.cleaned_data[name] for name in names}

"""Narrowing the list of plans; everything may stay open, and nonsense narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import country_choices
from desmigratif.cases.queries.before.listing import Wanted

FIELDS = {
    "pemegang": "holder",
    "negara": "country",
    "dusun": "hamlet",
    "nama": "name",
    "terlambat": "late",
    "tanya": "ask_again",
}


class FilterForm(forms.Form):
    """Sent by GET, so that an address can be kept and handed on."""

    nama = forms.CharField(label=_("Nama calon"), required=False, max_length=60)
    terlambat = forms.BooleanField(label=_("Hanya yang ada langkah terlambat"), required=False)
    tanya = forms.BooleanField(label=_("Hanya yang harus ditanya lagi sesudah tawarannya berhenti"), required=False)

    def __init__(
        self, data: Mapping[str, Any], *, holders: Mapping[str, str], hamlets: Sequence[str], today: date
    ) -> None:
        super().__init__(data)
        everything: tuple[Any, Any] = ("", _("Semua"))
        named = [(code, name[:1].upper() + name[1:]) for code, name in holders.items()]
        self.fields["pemegang"] = forms.ChoiceField(
            label=_("Berkas di tangan siapa?"), choices=[everything, *named], required=False
        )
        countries = [everything, *country_choices(today)[1:3]]
        self.fields["negara"] = forms.ChoiceField(label=_("Negara tujuan"), choices=countries, required=False)
        if hamlets:
            choices = [everything, *((name, name) for name in hamlets)]
            self.fields["dusun"] = forms.ChoiceField(label=_("Dusun"), choices=choices, required=False)
        self.order_fields(["nama", "pemegang", "negara", "dusun", "terlambat", "tanya"])

    def wanted(self, *, state: str, village: str) -> Wanted:
        self.is_valid()  # a field that makes no sense narrows nothing
        said = {FIELDS[name]: value for name, value in self.cleaned_data.items() if value}
        return Wanted(state=state, village=village, **said)

"""Forms about targets and published months."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, RecordForm
from desmigratif.indicators.rules.definitions import indicators


def _codes() -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.name}") for one in indicators()]


class TargetForm(RecordForm):
    """What a region aims at."""

    code = forms.ChoiceField(label=_("Ukuran"), choices=_codes)
    year = forms.IntegerField(label=_("Tahun"), min_value=2016, max_value=2100)
    value = forms.DecimalField(
        label=_("Target"), min_value=0, max_digits=18, decimal_places=2, localize=True,
        help_text=_("Dalam satuan ukurannya: persen, hari, rupiah, atau jumlah."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Dasar"), min_length=3, max_length=200, help_text=_("Contoh: RKPD 2027, atau nomor surat keputusan.")
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": year}, **kwargs)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"target_id": data["record_id"], **{key: data[key] for key in ("code", "year", "value", "source")}}


class PublishForm(ActForm):
    """Which month; the button says it."""

    month = forms.CharField(widget=forms.HiddenInput)

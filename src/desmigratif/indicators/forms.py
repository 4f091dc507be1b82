"""Forms about targets and published months."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, RecordForm
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.indicators.rules.maps.boundaries import MOST_BYTES_OF_A_PAGE


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


class BoundaryForm(forms.Form):
    """A file of shapes and where it comes from."""

    source = forms.CharField(
        label=_("Dari mana batas ini?"), min_length=3, max_length=200,
        help_text=_("Contoh: Badan Informasi Geospasial 2026, atau Bappeda dengan nomor suratnya."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Berkas batas wilayah"), widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        help_text=_("GeoJSON; tiap bentuk dengan kode Kemendagri di kolom kode. Satu tingkat tiap berkas."),
        error_messages={"required": _("Pilih dulu berkasnya."), "empty": _("Berkas ini kosong. Pilih berkas lain.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES_OF_A_PAGE:
            text = _("Berkas ini lebih dari %(most)s MB. Sederhanakan dulu, lalu muat lagi.")
            raise forms.ValidationError(text, params={"most": MOST_BYTES_OF_A_PAGE // 10**6})
        return file


class ShapesForm(ActForm):
    """A button about shapes: keep those that were tried, or put those of a level back."""

    level = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2, required=False)

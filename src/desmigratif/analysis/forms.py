"""Forms of pivots: the one that makes the address, and those about what is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.analysis.queries import LEVELS
from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.state import Pivot
from desmigratif.documents.acting import ActForm, RecordForm
from desmigratif.indicators.rules.definitions import PILLARS, indicators
from desmigratif.shared.reasons import Reason

PILLAR_NAMES = {
    "A": _("Layanan migrasi"), "B": _("Kepulangan dan pelindungan"), "C": _("Usaha produktif"),
    "D": _("Pengasuhan anak"), "E": _("Koperasi"), "F": _("Jalannya program"),
}  # fmt: skip
MONTH = {"pattern": r"\d{4}-\d{2}", "placeholder": "2026-10"}


class PivotForm(forms.Form):
    """What the address says, as fields; it is sent by GET and writes nothing. Reasons come from `rules.state`."""

    ukuran = forms.MultipleChoiceField(label=_("Ukuran"), widget=forms.SelectMultiple(attrs={"size": 6}))
    wilayah = forms.CharField(
        label=_("Kode wilayah"), max_length=13, help_text=_("Contoh: 33.07. Tulis ID untuk seluruh Indonesia.")
    )
    baris = forms.ChoiceField(label=_("Baris"), choices=list(state.DIMENSIONS.items()))
    kolom = forms.ChoiceField(label=_("Kolom"), choices=[("", _("satu kolom saja")), *state.DIMENSIONS.items()])
    jenjang = forms.ChoiceField(
        label=_("Jenjang wilayah"),
        choices=[("", _("satu tingkat di bawahnya")), *((str(key), word) for key, word in LEVELS.items())],
    )
    dari = forms.CharField(label=_("Dari bulan"), widget=forms.TextInput(attrs=MONTH))
    sampai = forms.CharField(label=_("Sampai bulan"), widget=forms.TextInput(attrs=MONTH))
    tiap = forms.ChoiceField(label=_("Hitung"), choices=list(state.EVERY_LABELS.items()))
    nilai = forms.ChoiceField(label=_("Isi tabel"), choices=list(state.VALUES.items()))
    program = forms.ChoiceField(label=_("Hanya desa program"))
    gambar = forms.ChoiceField(label=_("Tampilan"), choices=list(state.PICTURES.items()))

    def __init__(self, said: dict[str, Any], *, programmes: dict[str, str], reasons: list[Reason]) -> None:
        super().__init__(initial=said, auto_id="id_%s")
        self.fields["ukuran"].choices = _codes()  # type: ignore[attr-defined]
        self.fields["program"].choices = [("", _("semua desa")), *programmes.items()]  # type: ignore[attr-defined]
        self.refusal = reasons


def _codes() -> list[tuple[str, Any]]:
    return [
        (
            str(PILLAR_NAMES[pillar]),
            [
                (pillar, _("Semua ukuran %s") % pillar),
                *((one.code, f"{one.code} {one.name}") for one in indicators() if one.pillar == pillar),
            ],
        )
        for pillar in PILLARS
    ]


def said_of(pivot: Pivot, typed: dict[str, str]) -> dict[str, Any]:
    """What the fields show: the pivot, and over it what was typed and could not be read."""
    known = {
        state.INDICATOR: list(pivot.codes), state.REGION: pivot.region, "baris": pivot.rows, "kolom": pivot.columns,
        "jenjang": str(pivot.level or ""), "dari": str(pivot.first), "sampai": str(pivot.last), "tiap": pivot.every,
        "nilai": pivot.value, state.PROGRAMME: pivot.programme, "gambar": pivot.picture,
    }  # fmt: skip
    return {**known, **typed}


class SaveForm(RecordForm):
    """A name; which pivot it is stands in the address."""

    title = forms.CharField(label=_("Nama tabel"), max_length=80, help_text=_("Jangan tulis nama orang."))


class KeptForm(ActForm):
    """What is done with a pivot that is kept: a name for renaming, one button for the rest."""

    step = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Nama tabel"), max_length=80, required=False)

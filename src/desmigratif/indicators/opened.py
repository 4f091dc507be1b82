"""What stands behind a number, in words: of what, how much is missing, as of when, by which definition."""

from __future__ import annotations

from django.utils.translation import gettext as _

from desmigratif.indicators.cockpit import Figure
from desmigratif.shared.dates import format_date


def opened(figure: Figure) -> list[tuple[str, str]]:
    """What stands behind a number, in words."""
    reading = figure.reading
    rows = []
    if reading.hidden:
        rows.append((_("Disembunyikan"), _("Jumlahnya terlalu kecil untuk diperlihatkan di luar wilayahnya.")))
    else:
        rows.append((figure.above or _("Pembilang"), _count(reading.numerator)))
        if figure.below:
            rows.append((figure.below, _count(reading.denominator)))
    if figure.target:
        rows.append((_("Target %s") % reading.period.last.year, figure.target))
    rows.append((_("Desa tanpa data"), _count(reading.missing)))
    as_of = format_date(reading.as_of) if reading.as_of else "–"
    rows.append((_("Data sampai"), as_of))
    version = _("%(code)s, versi %(version)s") % {"code": reading.code, "version": reading.version}
    rows.append((_("Definisi"), version))
    if reading.definition.note:
        rows.append((_("Cara menghitung"), reading.definition.note))
    if reading.restated:
        rows.append((_("Berubah sesudah terbit"), _("Data yang datang terlambat sudah dihitung.")))
    return rows


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", ".")

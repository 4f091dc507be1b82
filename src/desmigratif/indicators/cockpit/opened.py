"""What stands behind a number, in words: of what, how much is missing, as of when, by which definition."""

from __future__ import annotations

from django.utils.translation import gettext as _

from desmigratif.indicators.cockpit.board import Figure
from desmigratif.shared.dates import format_date


def opened(figure: Figure) -> list[tuple[str, str]]:
    """What stands behind a number, in words."""
    reading = figure.reading
    rows = []
    if reading.hidden:
        text = _("Orangnya terlalu sedikit, sehingga bisa dikenali, atau masanya baru mulai.")
        rows.append((_("Ditutup"), text))
    else:
        rows.append((figure.above or _("Pembilang"), _count(reading.numerator)))
        if figure.below:
            uncounted = reading.numerator and not reading.denominator  # a night comes between the one and the other
            rows.append((figure.below, _("belum dihitung") if uncounted else _count(reading.denominator)))
    if figure.target:
        rows.append((_("Target %s") % reading.period.last.year, figure.target))
    rows.append((_("Desa tanpa data"), _count(reading.missing)))
    as_of = format_date(reading.as_of) if reading.as_of else "–"
    rows.append((_("Data sampai"), as_of))
    version = _("%(code)s, versi %(version)s") % {"code": reading.code, "version": reading.version}
    rows.append((_("Definisi"), version))
    if reading.definition.note:
        rows.append((_("Cara menghitung"), reading.definition.note))
    if reading.published is not None and reading.published != (reading.numerator, reading.denominator):
        words = {"before": _pair(*reading.published), "now": _pair(reading.numerator, reading.denominator)}
        rows.append((_("Berubah sesudah terbit"), _("Waktu terbit %(before)s; sekarang %(now)s.") % words))
    return rows


def _pair(above: int | None, below: int | None) -> str:
    words = {"above": _count(above), "below": _count(below)}
    return words["above"] if below is None else _("%(above)s dari %(below)s") % words


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", ".")

"""What cannot wait today, as rows of the first page: each with its why and one place to go."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.cases.queries.day import Day


def rows_of(day: Day) -> list[dict[str, Any]]:
    """Only what there is, the law's own clock first."""
    late = f"{reverse('cases:cases')}?terlambat=on"
    bundles = reverse("cases:bundles")
    waits = [
        (day.letters_due, "certificate", _("surat harus dijawab"), _("Batasnya hari ini atau sudah lewat."),
         reverse("cases:objections")),
        (day.returned, "arrow-back-up", _("berkas dikembalikan kantor"), _("Lengkapi, lalu kirim lagi."), bundles),
        (day.late_at_offices, "file-text", _("berkas terlambat dijawab kantor"), _("Tanyakan kepada kantornya."),
         bundles),
        (day.late_steps, "hourglass", _("langkah lewat batas"), _("Lihat siapa yang memegangnya."), late),
        (day.due_today, "calendar", _("langkah berakhir hari ini"), _("Batas waktunya hari ini."),
         reverse("cases:cases")),
    ]  # fmt: skip
    return [
        {"icon": icon, "urgent": True, "title": f"{count} {words}", "detail": why, "url": url}
        for count, icon, words, why, url in waits
        if count
    ]

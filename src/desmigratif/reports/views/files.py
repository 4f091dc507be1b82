"""A report as a file: which forms there are, and the answer that carries one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from desmigratif.reports.press import region_pdf
from desmigratif.reports.rules.files import as_csv, as_xlsx
from desmigratif.reports.rules.machines import as_dhis2, as_sdmx_csv
from desmigratif.reports.rules.table import RegionTable
from desmigratif.shared.content_types import XLSX

# what the address says -> (label, ending, content type, maker)
FORMS: dict[str, tuple[object, str, str, Callable[[RegionTable], bytes]]] = {
    "pdf": (_("PDF"), ".pdf", "application/pdf", region_pdf),
    "xlsx": (_("Excel"), ".xlsx", XLSX, as_xlsx),
    "csv": (_("CSV"), ".csv", "text/csv; charset=utf-8", as_csv),
    "sdmx": (_("SDMX-CSV"), ".sdmx.csv", "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", as_sdmx_csv),
    "dhis2": (_("DHIS2"), ".dhis2.json", "application/json", as_dhis2),
}


def as_answer(table: RegionTable, form: str, *, public: bool = False) -> HttpResponse:
    """The file of a form in `FORMS`."""
    _label, ending, content_type, make = FORMS[form]
    headers = {
        "Content-Disposition": f'attachment; filename="{table.file_name}{ending}"',
        "Cache-Control": "public, max-age=3600" if public else "no-store, private",
    }
    return HttpResponse(make(table), content_type=content_type, headers=headers)

"""Any paper of the desk set by Typst: a template of its app, filled with what it is given."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from typing import Any


def typeset(package: str, *path: str, archived_on: date | None = None, **given: Any) -> bytes:
    """One PDF from the template at `path` within `package`; `given` is one value under the name that it reads.

    Fonts come with the library: every machine sets the same page. With `archived_on` it is PDF/A-2b of noon that day.
    """
    import typst  # seven megabytes that only who prints carries

    kept: dict[str, Any] = {}
    if archived_on is not None:
        noon = datetime(archived_on.year, archived_on.month, archived_on.day, 12, tzinfo=UTC)
        kept = {"pdf_standards": ["a-2b"], "timestamp": int(noon.timestamp())}
    said = {name: json.dumps(value, ensure_ascii=False) for name, value in given.items()}
    with as_file(files(package).joinpath(*path)) as template:
        pdf = typst.compile(str(template), format="pdf", ignore_system_fonts=True, sys_inputs=said, **kept)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf

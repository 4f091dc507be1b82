"""The press of productive enterprise: each `.typ` beside this file is one paper, set by Typst."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any

from django.http import HttpResponse


def pressed(paper: str, said: Any) -> bytes:
    """One PDF. Fonts come with the library: every machine sets the same page."""
    import typst  # only who prints carries it

    with as_file(files(__name__).joinpath(f"{paper}.typ")) as template:
        pdf = typst.compile(
            str(template),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf


def as_answer(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)

"""The press of productive enterprise: each `.typ` beside this file is one paper, set by Typst."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from desmigratif.documents.typesetting import typeset


def pressed(paper: str, said: Any) -> bytes:
    """One PDF. Fonts come with the library: every machine sets the same page."""
    return typeset(__name__, f"{paper}.typ", said=said)


def as_answer(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)

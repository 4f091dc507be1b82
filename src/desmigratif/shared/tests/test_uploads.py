"""What people send is never laid down readable."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from desmigratif.people.rules.register_sheet.guard import WEB


def sent(*sizes: int) -> Any:
    files = {f"sheet{n}": SimpleUploadedFile("warga.xlsx", b"x" * size) for n, size in enumerate(sizes)}
    return RequestFactory().post("/warga/impor/", files).FILES


def test_a_large_sheet_touches_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_temporary_file(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_temporary_file)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", no_temporary_file)

    files = sent(3_000_000)

    assert files["sheet0"].size == 3_000_000
    assert files["sheet0"].read() == b"x" * 3_000_000


def test_what_is_too_large_is_cut_where_a_form_can_see_it(settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000

    files = sent(600, 5_000)

    assert (files["sheet0"].size, files["sheet1"].size) == (600, 401)
    assert sent(5_000)["sheet0"].size == 1_001


def test_a_sheet_as_large_as_a_page_may_take_fits() -> None:
    assert WEB.file_bytes == settings.FILE_UPLOAD_MAX_MEMORY_SIZE

"""Files that people send stay in memory: a village's register must never lie readable on a disk, not for a second.

Django would put anything over a few megabytes into the system's folder for temporary files, where it stays when the
process is killed. What is too large is cut one byte past the limit, so that the form can say so.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemoryOnly(FileUploadHandler):
    """Keeps the files of one request, together at most `FILE_UPLOAD_MAX_MEMORY_SIZE` bytes and one."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left: int = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
        self._kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._left -= self._kept.write(raw_data[: self._left])

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

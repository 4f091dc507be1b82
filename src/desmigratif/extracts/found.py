"""What a found file says of itself: the text in it, however it was packed. Nothing of it is kept."""

from __future__ import annotations

import io

MOST_TEXT = 64 * 2**20
_READ = (".xml", ".csv", ".txt")


class UnreadableFile(ValueError):
    """Not a text and not a file that holds texts."""


def text_of(content: bytes) -> str:
    """The text of a CSV, of a workbook or of a ZIP with either, up to a limit. Raises `UnreadableFile`."""
    if not content.startswith(b"PK"):
        return _decoded(content)
    import zipfile  # only who checks a file carries it

    texts, left = [], MOST_TEXT
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for member in book.infolist():
                if left > 0 and member.filename.lower().endswith(_READ):
                    with book.open(member) as stream:
                        read = stream.read(left)
                    left -= len(read)
                    texts.append(_decoded(read))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise UnreadableFile from None
    return "\n".join(texts)


def _decoded(content: bytes) -> str:
    if b"\x00" in content[:1024]:
        raise UnreadableFile
    return content.decode("utf-8", errors="replace")

"""Copies of papers: put away sealed, opened, taken away.

No actions of their own: a pillar calls these from an action that knows whose paper it is. The content lies in the
database, so that a copy and what is said of it are written, backed up and mirrored together (docs/adr/0025).
"""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db import connection

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.audit import unit
from desmigratif.documents.models import Attachment, AttachmentContent
from desmigratif.documents.rules.copies import read_copy
from desmigratif.shared import crypto


def _place(attachment_id: UUID) -> str:
    return f"documents.attachment:{attachment_id}"


def put_away(
    attachment_id: UUID, sent: bytes, *, village_code: str, resident_id: UUID, paper: str, on: date
) -> Attachment:
    """Keep a copy that was sent for somebody's paper. Raises `UnusableCopy` and `KeyErased`."""
    copy = read_copy(sent)
    key = key_of(resident_id, make=True) or b""
    sealed = crypto.seal(key, copy.content, place=_place(attachment_id))
    kept = Attachment(
        id=attachment_id,
        village_code=village_code,
        resident_id=resident_id,
        paper=paper,
        media=copy.media,
        size_bytes=len(copy.content),
        pages=copy.pages,
        added_on=on,
    )
    kept.save(force_insert=True)
    AttachmentContent.objects.create(
        village_code=village_code, attachment=kept, sealed=sealed, sealed_sha256=hashlib.sha256(sealed).hexdigest()
    )
    unit.changed("documents.attachment", village_code, kept.id)
    return kept


def content_of(kept: Attachment) -> bytes | None:
    """The copy in clear, for a look that was recorded; None when it was taken away or its person's key erased.

    Raises `CannotOpen` for what was tampered with.
    """
    content, key = AttachmentContent.objects.filter(attachment=kept).first(), key_of(kept.resident_id)
    if content is None or key is None:
        return None
    return crypto.unseal(key, content.sealed, place=_place(kept.id))


def take_away(kept: Attachment, *, because: str, on: date) -> None:
    """Destroy a copy. That there was one, and why it is gone, stays."""
    if connection.vendor == "sqlite":  # or its pages would keep the bytes until they are needed again
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    AttachmentContent.objects.filter(attachment=kept).delete()
    kept.removed_on, kept.removed_because = on, because
    kept.save(update_fields=["removed_on", "removed_because"])
    unit.changed("documents.attachment", kept.village_code, kept.id)

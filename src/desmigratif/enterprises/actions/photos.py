"""Keeping a photo, inside the action that knows what it shows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.audit import unit
from desmigratif.documents.rules.copies import JPEG, UnusableCopy, read_copy
from desmigratif.enterprises.models import Group, Photo
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.reasons import Reason, Refusal

SIDE = 1000  # pixels of the longer side: enough for a catalogue and for a machine's number plate


class CannotKeepPhoto(Refusal):
    code = "cannot_keep_photo"


def keep_photo(group: Group, sent: bytes, *, photo_id: UUID, on: date, field: str = "picture") -> Photo:
    """A sent photo, written anew: nothing of where and when it was taken stays. Raises `CannotKeepPhoto`."""
    refuse_taken_ids(Photo, [photo_id])
    try:
        copy = read_copy(sent, side=SIDE)
    except UnusableCopy as trouble:
        raise CannotKeepPhoto(
            [Reason(one.code, one.text, field=field, way_out=one.way_out) for one in trouble.reasons]
        ) from None
    if copy.media != JPEG:
        raise CannotKeepPhoto(Reason("not_a_photo", "Ini bukan foto.", field=field, way_out="Pilih JPEG atau PNG."))
    photo = Photo.objects.create(
        id=photo_id, village_code=group.village_code, group=group, content=copy.content, size_bytes=len(copy.content),
        added_on=on,
    )  # fmt: skip
    unit.changed("enterprises.photo", group.village_code, photo.id)
    return photo

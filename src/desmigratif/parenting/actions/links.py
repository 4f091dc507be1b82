"""A caregiver's address: made by the centre, and what it opens."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import CAREGIVER
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions.common import enrolled_child, remember
from desmigratif.parenting.actions.refusals import CannotChangeChild
from desmigratif.parenting.caregiver_links import digest_of, token_of
from desmigratif.parenting.inputs.links import MakeCaregiverLink
from desmigratif.parenting.models import CaregiverLink, Child
from desmigratif.parenting.rules import caregiver_link
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


@action("parenting.make_caregiver_link", Permission.CHILD_RECORD)
def make_caregiver_link(*, by: Actor, given: MakeCaregiverLink, now: datetime) -> CaregiverLink:
    """Make the address of a child's caregiver; an older one opens nothing any more."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(CaregiverLink, [given.link_id])
    child = enrolled_child(given.village_code, given.child_id)
    if child.caregiver_id is None:
        way_out = "Pilih nama pengasuhnya di Perbarui catatan, lalu kembali ke sini."
        raise CannotChangeChild(Reason("caregiver_missing", "Belum tercatat siapa pengasuh anak ini.", way_out=way_out))
    older = CaregiverLink.objects.in_village(given.village_code).filter(caregiver=child.caregiver_id, ended_on=None)
    older.update(ended_on=given.on)
    link = CaregiverLink.objects.create(
        id=given.link_id, village_code=given.village_code, caregiver_id=child.caregiver_id, made_on=given.on,
        until=caregiver_link.lasts_until(given.on), token_digest=digest_of(token_of(given.link_id)),
    )  # fmt: skip
    remember(child, "child.caregiver_link_made", given.on, subjects=[Subject("caregiver_link", link.id)])
    return link


def only_own_child(by: Actor, child: Child, today: date) -> None:
    """A caregiver's link opens the children in that care, as long as it holds. Raises `NotFoundOrNotYours`."""
    if by.role_code != CAREGIVER.code:
        return
    rows = CaregiverLink.objects.in_village(child.village_code).filter(id=by.id, caregiver=child.caregiver_id)
    link = rows.first() if child.left_on is None else None
    if link is None or not caregiver_link.holds(ended_on=link.ended_on, until=link.until, today=today):
        raise NotFoundOrNotYours("child_id")

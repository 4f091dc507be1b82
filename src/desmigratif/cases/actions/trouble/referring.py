"""Keeping referrals: what every action that touches one does. Called inside an action's own unit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.models import Share
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.trouble import complaint_states
from desmigratif.cases.answer_links import digest_of, token_of
from desmigratif.cases.models import (
    Complaint,
    ComplaintState,
    MatterKind,
    Referral,
    ReferralLink,
    ReferralStep,
    StepSide,
)
from desmigratif.cases.models.referrals import ReferralQuerySet
from desmigratif.cases.queries.trouble.referrals import SHARED
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.rules.trouble.complaints import next_states
from desmigratif.cases.sealing import referral_note_place, sealed_text
from desmigratif.regions.queries import today_in
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass


def note_step(
    referral: Referral, what: str, side: StepSide, on: date, *, word: str = "", note: str | None = None
) -> ReferralStep:
    """Write down that something happened; the note is sealed with the key of whom it is about."""
    step = ReferralStep(
        id=new_id(), village_code=referral.village_code, referral=referral, what=what, side=side, on=on,
        at=unit.current().at, word=word,
    )  # fmt: skip
    step.note_sealed = sealed_text(referral.subject_id, note, place=referral_note_place(step.id))
    step.save(force_insert=True)
    return step


def make_link(referral: Referral, link_id: UUID, on: date) -> ReferralLink:
    """A fresh one-time link; those before it hold no more."""
    end_links(referral, on)
    return ReferralLink.objects.create(
        id=link_id, village_code=referral.village_code, referral=referral, token_digest=digest_of(token_of(link_id)),
        made_on=on, until=rules.link_until(on),
    )  # fmt: skip


def share(referral: Referral, until: date) -> None:
    """The body may see the chosen fields, until a day."""
    Share.objects.create(
        id=new_id(), village_code=referral.village_code, record_type=SHARED, record_id=referral.id,
        region_code=referral.body_region, fields=referral.fields, purpose=referral.about,
        valid_from=referral.sent_on, valid_until=until,
    )  # fmt: skip


def end_links(referral: Referral, on: date) -> None:
    """No address leads to it any more."""
    ReferralLink.objects.filter(referral=referral, used_on=None, ended_on=None).update(ended_on=on)


def close(referral: Referral, on: date) -> None:
    """From this day the body sees nothing any more, and no link leads to it."""
    shares = Share.objects.filter(record_type=SHARED, record_id=referral.id, valid_until__gt=on)
    shares.update(valid_until=max(on, referral.sent_on))
    end_links(referral, on)


def move(referral: Referral, state: str, on: date) -> None:
    referral.state, referral.since = state, on
    keep(referral)


def keep(referral: Referral) -> None:
    referral.version += 1
    referral.save()
    if not referral.is_kept_by_regency:
        unit.changed("cases.referral", referral.village_code, referral.id)


def holder_of_matter(referral: Referral) -> Referral | None:
    """Another body that holds the same matter for the same thing already."""
    return _same(referral).filter(state__in=rules.OWNING).exclude(id=referral.id).first()


def let_next_hold(referral: Referral, on: date) -> None:
    """When the body that held it is out, the one that stood by takes its place."""
    if _same(referral).filter(state__in=rules.OWNING).exists():
        return
    waiting = _same(referral).filter(state=rules.STANDBY).order_by("since", "id").first()
    if waiting is not None:
        note_step(waiting, rules.ACCEPTED, StepSide.VILLAGE, on)
        move(waiting, rules.ACCEPTED, on)
        remember(waiting, "referral.accepted", on)


def tell_of_sharing(referral: Referral) -> None:
    """The person's own list of who saw their data says that it went out, where saying so harms nobody."""
    if referral.resident_id is None or referral.is_kept_by_regency:
        return
    if rules.is_told(referral.basis, referral.sent_on):
        unit.record(
            "share.given", village_code=referral.village_code, subjects=[Subject("resident", referral.resident_id)],
            body=referral.body_kind, fields=referral.fields,
        )  # fmt: skip


def _same(referral: Referral) -> ReferralQuerySet:
    rows = Referral.objects.in_village(referral.village_code).select_for_update()
    return rows.filter(matter_kind=referral.matter_kind, matter_id=referral.matter_id, about=referral.about)


def remember(referral: Referral, event: str, on: date, **words: Any) -> None:
    """An event, and a line in the household's history; of what the village must not see the regency's event alone."""
    if referral.is_kept_by_regency:
        about = crypto.blind_index("referral", str(referral.id))
        unit.record(event, village_code=referral.village_code, about=about, body=referral.body_kind)
        return
    subjects = [Subject("referral", referral.id)]
    if referral.resident_id:
        subjects.append(Subject("resident", referral.resident_id))
    if referral.household_id:
        subjects.append(Subject("household", referral.household_id))
    unit.record(event, village_code=referral.village_code, subjects=subjects, body=referral.body_kind, **words)
    if referral.household_id:
        memory.add_timeline(
            village_code=referral.village_code,
            household_id=referral.household_id,
            resident_id=referral.resident_id,
            kind=event,
            on=on,
            privacy=PrivacyClass(rules.abouts_on(referral.sent_on)[referral.about].privacy),
            link=f"cases:referral:{referral.id}",
            body=referral.body_name,
            about=referral.about,
            **words,
        )


def tell_complaint(referral: Referral, state: ComplaintState, *, act: str) -> None:
    """A complaint goes on with its referral, where it can."""
    if referral.matter_kind != MatterKind.COMPLAINT:
        return
    rows = Complaint.objects.in_village(referral.village_code).select_for_update(of=("self",))
    complaint = rows.select_related("resident").get(id=referral.matter_id)
    if state in next_states(complaint.state, today_in(referral.village_code, unit.current().at)):
        complaint_states.move(complaint, state, act=act)

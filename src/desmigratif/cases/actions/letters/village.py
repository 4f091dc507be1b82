"""The village's own letters: statements and covers whose kinds are data, each numbered, signed and kept."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import memory
from desmigratif.cases.actions.common import reasons_gone, refuse_future, resident_of
from desmigratif.cases.actions.letters.replacing import reasons_not_to_replace, take_back
from desmigratif.cases.actions.refusals import CannotIssueLetter
from desmigratif.cases.inputs import IssueVillageLetter
from desmigratif.cases.queries.letters.village import Holder, holder_of, letter_to_replace, standing_numbers
from desmigratif.cases.rules.letters.village import Wish, reasons_not_to_write
from desmigratif.documents.models import Letter
from desmigratif.documents.register import VillageDraft, write_village_letter
from desmigratif.documents.rules.village_kinds import Kind, kind_on
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.shared.dates import parse_date
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Reason


@action("cases.issue_village_letter", Permission.LETTER_ISSUE)
def issue_village_letter(*, by: Actor, given: IssueVillageLetter, now: datetime) -> Letter:
    """Number, sign and keep one letter; with `replaces`, take back the one whose place it takes."""
    require(by, Permission.LETTER_ISSUE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotIssueLetter)
    refuse_taken_ids(Letter, [given.letter_id])
    resident = resident_of(by, given.village_code, given.resident_id, lock=True)
    kind = kind_on(given.kind, given.on)
    if kind is None:
        raise CannotIssueLetter(Reason("unknown_kind", "Jenis surat ini tidak ada.", field="kind"))
    old = letter_to_replace(by, given.village_code, given.replaces, lock=True) if given.replaces else None
    holder = holder_of(by, resident)
    if reasons := _reasons(given, kind, holder, old):
        raise CannotIssueLetter(reasons)
    if old is not None:
        take_back(old, by=by, on=given.on, reason=given.reason or "replaced", now=now)
    draft = VillageDraft(
        letter_id=given.letter_id,
        village_code=given.village_code,
        kind=kind,
        issued_on=given.on,
        resident_id=resident.id,
        household_id=resident.household_id,
        holder=holder.person,
        known=holder.known,
        asked=_asked(given, kind),
        asked_by=given.asked_by,
        replaces=old,
    )
    letter = write_village_letter(by=by, draft=draft)
    _remember(letter, kind)
    return letter


def _reasons(given: IssueVillageLetter, kind: Kind, holder: Holder, old: Letter | None) -> list[Reason]:
    resident = holder.resident
    wish = Wish(kind, holder.known, resident.birth_date, given.facts, given.asked_by, given.on)
    standing = standing_numbers(given.village_code, [resident.id], given.on).get((resident.id, kind.code), "")
    reasons = reasons_gone(resident)
    if old is not None:
        reasons += reasons_not_to_replace(old, kind=kind.code, resident_id=resident.id, on=given.on)
        standing = "" if standing == old.number else standing
    return reasons + reasons_not_to_write(wish, plan=holder.plan, standing_number=standing)


def _asked(given: IssueVillageLetter, kind: Kind) -> dict[str, str]:
    """What was filled in, in the order of the kind; days as ISO text."""
    filled = {one: given.facts[one.code] for one in kind.asks if given.facts.get(one.code)}
    return {one.code: parse_date(text).isoformat() if one.is_day else text for one, text in filled.items()}


def _remember(letter: Letter, kind: Kind) -> None:
    memory.add_timeline(
        village_code=letter.village_code,
        household_id=letter.household_id,
        resident_id=letter.resident_id,
        kind="village_letter.issued",
        on=letter.issued_on,
        privacy=PrivacyClass(kind.privacy),
        link=f"documents:letter:{letter.id}",
        letter=kind.code,
        number=letter.number,
    )

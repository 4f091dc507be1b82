"""The numbered and signed letter that brings a referral to a body without an account."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotRefer
from desmigratif.cases.actions.trouble import referring
from desmigratif.cases.actions.trouble.referrals import refuse_changed
from desmigratif.cases.answer_links import address_of
from desmigratif.cases.inputs import WriteReferralLetter
from desmigratif.cases.models import Referral, StepSide
from desmigratif.cases.queries.trouble.referrals import facts_of, open_link
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.documents.models import Letter
from desmigratif.documents.register import VillageDraft, write_village_letter
from desmigratif.documents.rules.village_kinds import Block, Kind
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.letters import as_named_in_letter
from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

KIND = "referral"


@action("cases.write_referral_letter", Permission.LETTER_ISSUE)
def write_referral_letter(*, by: Actor, given: WriteReferralLetter, now: datetime) -> Letter:
    """Number, sign and keep it; it prints the chosen fields and the one-time address that holds now."""
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",))
    referral = get_or_refuse(rows.select_related("resident__household"), "referral_id", id=given.referral_id)
    require(by, Permission.LETTER_ISSUE, referral.village_code)
    refuse_future(referral.village_code, given.on, now, CannotRefer)
    refuse_taken_ids(Letter, [given.letter_id])
    refuse_changed(referral, given.seen)
    link = open_link(referral, given.on)
    person = referral.resident
    if person is None:
        text = "Surat hanya dibuat bila rujukannya menyebut warga."
        raise CannotRefer(Reason("nobody_named", text, way_out="Sampaikan alamat jawabannya langsung ke lembaganya."))
    if referral.state not in rules.WITH_BODY or link is None:
        text = "Alamat jawaban untuk surat ini sudah tidak berlaku."
        raise CannotRefer(Reason("no_link", text, way_out="Tekan Ingatkan lembaga; alamat yang baru dibuatkan."))
    holder = as_named_in_letter(person)
    draft = VillageDraft(
        letter_id=given.letter_id,
        village_code=referral.village_code,
        kind=letter_kind(given.on),
        issued_on=given.on,
        resident_id=person.id,
        household_id=person.household_id,
        holder=holder,
        known={**facts_of(referral), **_said(referral, address_of(link.id), given.on)},
        asked={},
        asked_by="",
    )
    letter = write_village_letter(by=by, draft=draft)
    referral.letter_id = letter.id
    referring.note_step(referral, "letter", StepSide.VILLAGE, given.on)
    referring.keep(referral)
    referring.remember(referral, "referral.letter", given.on)
    return letter


def _said(referral: Referral, address: str, on: date) -> dict[str, str]:
    place = f", {referral.body_address}" if referral.body_address else ""
    return {
        "to": f"{referral.body_name}{place}",
        "about": rules.abouts_on(on)[referral.about].label,
        "number": referral.number,
        "due": format_date(referral.due_on),
        "answer_at": address,
    }


def letter_kind(on: date) -> Kind:
    """The letter as the regulations of a day describe it."""
    said = dated_on("referrals.letter", on)
    row = said.value
    return Kind(
        code=KIND, label=row["label"], title=row["title"], use="", classification=row["classification"],
        register=(), asks=(), asked_by={}, minimum_age=0, alone_from=0, needs_plan=False, once=False, together=False,
        valid_months=None, attests="", holder_signs=False, privacy="personal", citation=said.citation,
        status=said.status,
        body=tuple(
            Block(block.get("text", ""), tuple(block.get("rows", ())), block.get("indent", False))
            for block in row["body"]
        ),
        labels={**rules.labels_on("fields", on), **row["labels"]},
    )  # fmt: skip

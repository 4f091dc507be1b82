"""Help given to a group: needed, promised, handed over, looked at again, reported to its giver."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import locked_group, note
from desmigratif.enterprises.actions.photos import keep_photo
from desmigratif.enterprises.inputs.aid import AnswerFault, CheckAsset, HandHelpOver, PromiseHelp, RecordNeeds
from desmigratif.enterprises.models import Asset, AssetCheck, FaultTicket, Member, NeedsSheet
from desmigratif.enterprises.rules import aid as rules
from desmigratif.enterprises.rules.months import most_rupiah_on
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.shared.rupiah import format_rupiah

MENTOR = Permission.ENTERPRISE_MENTOR
LOST, MADE_GOOD, TAKEN_BACK = "lost", "made_good", "taken_back"


class CannotHelp(Refusal):
    code = "cannot_help"


class CannotCheckAsset(Refusal):
    code = "cannot_check_asset"


class CannotAnswerFault(Refusal):
    code = "cannot_answer_fault"


@action("enterprises.record_needs", MENTOR)
def record_needs(*, by: Actor, given: RecordNeeds, now: datetime) -> NeedsSheet:
    """Write down what a group asks for, and whether it could use it, before anything is sent."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(NeedsSheet, [given.needs_id])
    group = locked_group(given.village_code, given.group_id)
    if reasons := rules.reasons_not_to_need(given.answers, given.on):
        raise CannotHelp(reasons)
    sheet = NeedsSheet.objects.create(
        id=given.needs_id, village_code=group.village_code, group=group, item=given.item, purpose=given.purpose,
        answers=given.answers, on=given.on,
    )  # fmt: skip
    note("aid.needed", group, Subject("enterprise_needs", sheet.id))
    return sheet


@action("enterprises.promise_help", MENTOR)
def promise_help(*, by: Actor, given: PromiseHelp, now: datetime) -> Asset:
    """A giver promises something to a group that can use it."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Asset, [given.asset_id])
    group = locked_group(given.village_code, given.group_id)
    sheet = None
    if given.needs_id is not None:
        sheets = NeedsSheet.objects.in_village(group.village_code).filter(group=group)
        sheet = get_or_refuse(sheets, "needs_id", id=given.needs_id)
    reasons = rules.reasons_not_to_promise(
        kind=given.kind, giver_kind=given.giver_kind, answers=sheet.answers if sheet else None,
        despite=given.despite, on=given.on,
    )  # fmt: skip
    reasons += _against_value(given.value_rupiah, given.on)
    if given.expected_on is not None and given.expected_on < given.on:
        reasons.append(Reason("before_promise", "Datangnya tidak mungkin sebelum dijanjikan.", field="expected_on"))
    if reasons:
        raise CannotHelp(reasons)
    asset = Asset.objects.create(
        id=given.asset_id, village_code=group.village_code, group=group, needs=sheet, kind=given.kind, name=given.name,
        giver_kind=given.giver_kind, giver=given.giver, value_rupiah=given.value_rupiah, despite=given.despite,
        promised_on=given.on, expected_on=given.expected_on,
    )  # fmt: skip
    _remember("aid.promised", asset)
    return asset


def _against_value(value_rupiah: int, on: date) -> list[Reason]:
    most = most_rupiah_on(on)
    if value_rupiah < 0:
        return [Reason("below_zero", "Nilainya tidak bisa kurang dari nol.", field="value_rupiah")]
    if value_rupiah > most:
        text = f"Nilainya paling banyak {format_rupiah(most)}. Periksa nolnya."
        return [Reason("too_much", text, field="value_rupiah")]
    return []


@action("enterprises.hand_help_over", MENTOR)
def hand_help_over(*, by: Actor, given: HandHelpOver, now: datetime) -> Asset:
    """What was promised came: who signed, its serial number, its condition, and whether it can be used."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    asset = _locked_asset(given.village_code, given.asset_id)
    checked = rules.kinds_on(asset.promised_on)[asset.kind].checked
    reasons = _against_hand_over(asset, given)
    if checked:
        reasons += rules.reasons_against_condition(
            condition=given.condition, usable=bool(given.usable), because=given.because, on=given.on
        )
    members = Member.objects.in_village(asset.village_code).standing().filter(group=asset.group)
    receiver = get_or_refuse(members, "receiver_id", id=given.receiver_id)
    if reasons:
        raise CannotHelp(reasons)
    asset.handed_on, asset.receiver, asset.serial = given.on, receiver, given.serial
    if checked:
        refuse_taken_ids(AssetCheck, [given.check_id])
        _found(asset, given.check_id, given.on, given.condition, given.because, "")
    asset.save()
    _remember("aid.handed_over", asset, Subject("resident", receiver.resident_id))
    return asset


def _against_hand_over(asset: Asset, given: HandHelpOver) -> list[Reason]:
    if asset.handed_on is not None:
        return [Reason("handed_over", "Serah terimanya sudah dicatat.")]
    if given.on < asset.promised_on:
        return [Reason("before_promise", "Tanggal ini sebelum dijanjikan.", field="on")]
    return []


@action("enterprises.check_asset", MENTOR)
def check_asset(*, by: Actor, given: CheckAsset, now: datetime) -> AssetCheck:
    """Look at a thing again: condition, usable or why not, a photo; its giver is told of a fault if one wishes."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    asset = _locked_asset(given.village_code, given.asset_id)
    reasons = rules.reasons_not_to_look(
        on=given.on, handed_on=asset.handed_on, last_on=asset.checked_on, gone=asset.gone_on is not None
    )
    reasons += rules.reasons_against_condition(
        condition=given.condition, usable=given.usable, because=given.because, on=given.on
    )
    if given.tell_giver and given.usable:
        reasons.append(
            Reason("nothing_wrong", "Barangnya bisa dipakai; tidak ada yang dilaporkan.", field="tell_giver")
        )
    if reasons:
        raise CannotCheckAsset(reasons)
    refuse_taken_ids(AssetCheck, [given.check_id])
    check = _found(asset, given.check_id, given.on, given.condition, given.because, given.note)
    asset.save()
    if given.photo is not None:
        check.photo = keep_photo(
            asset.group, given.photo, photo_id=given.photo_id or new_id(), on=given.on, field="photo"
        )
        check.save(update_fields=["photo"])
    if given.tell_giver:
        _tell_giver(asset, given)
    _remember("aid.checked", asset, usable=given.usable, photo=given.photo is not None)
    return check


def _found(asset: Asset, check_id: UUID, on: date, condition: str, because: str, said: str) -> AssetCheck:
    """Write down how a thing was found; it is usable unless there is a cause. The caller saves the asset."""
    before, usable = asset.usable, not because
    check = AssetCheck.objects.create(
        id=check_id, village_code=asset.village_code, asset=asset, on=on, condition=condition, usable=usable,
        because=because, note=said,
    )  # fmt: skip
    asset.condition, asset.usable, asset.unusable_because, asset.checked_on = condition, usable, because, on
    asset.gone_on = on if condition == LOST else None
    step, first = int(usable) - int(bool(before)), int(before is None)
    if step or first:
        key, worth = str(asset.id), asset.value_rupiah
        memory.add_fact("C5", asset.village_code, on, numerator=step, denominator=first, key=key)
        memory.add_fact("C5V", asset.village_code, on, numerator=step * worth, denominator=first * worth, key=key)
    unit.changed("enterprises.assetcheck", asset.village_code, check.id)
    return check


def _tell_giver(asset: Asset, given: CheckAsset) -> None:
    if given.ticket_id is None:
        raise CannotCheckAsset(Reason("ticket_id_missing", "Buka formulir ini sekali lagi.", field="tell_giver"))
    refuse_taken_ids(FaultTicket, [given.ticket_id])
    if FaultTicket.objects.in_village(asset.village_code).filter(asset=asset, settled_on=None).exists():
        text = "Kerusakan ini sudah dilaporkan dan menunggu pemberi."
        raise CannotCheckAsset(Reason("told_already", text, field="tell_giver", way_out="Lanjutkan laporan itu."))
    FaultTicket.objects.create(
        id=given.ticket_id, village_code=asset.village_code, asset=asset, told_on=given.on, because=given.because,
        note=given.note,
    )  # fmt: skip


@action("enterprises.answer_fault", MENTOR)
def answer_fault(*, by: Actor, given: AnswerFault, now: datetime) -> FaultTicket:
    """What the giver said to a fault; made good, the thing can be used again; taken back, it is gone."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    rows = FaultTicket.objects.in_village(given.village_code).select_for_update(of=("self",))
    ticket = get_or_refuse(rows, "ticket_id", id=given.ticket_id)
    reasons = rules.reasons_not_to_answer(
        answer=given.answer, told_on=ticket.told_on, settled_on=ticket.settled_on, on=given.on
    )
    if reasons:
        raise CannotAnswerFault(reasons)
    asset = _locked_asset(given.village_code, ticket.asset_id)
    ticket.answer, ticket.answered_on, ticket.answer_note = given.answer, given.on, given.note
    ticket.settled_on = given.on if rules.settles(given.answer, given.on) else None
    ticket.save()
    if given.answer == MADE_GOOD:
        refuse_taken_ids(AssetCheck, [given.check_id])
        _found(asset, given.check_id, given.on, "good", "", given.note)
    elif given.answer == TAKEN_BACK:
        asset.gone_on = given.on
    asset.save()
    _remember("aid.fault_answered", asset, Subject("enterprise_fault", ticket.id), answer=given.answer)
    return ticket


def _locked_asset(village_code: str, asset_id: UUID) -> Asset:
    rows = Asset.objects.in_village(village_code).select_for_update(of=("self",)).select_related("group")
    return get_or_refuse(rows, "asset_id", id=asset_id)


def _remember(event: str, asset: Asset, *subjects: Subject, **details: object) -> None:
    note(event, asset.group, Subject("enterprise_asset", asset.id), *subjects, **details)
    unit.changed("enterprises.asset", asset.village_code, asset.id)

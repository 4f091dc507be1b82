"""Groups, businesses, the capital of savers, and what a business earned or lost."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.business.moves import CannotMove
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry, post_reversal
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.business import (
    AgreeOnCapital,
    FormGroup,
    JoinGroup,
    LeaveGroup,
    NewStake,
    OpenBusiness,
    RecordResult,
    TakeBackResult,
)
from desmigratif.cooperative.models import (
    Business,
    BusinessKind,
    BusinessResult,
    CapitalAgreement,
    Cooperative,
    Entry,
    GroupSeat,
    Member,
    MemberGroup,
    ResultShare,
    Stake,
)
from desmigratif.cooperative.queries.business.businesses import agreed_on, agreements_of, capital_in, owed_by_group
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.loans.group import group_loans
from desmigratif.cooperative.rules import business as rules
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.shared.reasons import Reason, Refusal

UseLeg = tuple[str, int, UUID | None]  # use of the account, rupiah (debit above 0), holder


class CannotFormGroup(Refusal):
    code = "cannot_form_group"


class CannotOpenBusiness(Refusal):
    code = "cannot_open_business"


class CannotAgreeOnCapital(Refusal):
    code = "cannot_agree_on_capital"


class CannotRecordResult(Refusal):
    code = "cannot_record_result"


# --- groups ---


@action("cooperative.form_group", Permission.MEMBER_MANAGE)
def form_group(*, by: Actor, given: FormGroup, now: datetime) -> MemberGroup:
    """Write down a group of members, at least two."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    if MemberGroup.objects.of(cooperative).filter(name=given.name).exists():
        raise CannotFormGroup(Reason("name_taken", "Nama kelompok ini sudah dipakai.", field="name"))
    if len(set(given.member_ids)) < 2:
        raise CannotFormGroup(Reason("too_few", "Kelompok perlu paling sedikit dua anggota.", field="member_ids"))
    group = MemberGroup.objects.create(
        id=given.group_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        formed_on=given.on,
    )  # fmt: skip
    for id in dict.fromkeys(given.member_ids):
        _seat(cooperative, group, belonging_member(cooperative, id, "member_ids"), given.on)
    note("group.formed", cooperative, Subject("member_group", group.id), count=len(set(given.member_ids)))
    return group


def belonging_member(cooperative: Cooperative, member_id: UUID, field: str) -> Member:
    return get_or_refuse(Member.objects.of(cooperative).belonging(), field, id=member_id)


def _seat(cooperative: Cooperative, group: MemberGroup, member: Member, on: date, id: UUID | None = None) -> GroupSeat:
    seat = GroupSeat(
        village_code=cooperative.village_code, cooperative=cooperative, group=group, member=member, since=on
    )
    seat.id = id or seat.id
    seat.save(force_insert=True)
    return seat


@action("cooperative.join_group", Permission.MEMBER_MANAGE)
def join_group(*, by: Actor, given: JoinGroup, now: datetime) -> GroupSeat:
    """One more member joins a group."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    group = get_or_refuse(MemberGroup.objects.of(cooperative).select_for_update(), "group_id", id=given.group_id)
    member = belonging_member(cooperative, given.member_id, "member_id")
    if GroupSeat.objects.of(cooperative).standing().filter(group=group, member=member).exists():
        raise CannotFormGroup(Reason("in_already", "Anggota ini sudah di kelompok itu.", field="member_id"))
    seat = _seat(cooperative, group, member, given.on, given.seat_id)
    note("group.joined", cooperative, Subject("member", member.id), group=str(group.id))
    return seat


@action("cooperative.leave_group", Permission.MEMBER_MANAGE)
def leave_group(*, by: Actor, given: LeaveGroup, now: datetime) -> GroupSeat:
    """A member leaves a group; what was done together stays."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    seats = GroupSeat.objects.of(cooperative).standing().select_related("group").select_for_update(of=("self",))
    seat = get_or_refuse(seats, "seat_id", id=given.seat_id)
    if given.on < seat.since:
        raise CannotFormGroup(Reason("before_start", "Tanggalnya sebelum ia masuk kelompok.", field="on"))
    if group_loans(seat.group, given.on):
        text = "Kelompok ini masih punya pinjaman tanggung renteng."
        raise CannotFormGroup(Reason("loans_run", text, way_out="Tunggu sampai pinjamannya lunas."))
    seat.until = given.on
    seat.save(update_fields=["until"])
    note("group.left", cooperative, Subject("member", seat.member_id), group=str(seat.group_id))
    return seat


# --- businesses and capital ---


@action("cooperative.open_business", Permission.COOPERATIVE_SET_UP)
def open_business(*, by: Actor, given: OpenBusiness, now: datetime) -> Business:
    """Name a business whose result is reckoned apart: the cooperative's own, or a group's that it helps along."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(cooperative.village_code, given.on, now)
    if Business.objects.of(cooperative).filter(name=given.name).exists():
        raise CannotOpenBusiness(Reason("name_taken", "Nama usaha ini sudah dipakai.", field="name"))
    group = None
    if given.group_id is not None:
        group = get_or_refuse(MemberGroup.objects.of(cooperative), "group_id", id=given.group_id)
    business = Business.objects.create(
        id=given.business_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        kind=BusinessKind.GROUP if group else BusinessKind.OWN, group=group, opened_on=given.on,
        share_percent=given.share_percent if group else Decimal(100),
    )  # fmt: skip
    note("business.opened", cooperative, Subject("business", business.id), kind=business.kind)
    return business


def locked_business(cooperative: Cooperative, business_id: UUID) -> Business:
    rows = Business.objects.of(cooperative).select_related("group", "cooperative").select_for_update(of=("self",))
    return get_or_refuse(rows, "business_id", id=business_id)


@action("cooperative.agree_on_capital", Permission.COOPERATIVE_SET_UP)
def agree_on_capital(*, by: Actor, given: AgreeOnCapital, now: datetime) -> CapitalAgreement:
    """Agree with one or many savers on capital for one business, and on their part of its gain and loss."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    refuse_future(cooperative.village_code, given.on, now)
    business = locked_business(cooperative, given.business_id)
    standing = [one for one in agreements_of(business) if one.closed_on is None]
    promised = sum((one.share_percent for one in standing), Decimal(0))
    reasons = rules.reasons_not_to_take_capital(cooperative.kind, given.on)
    reasons += rules.reasons_against_share(promised, given.share_percent)
    if CapitalAgreement.objects.of(cooperative).filter(number=given.number).exists():
        reasons.append(Reason("number_taken", "Nomor perjanjian ini sudah dipakai.", field="number"))
    if given.until is not None and given.until <= given.on:
        reasons.append(Reason("until", "Berakhirnya harus sesudah tanggal perjanjian.", field="until"))
    if reasons:
        raise CannotAgreeOnCapital(reasons)
    agreement = CapitalAgreement.objects.create(
        id=given.agreement_id, village_code=cooperative.village_code, cooperative=cooperative, business=business,
        number=given.number, agreed_on=given.on, until=given.until, share_percent=given.share_percent,
    )  # fmt: skip
    for place, one in enumerate(given.stakes):
        _add_stake(cooperative, agreement, one, f"stakes.{place}.member_id")
    note("capital.agreed", cooperative, Subject("business", business.id), agreement=str(agreement.id))
    return agreement


def _add_stake(cooperative: Cooperative, agreement: CapitalAgreement, given: NewStake, field: str) -> None:
    Stake.objects.create(
        id=given.stake_id, village_code=cooperative.village_code, cooperative=cooperative, agreement=agreement,
        member=member_or_nobody(cooperative, given.member_id, given.outsider, field), outsider=given.outsider,
        amount_rupiah=given.amount_rupiah,
    )  # fmt: skip


def member_or_nobody(cooperative: Cooperative, member_id: UUID | None, outsider: str, field: str) -> Member | None:
    """Whose stake it is: a member's, or (None) the outsider's; never both."""
    if (member_id is None) == (not outsider):
        text = "Sebut seorang anggota, atau nama orang luar."
        raise CannotAgreeOnCapital(Reason("member_or_outsider", text, field=field))
    return belonging_member(cooperative, member_id, field) if member_id else None


# --- results ---


@action("cooperative.record_business_result", Permission.BOOKS_POST)
def record_business_result(*, by: Actor, given: RecordResult, now: datetime) -> BusinessResult:
    """Record what a business earned or lost, and give each saver their part. Days are counted once."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    business = locked_business(cooperative, given.business_id)
    return share_result(by, business, given)


def share_result(by: Actor, business: Business, given: RecordResult) -> BusinessResult:
    """Write a result of a locked business down and share it. Raises `CannotRecordResult`."""
    cooperative = business.cooperative
    if reasons := _reasons_not_to_record(business, given):
        raise CannotRecordResult(reasons)
    ours = rules.cooperatives_part(given.result_rupiah, business.share_percent)
    if business.kind == BusinessKind.GROUP:
        ours = max(ours, -capital_in(business))  # a group's loss reaches us only in the capital we put in
    split = rules.split_result(ours, agreed_on(business))
    result = BusinessResult.objects.create(
        id=given.entry_id, village_code=cooperative.village_code, cooperative=cooperative, business=business,
        first_on=given.first_on, last_on=given.last_on, booked_on=given.on, result_rupiah=given.result_rupiah,
        cooperative_rupiah=ours, memo=given.memo, actor_id=by.id,
    )  # fmt: skip
    ResultShare.objects.bulk_create(
        ResultShare(
            village_code=cooperative.village_code, cooperative=cooperative, result=result, stake_id=UUID(stake),
            amount_rupiah=amount,
        )
        for stake, amount in split.by_stake.items()
    )  # fmt: skip
    chart = chart_of(cooperative)
    legs = [NewLeg(chart[use], amount, holder) for use, amount, holder in _of_result(business, ours, split) if amount]
    if legs:
        post_entry(cooperative, NewEntry(given.entry_id, given.on, "business.result", legs, given.memo))
    note("business.result_recorded", cooperative, Subject("business", business.id), result=str(result.id))
    return result


def _of_result(business: Business, ours: int, split: rules.Split) -> list[UseLeg]:
    """A group's result comes in (or eats up our capital); an own one stands in the books already. Then the savers'."""
    found: list[UseLeg] = []
    if business.kind == BusinessKind.GROUP:
        against: UseLeg = ("trade_receivable", ours, None) if ours > 0 else ("business_capital", ours, business.id)
        found += [against, ("business_result", -ours, None)]
    for stake, amount in split.by_stake.items():
        use = "deposits_held" if amount > 0 else "participation_capital"
        found.append((use, -amount, UUID(stake)))
    found.append(("participation_result", sum(split.by_stake.values()), None))
    return found


def _reasons_not_to_record(business: Business, given: RecordResult) -> list[Reason]:
    if given.last_on < given.first_on or given.last_on > given.on:
        return [Reason("days", "Masa hasil harus urut dan sudah lewat.", field="last_on")]
    if given.first_on < business.opened_on:
        return [Reason("before_business", "Masa hasil mulai sebelum usahanya ada.", field="first_on")]
    if given.result_rupiah == 0:
        return [Reason("nothing", "Hasilnya nol: tidak ada yang dibagi.", field="result_rupiah")]
    known = BusinessResult.objects.of(business.cooperative_id).filter(business=business, taken_back_on=None)
    if known.filter(first_on__lte=given.last_on, last_on__gte=given.first_on).exists():
        text = "Hasil untuk sebagian masa itu sudah dicatat."
        return [Reason("counted_already", text, field="first_on")]
    closed = [one for one in agreements_of(business) if one.closed_on is not None and given.first_on <= one.closed_on]
    if closed:
        text = f"Perjanjian {closed[-1].number} sudah ditutup; hasil sampai hari itu sudah diselesaikan."
        way_out = "Mulai dari hari sesudah penutupannya."
        return [Reason("settled_already", text, field="first_on", way_out=way_out)]
    return []


@action("cooperative.take_back_result", Permission.MONEY_APPROVE)
def take_back_result(*, by: Actor, given: TakeBackResult, now: datetime) -> BusinessResult:
    """Undo, as the second person, a result that was wrong, as long as nobody was paid from it."""
    cooperative = books_of(by, given.cooperative_id, Permission.MONEY_APPROVE)
    refuse_future(cooperative.village_code, given.on, now)
    rows = BusinessResult.objects.of(cooperative).select_related("business")
    result = get_or_refuse(rows, "result_id", id=given.result_id)
    business = locked_business(cooperative, result.business_id)
    result.refresh_from_db()
    if result.taken_back_on is not None:
        raise CannotRecordResult(Reason("reversed_already", "Hasil ini sudah dibatalkan.", field="result_id"))
    if result.actor_id == by.id:
        text = "Yang mencatat dan yang membatalkan harus dua orang."
        raise CannotRecordResult(Reason("same_person", text, field="result_id"))
    result.taken_back_on = given.on
    result.save(update_fields=["taken_back_on"])
    if owed_by_group(business) < 0:
        text = "Kelompok sudah membayar hasil ini."
        raise CannotMove(Reason("paid_already", text, way_out="Batalkan dulu penerimaannya."))
    entry = Entry.objects.of(cooperative).sealed().filter(id=result.id).first()
    if entry is not None:
        post_reversal(cooperative, entry, entry_id=given.entry_id, on=given.on, reason=given.reason)
    note("business.result_taken_back", cooperative, Subject("business", business.id), result=str(result.id))
    return result

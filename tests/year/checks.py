"""What an event may ask afterwards (`periksa`). Each kind yields (where, wanted, found) for all that it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.audit.models import FactDelta, Signal
from desmigratif.cases.models import (
    ENDED,
    LEFT,
    Bundle,
    Case,
    CaseCost,
    CaseStep,
    Complaint,
    FollowUp,
    LetterRequest,
    Objection,
    Paper,
    Referral,
)
from desmigratif.cases.models.offices import AT_OFFICE
from desmigratif.cases.queries import latest_check, reasons_against_letter
from desmigratif.cases.queries.offer.alternatives import follow_ups_waiting
from desmigratif.cases.queries.papers.papers import compared, papers_expiring, papers_of
from desmigratif.cases.rules.trouble.referrals import WITH_BODY
from desmigratif.cooperative.models import Member
from desmigratif.documents.models import Letter
from desmigratif.enterprises.models import Group, Participant
from desmigratif.enterprises.queries.life import lives_of
from desmigratif.enterprises.queries.months import as_months, months_of
from desmigratif.enterprises.rules.months import mean_profit
from desmigratif.parenting.models import Centre, Session
from desmigratif.parenting.queries.centres import sleeping
from desmigratif.people.models import HandOver, Household
from desmigratif.people.queries.household import HouseholdFile, household_file
from desmigratif.people.queries.sharing import shared_situation
from desmigratif.people.rules.proposals import signal_in_words

if TYPE_CHECKING:
    from year.player import Player

VILLAGE = "33.07.10.2004"
Found = tuple[str, Any, Any]
Check = Callable[["Player", Any, date], Iterator[Found]]
OPEN = ("open", "held")


def cases(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`rencana`: the state of a plan, or some of its facts."""
    for name, want in wanted.items():
        case = Case.objects.in_village(VILLAGE).get(id=play.names.id(name))
        yield from _facts(name, want, case, short="state")


def steps(play: Player, wanted: Mapping[str, Mapping[str, Any]], on: date) -> Iterator[Found]:
    """`langkah`: the state of steps of a plan, or some of their facts (due_on, holder, asked_again ...)."""
    for name, rows in wanted.items():
        found = {row.step: row for row in CaseStep.objects.in_village(VILLAGE).filter(case=play.names.id(name))}
        for step, want in rows.items():
            yield from _facts(f"{name}, {step}", want, found.get(step), short="state")


def offer_checks(play: Player, wanted: Mapping[str, Mapping[str, Any]], on: date) -> Iterator[Found]:
    """`pemeriksaan`: level of a plan's newest check, and its flags, all of them."""
    for name, want in wanted.items():
        check = latest_check(Case.objects.in_village(VILLAGE).get(id=play.names.id(name)))
        yield f"{name}, hasil", want["hasil"], check.level if check else None
        if "tanda" in want:
            flags = check.flags if check else []
            yield f"{name}, tanda", want["tanda"], {flag["code"]: flag["level"] for flag in flags}
            yield f"{name}, jalan yang sah", [], [f["code"] for f in flags if f["level"] == "stop" and not _way_out(f)]


def _way_out(flag: Mapping[str, str]) -> bool:
    return bool(flag["lawful_alternative"].strip() and flag["citation"].strip())


def against_letter(play: Player, wanted: Mapping[str, list[str]], on: date) -> Iterator[Found]:
    """`menahan surat`: the codes of everything that stands against the letter."""
    for name, want in wanted.items():
        case = Case.objects.in_village(VILLAGE).select_related("resident").get(id=play.names.id(name))
        reasons = reasons_against_letter(case, what_was_checked="", today=on)
        yield name, want, [reason.code for reason in reasons]


def letters(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`surat`: facts of a letter (number, issued_on, revoked_on)."""
    for name, want in wanted.items():
        letter = Letter.objects.in_village(VILLAGE).filter(id=play.names.id(name)).first()
        yield from _facts(name, want, letter, short="number")


def requests(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`permintaan surat`: its clock and its answer."""
    for name, want in wanted.items():
        yield from _facts(name, want, LetterRequest.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def objections(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`keberatan`: its clock and its answer."""
    for name, want in wanted.items():
        yield from _facts(name, want, Objection.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def overdue(play: Player, wanted: list[str], on: date) -> Iterator[Found]:
    """`lewat waktu`: every clock that has run out on the day: steps, requests for a letter, objections, offices."""
    names = {id: name for name, id in play.names.known.items()}
    running = CaseStep.objects.in_village(VILLAGE).exclude(case__state__in=(*ENDED, *LEFT))
    late = [f"{names[row.case_id]}, {row.step}" for row in running.filter(state__in=OPEN, due_on__lt=on)]
    asked = LetterRequest.objects.in_village(VILLAGE).filter(issued_on=None, refused_on=None, due_on__lt=on)
    waiting = Objection.objects.in_village(VILLAGE).filter(answered_on=None, due_on__lt=on)
    lying = Bundle.objects.in_village(VILLAGE).filter(state__in=AT_OFFICE, due_on__lt=on)
    late += [names[row.id] for row in (*asked, *waiting, *lying)]
    yield "", sorted(wanted), sorted(late)


def proposals(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`usulan`: everything that a family's page proposes: the signal behind it, and words of its "because"."""
    for name, want in wanted.items():
        made = _file(play, name, on).proposals
        yield f"{name}, tanda", list(want), list(dict.fromkeys(one.kind for one in made))
        for kind, words in want.items():
            why = " ".join(one.why for one in made if one.kind == kind)
            yield f"{name}, karena", words, words if words and words in why else why


def signals(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`keadaan keluarga`: every live state of a household, and since when."""
    for name, want in wanted.items():
        home = Household.objects.in_village(VILLAGE).get(id=play.names.id(name))
        live = _signals(home)
        yield name, want, live


def _signals(home: Household) -> dict[str, date]:
    rows = Signal.objects.filter(village_code=VILLAGE, household_id=home.id, until=None)
    return {row.kind: row.since for row in rows.order_by("since", "kind") if signal_in_words(row.kind)}


def history(play: Player, wanted: Mapping[str, list[str]], on: date) -> Iterator[Found]:
    """`riwayat`: the newest lines of a family's history, as the page says them, newest first."""
    for name, want in wanted.items():
        moments = _file(play, name, on).moments[: len(want)]
        yield name, want, [f"{moment.entry.on:%Y-%m-%d} {moment.line.text}" for moment in moments]


def figures(play: Player, wanted: Mapping[str, list[int]], on: date) -> Iterator[Found]:
    """`angka`: [numerator, denominator] of an indicator's facts from the beginning up to the day."""
    for code, want in wanted.items():
        rows = FactDelta.objects.filter(village_code=VILLAGE, code=code, on__lte=on)
        sums = rows.aggregate(n=Sum("numerator"), d=Sum("denominator"))
        yield code, want, [sums["n"] or 0, sums["d"] or 0]


def costs(play: Player, wanted: Mapping[str, Mapping[str, int]], on: date) -> Iterator[Found]:
    """`biaya`: component -> what was paid in all, without what was struck out."""
    for name, want in wanted.items():
        rows = CaseCost.objects.in_village(VILLAGE).filter(case=play.names.id(name), struck_out_on=None)
        paid = rows.order_by().values_list("component").annotate(Sum("paid_rupiah"))
        yield name, want, dict(paid)


def bundles(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`berkas`: facts of a bundle of papers at an office."""
    for name, want in wanted.items():
        yield from _facts(name, want, Bundle.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def papers(play: Player, wanted: Mapping[str, Mapping[str, int]], on: date) -> Iterator[Found]:
    """`dokumen`: which papers of a candidate are written down, and how often each was."""
    for name, want in wanted.items():
        case = Case.objects.in_village(VILLAGE).get(id=play.names.id(name))
        rows = Paper.objects.in_village(VILLAGE).filter(resident=case.resident_id)
        yield name, want, dict(rows.values_list("kind", "version"))


def paper_words(play: Player, wanted: Mapping[str, Mapping[str, str]], on: date) -> Iterator[Found]:
    """`nama di dokumen`: how the name on each paper compares with the register's."""
    for name, want in wanted.items():
        case = Case.objects.in_village(VILLAGE).select_related("resident").get(id=play.names.id(name))
        rows = compared(case.resident, papers_of(_officer(play), case, specific=True))
        yield name, want, {row.source: row.name_is for row in rows if row.name_is}


def expiring(play: Player, wanted: Mapping[str, Mapping[str, date]], on: date) -> Iterator[Found]:
    """`perlu diperbarui`: papers of running plans that are over or soon will be, and their last day."""
    names = {id: name for name, id in play.names.known.items()}
    found: dict[str, dict[str, date]] = {}
    for one in papers_expiring(_officer(play), VILLAGE, on):
        found.setdefault(names[one.case_id], {})[one.kind] = one.valid_until
    yield "", wanted, found


def follow_ups(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`tindak lanjut`: facts of the newest follow-up after a stopped offer."""
    for name, want in wanted.items():
        rows = FollowUp.objects.in_village(VILLAGE).filter(case=play.names.id(name))
        yield from _facts(name, want, rows.order_by("opened_on", "id").last())


def to_be_asked(play: Player, wanted: list[str], on: date) -> Iterator[Found]:
    """`ditanya lagi`: plans whose candidates the officer's list says to ask again."""
    names = {id: name for name, id in play.names.known.items()}
    yield "", wanted, [names[row.case_id] for row in follow_ups_waiting(_officer(play))]


def hand_overs(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`serahan`: facts of a hand-over to another pillar."""
    for name, want in wanted.items():
        yield from _facts(name, want, HandOver.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def families(play: Player, wanted: Mapping[str, list[str]], on: date) -> Iterator[Found]:
    """`keadaan bagi koperasi`: what a cooperative is told of a member's family, by the member's own yes."""
    for name, want in wanted.items():
        member = Member.objects.in_village(VILLAGE).select_related("resident").get(id=play.names.id(name))
        told = shared_situation([member.resident], on) if member.resident else {}
        yield name, want, [label for _, label in told.get(member.resident_id, [])]


def complaints(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`pengaduan`: facts of a complaint, also of one that the village does not see; moments to the minute, in UTC."""
    for name, want in wanted.items():
        row = Complaint.objects.everywhere().get(id=play.names.id(name))
        for path, expected, found in _facts(name, want, row):
            yield path, expected, found[:16] if path.endswith("_at") and found else found


def referrals(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`rujukan`: facts of a referral to a body outside."""
    for name, want in wanted.items():
        yield from _facts(name, want, Referral.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def late_referrals(play: Player, wanted: list[str], on: date) -> Iterator[Found]:
    """`rujukan terlambat`: every referral that a body has not answered in time."""
    names = {id: name for name, id in play.names.known.items()}
    rows = Referral.objects.visible_to(_officer(play)).filter(state__in=WITH_BODY, due_on__lt=on)
    yield "", sorted(wanted), sorted(names[row.id] for row in rows)


def sessions(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`kegiatan`: facts of a session of the learning centre."""
    for name, want in wanted.items():
        yield from _facts(name, want, Session.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def centres(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`rumah belajar`: facts of a learning centre."""
    for name, want in wanted.items():
        yield from _facts(name, want, Centre.objects.in_village(VILLAGE).get(id=play.names.id(name)))


def silent_centres(play: Player, wanted: Mapping[str, list[str]], on: date) -> Iterator[Found]:
    """`rumah belajar diam`: every centre of which the village, or the regency too, is reminded on the day."""
    names = {id: name for name, id in play.names.known.items()}
    for limit, want in wanted.items():
        found = sleeping(play.actors["Koordinator"], limit, on)
        yield limit, want, sorted(names[one.id] for one in found)


def _file(play: Player, family: str, on: date) -> HouseholdFile:
    home = Household.objects.in_village(VILLAGE).get(id=play.names.id(family))
    return household_file(_officer(play), home, today=on)


def _officer(play: Player) -> Actor:
    return play.actors["Wulan"]


def _facts(name: str, want: Any, record: Any, *, short: str = "") -> Iterator[Found]:
    """One fact, or some by their names; a record that is not there has none."""
    for key, value in want.items() if isinstance(want, Mapping) else [(short, want)]:
        found = getattr(record, key, None)
        if isinstance(found, (UUID, datetime, time)):
            found = str(found)
        yield f"{name}, {key}", value, found


def groups(play: Player, wanted: Mapping[str, Mapping[str, Any]], on: date) -> Iterator[Found]:
    """`kelompok`: how a group lives on the day, and its mean monthly profit of what was written down."""
    for name, want in wanted.items():
        group = Group.objects.in_village(VILLAGE).get(id=play.names.id(name))
        yield f"{name}, keadaan", want["keadaan"], str(lives_of([group], on)[group.id].state)
        if "laba" in want:
            yield f"{name}, laba", want["laba"], mean_profit(as_months(list(months_of(group))))


def participants(play: Player, wanted: Mapping[str, Any], on: date) -> Iterator[Found]:
    """`peserta`: scores and certificate of somebody in a training."""
    for name, want in wanted.items():
        yield from _facts(name, want, Participant.objects.in_village(VILLAGE).get(resident=play.names.id(name)))


KINDS: dict[str, Check] = {
    "rencana": cases,
    "langkah": steps,
    "pemeriksaan": offer_checks,
    "menahan surat": against_letter,
    "surat": letters,
    "permintaan surat": requests,
    "keberatan": objections,
    "lewat waktu": overdue,
    "usulan": proposals,
    "keadaan keluarga": signals,
    "riwayat": history,
    "angka": figures,
    "biaya": costs,
    "berkas": bundles,
    "dokumen": papers,
    "nama di dokumen": paper_words,
    "perlu diperbarui": expiring,
    "serahan": hand_overs,
    "tindak lanjut": follow_ups,
    "ditanya lagi": to_be_asked,
    "keadaan bagi koperasi": families,
    "pengaduan": complaints,
    "rujukan": referrals,
    "rujukan terlambat": late_referrals,
    "kegiatan": sessions,
    "rumah belajar": centres,
    "rumah belajar diam": silent_centres,
    "kelompok": groups,
    "peserta": participants,
}


SPOILT: dict[type, Any] = {str: "bukan ini", int: -7, bool: None, type(None): "bukan ini"}


def spoilt(wanted: Any) -> Any:
    """The same expectation with its last value wrong; None when there is none in it."""
    if isinstance(wanted, Mapping):
        for key in reversed(wanted):
            if (wrong := spoilt(wanted[key])) is not None:
                return {**wanted, key: wrong}
        return None
    if isinstance(wanted, list):
        return [*wanted[:-1], spoilt(wanted[-1])] if wanted else None
    return next((wrong for kind, wrong in SPOILT.items() if type(wanted) is kind), "bukan ini")

"""The demo's learning centres: Kuripan's with a year of sessions and one month that stood still, small ones elsewhere.

Garung's sleeps today: its village and its regency are reminded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.world import CAMPLONG, GARUNG, KENANGA, KURIPAN
from desmigratif.parenting.models import CallSlot, Child
from desmigratif.parenting.queries.calls import agreed
from desmigratif.parenting.rules.calls import calls_between
from desmigratif.people.models import Resident
from desmigratif.regions.queries import village
from desmigratif.shared.ids import new_id

KINDS = ("homework", "language", "reading", "play", "computer")
THEMES = ("child_study_habit", "child_dreams", "", "child_feelings", "child_online")
HELPERS = (  # name, birthday, paper, days ago it was seen
    ("Nur Khasanah", "1988-04-11", "teacher", 300),
    ("Dwi Lestari", "1996-09-02", "skck", 60),
    ("Agus Prasetyo", "2001-01-19", "", 0),
)
THINGS = (
    ("Buku cerita", "books", 46, 41), ("Laptop bekas sekolah", "computer", 3, 2),
    ("Meja lipat", "furniture", 12, 12), ("Papan ular tangga", "toys", 4, 3),
)  # fmt: skip
COUNTRIES = (("HKG", [6], "19:00"), ("TWN", [5, 6], "20:00"), ("MYS", [4], "20:30"), ("SGP", [6], "10:00"))


@dataclass(frozen=True, slots=True)
class Plan:
    """A centre as the demo tells it: opened so many `days` ago, a session a week until `until` days ago."""

    name: str
    place: str
    days: int
    children: int
    until: int = 7
    still: int = 0  # nothing was held in the month so many months ago


PLANS = {
    KURIPAN.code: Plan("Rumah Belajar Melati", "Balai Dusun Krajan, ruang depan", 350, 40, still=5),
    KENANGA.code: Plan("Rumah Edukasi Kenanga", "Samping balai desa", 60, 12),
    CAMPLONG.code: Plan("Rumah Belajar Lontar", "Gedung PAUD Dusun I", 50, 10),
    GARUNG.code: Plan("Rumah Belajar Dieng", "Balai Dusun Tieng", 120, 6, until=52),
}


def tell_centres(teller: Teller) -> None:
    """The centre of a village, with everything that its pages show."""
    if plan := PLANS.get(teller.plan.code):
        Telling(teller, plan).tell()


def tell_barred(now: datetime) -> None:
    """A regency's list of those who may not be with children: two rulings, one lifted since."""
    user = User.objects.filter(username="koordinator.wonosobo").first()
    if user is None:
        return
    by, day = actor_for(user, today=now.date()), (now - timedelta(days=20)).date()
    rulings = (("Contoh Terpidana", "1979-05-06", "convicted", "Putusan 00/Pid.Sus/2026/PN Contoh"),
               ("Contoh Pegawai", "1985-02-03", "dismissed", "SK Bupati Contoh 000/2025"))  # fmt: skip
    for name, born, because, reference in rulings:
        given = {"name": name, "birth_date": born, "because": because, "reference": reference}
        barred = new_id()
        _by_regency(by, "bar_person", now - timedelta(days=20), barred_id=barred, on=day, **given)
    _by_regency(by, "unbar_person", now - timedelta(days=2), barred_id=barred, on=(now - timedelta(days=2)).date())


def _by_regency(by: Actor, verb: str, at: datetime, **given: Any) -> None:
    do(by, f"parenting.{verb}", {"region_code": "33.07", **given}, now=at, act_id=new_id(), via="demo")


class Telling:
    """One centre, told day by day."""

    def __init__(self, teller: Teller, plan: Plan) -> None:
        self.teller, self.plan, self.id = teller, plan, new_id()
        self.opened = self._ago(plan.days)
        self.children: list[Child] = []

    def tell(self) -> None:
        self._act("open_centre", self.opened, name=self.plan.name, place=self.plan.place)
        self.children = self._enrolled()
        helpers = list(self._helpers())
        self._furnish()
        for place, on in enumerate(self._days()):
            self._held(place, on, helpers[0])
        for days in (95, 33):
            if days < self.plan.days and self.plan.until < days:
                self._class(self._ago(days), helpers[0])
        if self.plan.until < 30:
            self._plan_ahead(helpers)
        self._calls()

    def _ago(self, days: int) -> date:
        return self.teller.today - timedelta(days=days)

    def _act(self, verb: str, on: date, hour: int = 17, /, **given: Any) -> None:
        content = {"centre_id": self.id, **given}
        self.teller.act(f"parenting.{verb}", on, self.teller.moment(on, hour), **content)

    def _bare(self, verb: str, day: date, hour: int = 17, /, **given: Any) -> None:
        """An act that names no centre or has no day of its own."""
        content = {"village_code": self.teller.plan.code, **given}
        at = self.teller.moment(day, hour)
        do(self.teller.officer, f"parenting.{verb}", content, now=at, act_id=new_id(), via="demo")

    def _helpers(self) -> Iterator[UUID]:
        for name, born, paper, days in HELPERS:
            id, seen = new_id(), max(self.opened, self._ago(days))
            self._act("add_volunteer", self.opened, volunteer_id=id, name=name, birth_date=born)
            if paper:
                self._bare("check_volunteer", seen, volunteer_id=id, paper=paper, on=seen)
            yield id

    def _furnish(self) -> None:
        on = self._ago(9)
        for name, kind, count, usable in THINGS:
            self._act("count_thing", on, thing_id=new_id(), name=name, kind=kind, count=count, usable_count=usable)
        self._act("add_theme", on, theme_id=new_id(), audience="child", title="Dongeng dan permainan desa kami")

    def _days(self) -> Iterator[date]:
        """A session a week, but for the time in which nothing was held."""
        still = (self.teller.today.replace(day=1) - timedelta(days=30 * self.plan.still - 15)).replace(day=1)
        for days in range(self.plan.days - 7, self.plan.until - 1, -7):
            on = self._ago(days)
            if not self.plan.still or on.replace(day=1) != still:
                yield on

    def _held(self, place: int, on: date, leader: UUID) -> None:
        """Most come; who misses and who is excused goes round."""
        session, kind = new_id(), place % len(KINDS)
        given = {"at": "16:00", "minutes": 90, "kind": KINDS[kind], "theme": THEMES[kind] or None}
        if place > 3:
            given["leader_id"] = leader if self.plan.days > 300 and on >= self._ago(300) else None
        self._act("plan_session", on, session_id=session, **given)
        marks = [
            {"child_id": child.id, "mark": _mark(place, number)}
            for number, child in enumerate(self.children)
            if child.enrolled_on <= on
        ]
        self._bare("call_roll", on, 18, session_id=session, marks=marks, seen=1)

    def _class(self, on: date, leader: UUID) -> None:
        """Two thirds of the caregivers, with a score before and after."""
        session, theme = new_id(), "caregiver_calm" if on < self._ago(60) else "caregiver_gadget"
        given = {"at": "19:00", "minutes": 120, "kind": "caregivers_class", "theme": theme}
        self._act("plan_session", on, 20, session_id=session, leader_id=leader, **given)
        caregivers = list(dict.fromkeys(child.caregiver_id for child in self.children if child.caregiver_id))
        scores = [
            {"caregiver_id": caregiver, "before": 35 + 5 * (n % 5), "after": 70 + 5 * (n % 4)}
            for n, caregiver in enumerate(caregivers[: max(1, len(caregivers) * 2 // 3)])
        ]
        self._bare("score_class", on, 21, session_id=session, scores=scores, seen=1)

    def _plan_ahead(self, helpers: list[UUID]) -> None:
        """The timetable, what it plans for this month, and one session of today that waits for its roll."""
        on = self._ago(3)
        week = ((self.teller.today.weekday(), "homework"), ((self.teller.today.weekday() + 3) % 7, "language"))
        for weekday, kind in week:
            slot = {"slot_id": new_id(), "weekday": weekday, "at": "16:00", "minutes": 90, "kind": kind}
            self._act("add_slot", on, **slot, leader_id=helpers[1] if self.plan.days > 60 else None)
        self._bare("plan_month", on, centre_id=self.id, month=self.teller.today.replace(day=1))
        cancelled = new_id()
        rain = {"at": "16:00", "minutes": 90, "kind": "play"}
        self._act("plan_session", self._ago(5), session_id=cancelled, **rain)
        self._bare("cancel_session", self._ago(5), session_id=cancelled, because="weather", on=self._ago(5))

    def _calls(self) -> None:
        """Some families agreed on evenings; of last week's calls most were written down, one was missed."""
        offset, start = village(self.teller.plan.code).utc_offset, self._ago(40)
        for place, child in enumerate([one for one in self.children if one.enrolled_on <= start][:8]):
            country, weekdays, at = COUNTRIES[place % len(COUNTRIES)]
            slot = {"slot_id": new_id(), "child_id": child.id, "country": country, "weekdays": weekdays, "at": at}
            self._bare("agree_call", start, on=start, **slot)
            if place < 2 and child.caregiver_id:
                self._bare("make_caregiver_link", start, on=start, link_id=new_id(), child_id=child.id)
            if place < 5:
                self._called(slot, offset, "no_signal" if place == 2 else None)

    def _called(self, slot: dict[str, Any], offset_hours: int, because: str | None) -> None:
        one = CallSlot.objects.in_village(self.teller.plan.code).get(id=slot["slot_id"])
        first, last = self.teller.moment(self._ago(14), 0), self.teller.moment(self._ago(7), 0)
        for call in calls_between(agreed(one), first, last, offset_hours)[:1]:
            on = call.here.date() + timedelta(days=1)
            given = {"call_id": new_id(), "slot_id": one.id, "due_at": call.there.isoformat()}
            self._bare("record_call", on, missed_because=because, **given)

    # --- children ---

    def _enrolled(self) -> list[Child]:
        """Whoever the village enrolled; where nobody told of children yet, the first families that have some."""
        rows = Child.objects.in_village(self.teller.plan.code).order_by("id")
        if not rows.exists():
            for one, caregiver in list(self._families())[: self.plan.children]:
                self._enrol(one, caregiver)
        return list(rows)

    def _families(self) -> Iterator[tuple[Resident, Resident]]:
        """A child of five to fifteen with the oldest grown-up of its family."""
        today, rows = self.teller.today, Resident.objects.in_village(self.teller.plan.code)
        alive = rows.filter(life_status="alive", merged_into=None, birth_date__isnull=False)
        born = (today - timedelta(days=15 * 365), today - timedelta(days=5 * 365))
        young = alive.filter(birth_date__range=born)
        grown = alive.filter(birth_date__lt=today - timedelta(days=30 * 365)).order_by("-birth_date", "id")
        homes = {one.household_id: one for one in grown}
        for child in young.order_by("household_id", "birth_date", "id"):
            if caregiver := homes.get(child.household_id):
                yield child, caregiver

    def _enrol(self, child: Resident, caregiver: Resident) -> None:
        self._bare(
            "enrol_child", self.opened, 9, child_id=new_id(), resident_id=child.id, caregiver_id=caregiver.id,
            caregiver_relation="father" if caregiver.sex == "M" else "grandparent", parent="mother",
            schooling="primary", basis="consent", given_by="father", on=self.opened,
        )  # fmt: skip


def _mark(place: int, number: int) -> str:
    turn = (place * 7 + number * 5) % 23
    return "absent" if turn < 3 + number % 3 else "excused" if turn == 9 else "present"

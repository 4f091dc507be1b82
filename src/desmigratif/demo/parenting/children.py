"""The demo's children: forty of Kuripan's learning centre with a year of quarters, plans, and a worry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from PIL import Image, ImageDraw

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.audit.models import Signal
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.world import KURIPAN
from desmigratif.parenting.models import Child
from desmigratif.parenting.rules.children import band_of, is_child
from desmigratif.parenting.rules.growing import quarter_of, questions_for
from desmigratif.people.models import Resident
from desmigratif.shared.dates import add_months, age_on
from desmigratif.shared.ids import new_id

COUNT, MONTHS = 40, 11
WORDS = (
    "{parent}, aku sudah bisa membaca sendiri. Nanti kalau pulang, aku bacakan cerita ya.",
    "Aku menang lomba lari di sekolah. Semoga {parent} sehat di sana.",
    "Kemarin ada sayur kesukaanku. Aku kangen makan bersama {parent}.",
    "Aku mau jadi guru seperti Bu Nur. Doakan aku, ya.",
)
TUTOR_WORDS = (
    "Rajin datang dan suka membantu adik-adik. Kami bangga kepadanya.",
    "Sudah lebih berani bertanya di depan teman-temannya.",
    "Senang menggambar, dan selalu merapikan meja sesudah belajar.",
)
READING = ("letters", "words", "sentences", "story")


@dataclass(frozen=True, slots=True)
class Home:
    """A child, who cares, and who of the family is abroad."""

    child: Resident
    caregiver: Resident | None
    worker: Resident | None


def tell_children(teller: Teller) -> None:
    """Kuripan only: elsewhere the centres enrol a few by themselves."""
    if teller.plan.code != KURIPAN.code:
        return
    homes = list(_homes(teller))[: COUNT + 5]
    ids = [_enrol(teller, home, number) for number, home in enumerate(homes[:COUNT])]
    for number, (home, child_id) in enumerate(zip(homes, ids, strict=False)):
        _quarters(teller, home, child_id, number)
        _now(teller, child_id, home, number)
    _plans(teller)
    _worry(teller, ids[3])


def _homes(teller: Teller) -> Iterator[Home]:
    """Children at home whose grown-up is abroad, or away as the register says."""
    rows = Resident.objects.in_village(teller.plan.code).filter(merged_into=None).select_related("household")
    abroad = Signal.objects.filter(village_code=teller.plan.code, kind="worker_abroad", until=None)
    gone = {
        one.household_id: one for one in rows.filter(Q(id__in=abroad.values("resident_id")) | Q(life_status="away"))
    }
    here = rows.filter(household_id__in=gone, life_status="alive", birth_date__isnull=False)
    by_home: dict[UUID, list[Resident]] = {}
    for one in here.order_by("household_id", "birth_date", "id"):
        by_home.setdefault(one.household_id, []).append(one)
    on = _first_day(teller)
    for home, people in sorted(by_home.items()):
        grown = [one for one in people if age_on(one.birth_date or on, on) >= 20]
        for one in people:
            if is_child(one.birth_date, teller.today) and (one.birth_date or on) < on and one.id != gone[home].id:
                yield Home(one, next(iter(sorted(grown, key=_cares_first)), None), gone[home])


def _cares_first(one: Resident) -> tuple[int, str]:
    """The parent who stayed, else a grandparent, else whoever is grown up."""
    order = ("head", "wife", "husband", "parent", "parent_in_law")
    return order.index(one.relation) if one.relation in order else len(order), str(one.id)


def _first_day(teller: Teller) -> date:
    return teller.today - timedelta(days=345)


def _facts(home: Home, number: int) -> dict[str, Any]:
    """What stays the same of a child all year."""
    caregiver, worker = home.caregiver, home.worker
    relation = None
    if caregiver:
        relation = {"parent": "grandparent", "parent_in_law": "grandparent", "child": "sibling"}.get(
            caregiver.relation, ""
        )
        relation = relation or ("father" if caregiver.sex == "M" else "mother")
    parent = "father" if worker and worker.sex == "M" else "mother"
    return {
        "parent": "guardian" if worker and worker.relation == "child" else parent,
        "worker_id": str(worker.id) if worker else None,
        "caregiver_id": str(caregiver.id) if caregiver else None,
        "caregiver_relation": relation,
        "needs": [["study_help"], ["contact"], ["school_cost", "play"], [], ["papers"]][number % 5],
    }


def _schooling(born: date, on: date) -> tuple[str, str, str | None]:
    age = age_on(born, on)
    if age < 4:
        return "too_young", "", None
    if age < 7:
        return "early", "TK Pertiwi", None
    if age < 13:
        return "primary", "SD Negeri Kuripan", str(age - 6)
    if age < 16:
        return "junior", "SMP Negeri 2 Watumalang", str(age - 6)
    return "senior", "SMK Negeri 1 Wonosobo", str(age - 6)


def _enrol(teller: Teller, home: Home, number: int) -> UUID:
    on, child_id = _first_day(teller), new_id()
    kind, school, year = _schooling(home.child.birth_date or on, on)
    teller.act(
        "parenting.enrol_child", on, teller.moment(on, 10), child_id=str(child_id), resident_id=str(home.child.id),
        schooling=kind, school=school or None, school_class=year, basis="consent", given_by="guardian",
        known_to_differ=True, **_facts(home, number),
    )  # fmt: skip
    return child_id


def last_quarters(today: date) -> list[date]:
    """A day in each of the last four quarters, today the last."""
    return [add_months(today, -3 * back) for back in (3, 2, 1, 0)]


def _quarters(teller: Teller, home: Home, child_id: UUID, number: int) -> None:
    """Four quarters up to today, most a little better than the one before."""
    for step, on in enumerate(last_quarters(teller.today)):
        year, quarter = quarter_of(on)
        born = home.child.birth_date or on
        age = age_on(born, on)
        said: dict[str, Any] = {
            "height_cm": min(172, 78 + 6 * age + 2 * step),
            "weight_tenths": 95 + 22 * age + 4 * step,
        }
        if age >= 6:
            days = 58 - (number + step) % 5
            said |= {
                "school_days": days, "attended": days - (number * 3 + step) % 7 - (14 if number in (5, 17) else 0),
                "mark": min(98, 70 + (number * 5) % 17 + 2 * step),
                "progress": ("steady", "ahead", "behind")[number % 3],
                "reading": READING[min(3, max(0, age - 6) // 2 + step // 2)],
            }  # fmt: skip
        else:
            said["immunisation"] = ("complete", "complete", "partly")[number % 3]
        asked = questions_for(band_of(born, on), on)
        said["answers"] = {
            one["code"]: 0 if number == 11 else 2 - (number + place) % 2 for place, one in enumerate(asked)
        }
        if step == 3 and number % 2 == 0 and age >= 5:
            parent = "Bapak" if home.worker and home.worker.sex == "M" else "Ibu"
            said |= {"words": WORDS[number % 4].format(parent=parent), "tutor_words": TUTOR_WORDS[number % 3]}
        if step == 3 and number in (0, 2):
            said |= {"picture_id": str(new_id()), "picture": _drawing(number)}
        teller.act(
            "parenting.record_quarter", on, teller.moment(on, 15), quarter_id=str(new_id()), child_id=str(child_id),
            year=year, quarter=quarter, **said,
        )  # fmt: skip


def _drawing(number: int) -> bytes:
    """A house, a tree and a family, as a child draws them."""
    picture = Image.new("RGB", (900, 700), "#fffdf5")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 900, 700), fill="#9ccf8f")
    draw.polygon([(230, 300), (390, 170), (550, 300)], fill="#c0563f")
    draw.rectangle((260, 300, 520, 530), fill="#f0c987")
    draw.rectangle((360, 410, 430, 530), fill="#7a4a2a")
    draw.ellipse((720, 50, 840, 170), fill="#f4b740")
    draw.rectangle((95, 380, 125, 530), fill="#7a4a2a")
    draw.ellipse((40, 250, 180, 400), fill="#3f8f6b")
    for place, colour in enumerate(("#3a7bbd", "#d95d7a", "#6a4ca3") if number else ("#3a7bbd", "#d95d7a")):
        x = 620 + 80 * place
        draw.ellipse((x - 20, 370, x + 20, 410), fill="#f2c9a0")
        draw.rectangle((x - 18, 410, x + 18, 530), fill=colour)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85)
    return target.getvalue()


def _now(teller: Teller, child_id: UUID, home: Home, number: int) -> None:
    """What is known this month: who spoke with whom, who left school, whose caregiver is tired."""
    on = teller.today - timedelta(days=4)
    kind, school, year = _schooling(home.child.birth_date or on, on)
    silent = 100 if number == 8 else 35 + number if number % 7 == 3 else 1 + number % 6
    said = {"schooling": kind, "school": school or None, "school_class": year}
    if number == 21 and kind in ("primary", "junior"):
        said = {"schooling": "left", "school": None, "school_class": None}
    teller.act(
        "parenting.change_child", on, teller.moment(on, 14), child_id=str(child_id), seen=1,
        last_contact_on=(on - timedelta(days=silent)).isoformat(),
        caregiver_load="heavy" if number % 9 == 4 else "fair",
        **said, **_facts(home, number),
    )  # fmt: skip


def _plans(teller: Teller) -> None:
    """Whoever needs a plan has one, but for one child."""
    on = teller.today - timedelta(days=3)
    high = Child.objects.in_village(teller.plan.code).filter(risk="high").order_by("id")
    for number, child in enumerate(list(high)[1:]):
        teller.act(
            "parenting.make_plan", on, teller.moment(on, 15), plan_id=str(new_id()), child_id=str(child.id),
            steps=[["home_visit", "talk_with_caregiver"], ["call_parent"]][number % 2],
            due_on=(on + timedelta(days=21)).isoformat(),
        )  # fmt: skip


def _worry(teller: Teller, child_id: UUID) -> None:
    """The tutor noticed something and tells the officer, nobody else."""
    tutor = User.objects.filter(username="pengasuh.kuripan").first()
    if tutor is None:
        return
    on = teller.today - timedelta(days=2)
    given = {
        "village_code": teller.plan.code, "worry_id": new_id(), "child_id": child_id, "on": on,
        "text": "Tiga kali datang tanpa makan pagi, dan tidak mau bercerita tentang rumahnya.",
        "readers": [teller.officer.id],
    }  # fmt: skip
    at = teller.moment(on, 17)
    do(actor_for(tutor, today=on), "parenting.write_worry", given, now=at, act_id=new_id(), via="demo")

"""The demo's groups that do business: two in Kuripan, one in Kenanga, one in Camplong, five small ones in Garung."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from desmigratif.audit.models import Signal
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.enterprises.offers import offer
from desmigratif.demo.enterprises.plans import BATIK, CRACKERS, CRISPS, WEAVERS, Plan
from desmigratif.demo.world import CAMPLONG, GARUNG, KENANGA, KURIPAN
from desmigratif.enterprises.models import Participant
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

PLANS = {KURIPAN.code: (CRISPS, BATIK), KENANGA.code: (CRACKERS,), CAMPLONG.code: (WEAVERS,)}
SMALL = {GARUNG.code: ("Dapur Tieng", "Keripik Gintung", "Kentang Dieng", "Rejosari Manis", "Olahan Carica")}


def tell_groups(teller: Teller) -> None:
    """The groups of a village, with officers and members who mostly come from families of migrants."""
    people = iter(_who_may_join(teller))
    plans = PLANS.get(teller.plan.code, ())
    for plan in plans:
        members = [next(people) for _ in range(plan.members)]
        _train(teller, members, plan.days + 20, f"Membuat {plan.product.lower()} dan menghitung harga jual")
        offer(teller, plan, _form(teller, plan, members))
        if plan is CRISPS:  # since the village signs, so that these certificates carry its QR
            _train(teller, members, 30, "Menghitung harga pokok dan laba")
    for number, name in enumerate(SMALL.get(teller.plan.code, ())):
        _small_group(teller, name, [next(people), next(people)], number)
    if plans:
        _ask(teller, list(people)[:6])


def _small_group(teller: Teller, name: str, members: list[Resident], number: int) -> None:
    """A group of two that only writes its months down: with these a larger one can see how like groups do."""
    plan = Plan(name, "food", "Keripik kentang", 300 - 20 * number, len(members))
    group_id, on = _form(teller, plan, members), teller.today - timedelta(days=4)
    month, rows = teller.today.replace(day=1), []
    for back in range(4):
        month = (month - timedelta(days=1)).replace(day=1)
        sales = (900 + 350 * number - 40 * back) * 1000
        rows.append({"month_id": str(new_id()), "month": month.isoformat(), "sales_rupiah": sales,
                     "cost_rupiah": sales * 6 // 10, "workers": 1, "channels": ["neighbours"]})  # fmt: skip
    teller.act("enterprises.record_months", on, teller.moment(on, 10), group_id=str(group_id), months=rows)


def _form(teller: Teller, plan: Plan, members: list[Resident]) -> UUID:
    on, group_id = teller.today - timedelta(days=plan.days), new_id()
    posts = ["chair", "secretary", "treasurer", *["member"] * len(members)]
    seats = [
        {"member_id": str(new_id()), "resident_id": str(one.id), "post": post}
        for one, post in zip(members, posts, strict=False)
    ]
    teller.act(
        "enterprises.form_group", on, teller.moment(on, 14), group_id=str(group_id), name=plan.name, trade=plan.trade,
        product=plan.product, decree=f"412/{plan.days}/{on.year}", members=seats,
    )  # fmt: skip
    return group_id


def _train(teller: Teller, members: list[Resident], days_ago: int, title: str) -> None:
    """Two days, so many `days_ago`; one member missed the second and earned nothing."""
    starts, training_id = teller.today - timedelta(days=days_ago), str(new_id())
    teller.act(
        "enterprises.plan_training", starts, teller.moment(starts, 8), training_id=training_id,
        title=title, trainer="Sri Hartati, Dinas Koperasi",
        place="Balai desa", starts_on=starts.isoformat(), hours=12,
    )  # fmt: skip
    given = {"training_id": training_id}
    teller.act(
        "enterprises.invite", starts, teller.moment(starts, 8), **given, resident_ids=[str(one.id) for one in members]
    )
    rows = list(Participant.objects.in_village(teller.plan.code).filter(training_id=training_id).order_by("id"))
    ids = [str(one.id) for one in rows]
    for day, there in ((0, ids), (1, ids[:-1])):
        on = starts + timedelta(days=day)
        teller.act(
            "enterprises.record_day", on, teller.moment(on, 15), **given, day_id=str(new_id()), hours=6,
            participant_ids=there,
        )  # fmt: skip
    last = starts + timedelta(days=1)
    scores = [
        {"participant_id": id, "pre": 35 + 5 * (place % 4), "post": 75 + 5 * (place % 4)}
        for place, id in enumerate(ids)
    ]
    teller.act("enterprises.record_scores", last, teller.moment(last, 16), **given, scores=scores)
    teller.act("enterprises.close_training", last, teller.moment(last, 16), **given)


ANSWERS: tuple[dict[str, Any], ...] = (
    {"will": "now", "skills": ["cooking", "selling"], "trade": "food", "hours": "some", "capital": "small",
     "market": "neighbours"},
    {"will": "now", "skills": ["sewing"], "trade": "sewing", "hours": "many", "capital": "none", "market": "none"},
    {"will": "later", "skills": ["farming"], "hours": "few"},
    {"will": "no"},
    {"will": "now", "skills": ["online"], "trade": "trade", "hours": "few", "capital": "middle", "market": "online"},
)  # fmt: skip


def _ask(teller: Teller, people: list[Resident]) -> None:
    """A few told this month what they can and want; a course is planned, and they are invited."""
    on, training_id = teller.today - timedelta(days=8), str(new_id())
    for one, answer in zip(people, ANSWERS, strict=False):
        teller.act(
            "enterprises.record_potential", on, teller.moment(on, 10), potential_id=str(new_id()),
            resident_id=str(one.id), **answer,
        )  # fmt: skip
    starts = teller.today + timedelta(days=6)
    teller.act(
        "enterprises.plan_training", on, teller.moment(on, 11), training_id=training_id, title="Berjualan lewat HP",
        trainer="Agus Riyanto, Karang Taruna", place="Balai desa", starts_on=starts.isoformat(), hours=8,
    )  # fmt: skip
    willing = [str(one.id) for one, answer in zip(people, ANSWERS, strict=False) if answer["will"] == "now"]
    teller.act("enterprises.invite", on, teller.moment(on, 11), training_id=training_id, resident_ids=willing)


def _who_may_join(teller: Teller) -> list[Resident]:
    """Women of families with somebody abroad and who came back, and their neighbours in turn; always the same ones."""
    code = teller.plan.code
    signals = Signal.objects.filter(village_code=code, until=None, kind__in=("worker_abroad", "returned"))
    born = (teller.today - timedelta(days=55 * 365), teller.today - timedelta(days=22 * 365))
    rows = Resident.objects.in_village(code).filter(life_status="alive", birth_date__range=born, merged_into=None)
    women = rows.filter(sex="F").order_by("name_key", "id")
    near = list(women.filter(household_id__in=signals.values("household_id"))[:12])
    rest = women.exclude(id__in=[one.id for one in near])
    others = [one for first in range(7, 30) for one in rest[first % 23 :: 23]]  # a small village has few
    mixed = [one for pair in zip(near, others, strict=False) for one in pair]
    return [*mixed, *near[len(mixed) // 2 :], *others[len(mixed) // 2 :]]

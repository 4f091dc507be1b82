"""The demo's groups that do business: two in Kuripan, one in Kenanga, one in Camplong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from desmigratif.audit.models import Signal
from desmigratif.demo.stories import Teller
from desmigratif.demo.world import CAMPLONG, KENANGA, KURIPAN
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id


@dataclass(frozen=True, slots=True)
class Plan:
    """A group as the demo tells it: `days` ago it was formed, by so many members."""

    name: str
    trade: str
    product: str
    days: int
    members: int


CRISPS = Plan("Kelompok Sekar Krajan", "food", "Keripik singkong", 400, 8)
BATIK = Plan("Kelompok Batik Sikapat", "sewing", "Kain batik", 380, 6)
CRACKERS = Plan("Kelompok Kerupuk Kenanga", "food", "Kerupuk udang", 390, 7)
WEAVERS = Plan("Kelompok Tenun Nefo", "sewing", "Kain tenun", 370, 6)
PLANS = {KURIPAN.code: (CRISPS, BATIK), KENANGA.code: (CRACKERS,), CAMPLONG.code: (WEAVERS,)}


def tell_groups(teller: Teller) -> None:
    """The groups of a village, with officers and members who mostly come from families of migrants."""
    people = iter(_who_may_join(teller))
    for plan in PLANS.get(teller.plan.code, ()):
        _form(teller, plan, [next(people) for _ in range(plan.members)])


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


def _who_may_join(teller: Teller) -> list[Resident]:
    """Women of families with somebody abroad and who came back, then their neighbours; always the same ones."""
    code = teller.plan.code
    signals = Signal.objects.filter(village_code=code, until=None, kind__in=("worker_abroad", "returned"))
    born = (teller.today - timedelta(days=55 * 365), teller.today - timedelta(days=22 * 365))
    rows = Resident.objects.in_village(code).filter(life_status="alive", birth_date__range=born, merged_into=None)
    women = rows.filter(sex="F").order_by("name_key", "id")
    near = list(women.filter(household_id__in=signals.values("household_id"))[:12])
    others = women.exclude(id__in=[one.id for one in near])
    return [*near, *others[7:500:23]]

"""A group's months: written once, put right, from paper or by the treasurer's link; and its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import FactDelta
from desmigratif.enterprises.models import Baseline, CapitalNeed, GroupEnd, GroupMonth, MonthLink, VisitTask
from desmigratif.enterprises.month_links import holder_of, link_of, token_of
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, TODAY, Village
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
SOLD = {"sales_rupiah": 3_000_000, "cost_rupiah": 1_800_000, "workers": 2, "channels": ["market"]}


def month(village: Village, group_id: UUID, which: date = OCTOBER, **changed: Any) -> UUID:
    id = new_id()
    given = {"month_id": id, "group_id": group_id, "month": which, **SOLD, **changed}
    village.do("record_month", **given)
    return id


def refused(village: Village, group_id: UUID, **changed: Any) -> tuple[str, str]:
    given = {"month_id": new_id(), "group_id": group_id, "month": OCTOBER, **SOLD, **changed}
    return village.refused("record_month", **given)


def fact(code: str) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code)
    return sum(row.numerator for row in rows), sum(row.denominator for row in rows)


@pytest.fixture
def group_id(village: Village) -> UUID:
    return village.group("siti", "wati", "joko")


def test_bad_figures_and_bad_months_are_refused_with_their_field(village: Village, group_id: UUID) -> None:
    assert refused(village, group_id, sales_rupiah=-10_000_000, channels=[]) == ("below_zero", "sales_rupiah")
    assert refused(village, group_id, month=date(2026, 12, 1)) == ("month_in_future", "month")
    assert refused(village, group_id, month=date(2026, 8, 1)) == ("before_group", "month")
    assert refused(village, group_id, cost_rupiah=3_000_000_000) == ("too_much", "cost_rupiah")
    assert not GroupMonth.objects.in_village(KURIPAN).exists()

    month(village, group_id)
    assert refused(village, group_id) == ("month_written", "month")
    assert GroupMonth.objects.in_village(KURIPAN).count() == 1


def test_a_month_is_put_right_and_counted_right(village: Village, group_id: UUID) -> None:
    month(village, group_id, before_rupiah=900_000)
    assert (fact("C7"), fact("C8")) == ((300_000, 1), (2, 0))

    month(village, group_id, cost_rupiah=2_000_000, workers=3, seen=1)
    row = GroupMonth.objects.in_village(KURIPAN).get()

    assert (row.cost_rupiah, row.version, row.channels) == (2_000_000, 2, ["market"])
    assert (fact("C7"), fact("C8")) == ((100_000, 1), (3, 0))
    assert refused(village, group_id, seen=1)[0] == "changed_meanwhile"
    month(village, group_id, SEPTEMBER, before_rupiah=5)
    assert Baseline.objects.in_village(KURIPAN).get().monthly_rupiah == 900_000


def test_a_sheet_comes_in_whole_or_not_at_all(village: Village, group_id: UUID) -> None:
    def row(which: date, **changed: Any) -> dict[str, Any]:
        return {"month_id": new_id(), "month": which, **SOLD, **changed}

    both = [row(SEPTEMBER), row(OCTOBER, sales_rupiah=-1, channels=[])]
    assert village.refused("record_months", group_id=group_id, months=both) == (
        "below_zero", "months.1.sales_rupiah",
    )  # fmt: skip
    twice = village.refused("record_months", group_id=group_id, months=[row(OCTOBER), row(OCTOBER)])
    assert (twice[0], GroupMonth.objects.in_village(KURIPAN).count()) == ("month_twice", 0)

    village.do("record_months", group_id=group_id, months=[row(SEPTEMBER), row(OCTOBER)])
    assert set(GroupMonth.objects.in_village(KURIPAN).values_list("way", flat=True)) == {"paper"}


def test_a_treasurers_link_writes_its_own_group_and_nothing_else(village: Village, group_id: UUID) -> None:
    other, first, second = village.group("tuti", group_name="Kelompok Lain"), new_id(), new_id()
    village.do("make_month_link", group_id=group_id, link_id=first)
    link = link_of(token_of(first).lower().replace("0", "O"))
    assert link is not None
    holder = holder_of(link)
    given = {"month_id": new_id(), "month": OCTOBER, **SOLD, "way": "link", "by": holder}

    assert village.refused("record_month", group_id=other, **given)[0] == "not_found"
    assert (
        village.refused("end_group", by=holder, group_id=group_id, ending_id=new_id(), cause="other")[0] == "not_found"
    )
    village.do("record_month", group_id=group_id, **given)
    assert GroupMonth.objects.in_village(KURIPAN).get().way == "link"

    village.do("make_month_link", group_id=group_id, link_id=second)
    late = {**given, "month_id": new_id(), "month": SEPTEMBER}
    assert village.refused("record_month", group_id=group_id, **late)[0] == "not_found"
    assert MonthLink.objects.in_village(KURIPAN).filter(ended_on=None).get().id == second
    assert link_of("bukan token") is None


def test_a_visit_leaves_tasks_that_the_next_one_finishes(village: Village, group_id: UUID) -> None:
    task, later = new_id(), new_id()
    found = {"group_id": group_id, "findings": "Label belum ada."}
    village.do("record_mentor_visit", visit_id=new_id(), **found, tasks=[{"task_id": task, "text": "Membuat label"}])
    wrong = {"task_id": later, "text": "Foto produk", "due_on": date(2026, 1, 1)}
    assert village.refused("record_mentor_visit", visit_id=new_id(), **found, tasks=[wrong]) == (
        "due_before_visit", "tasks.0.due_on",
    )  # fmt: skip
    assert village.refused("record_mentor_visit", visit_id=new_id(), **found, done=[new_id()])[0] == "not_found"

    village.do("record_mentor_visit", visit_id=new_id(), **found, done=[task])

    assert VisitTask.objects.in_village(KURIPAN).get().done_on == TODAY
    assert fact("C6") == (2, 0)


def test_a_group_ends_for_a_cause_and_its_link_with_it(village: Village, group_id: UUID) -> None:
    month(village, group_id)
    village.do("make_month_link", group_id=group_id, link_id=new_id())
    ending = {"group_id": group_id, "cause": "no_buyers"}
    assert village.refused("end_group", ending_id=new_id(), **ending, on=date(2026, 9, 30)) == ("sold_later", "on")

    village.do("end_group", ending_id=new_id(), **ending)

    assert village.refused("end_group", ending_id=new_id(), **ending)[0] == "closed_already"
    assert MonthLink.objects.in_village(KURIPAN).get().ended_on == TODAY
    assert village.refused("make_month_link", group_id=group_id, link_id=new_id())[0] == "ended"


def test_a_need_of_capital_reaches_the_cooperative_with_its_sum(village: Village) -> None:
    group_id = village.group("siti", "wati", on=date(2026, 6, 1))
    chair = village.chair(group_id)
    asked = {"group_id": group_id, "member_id": chair, "amount_rupiah": 2_000_000, "purpose": "Wajan besar"}
    assert village.refused("ask_for_capital", need_id=new_id(), **asked, place="cooperative") == (
        "months_missing", "place",
    )  # fmt: skip
    for which in (date(2026, 8, 1), SEPTEMBER, OCTOBER):
        month(village, group_id, which)
    assert village.refused("ask_for_capital", need_id=new_id(), **asked, place="uncle")[0] == "unknown_place"

    village.do("ask_for_capital", need_id=new_id(), **asked, place="cooperative")
    handed = HandOver.objects.in_village(KURIPAN).get()

    assert (handed.kind, handed.to_pillar, handed.amount_rupiah, handed.purpose) == (
        "capital_need", "cooperative", 2_000_000, "Wajan besar",
    )  # fmt: skip
    again = village.refused("ask_for_capital", need_id=new_id(), **asked, place="cooperative")
    assert again[0] == "waits_already"
    village.do("ask_for_capital", need_id=new_id(), **asked, place="kur_super_micro")
    assert CapitalNeed.objects.in_village(KURIPAN).filter(hand_over_id=None).count() == 1


def test_what_became_of_money_sent_home_is_told_in_bands(village: Village, group_id: UUID) -> None:
    told = {"member_id": village.chair(group_id), "received": "to_three"}
    more = village.refused("record_remittance", answer_id=new_id(), **told, used={"saving": "above_five"})
    other = village.refused("record_remittance", answer_id=new_id(), **told, used={"gold": "to_half"})
    assert (more, other[0]) == (("more_than_received", "saving"), "unknown_use")

    village.do("record_remittance", answer_id=new_id(), **told, used={"enterprise": "to_one", "saving": "to_half"})

    assert fact("C9") == (1_000_000, 2_000_000)


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("enterprises.record_month", {"month_id": new_id(), "month": OCTOBER, **SOLD}),
        ("enterprises.record_months", {"months": [{"month_id": new_id(), "month": OCTOBER, **SOLD}]}),
        ("enterprises.make_month_link", {"link_id": new_id(), "on": TODAY}),
        ("enterprises.record_mentor_visit", {"visit_id": new_id(), "findings": "Baik saja", "on": TODAY}),
        ("enterprises.end_group", {"ending_id": new_id(), "cause": "other", "on": TODAY}),
        (
            "enterprises.ask_for_capital",
            {
                "need_id": new_id(),
                "amount_rupiah": 1_000_000,
                "purpose": "Bahan",
                "place": "kur_super_micro",
                "on": TODAY,
            },
        ),
        ("enterprises.record_remittance", {"answer_id": new_id(), "received": "none", "used": {}, "on": TODAY}),
    ],
)
def test_a_stranger_and_who_only_looks_write_no_month_and_no_visit(
    village: Village, group_id: UUID, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    verb, about = action.partition(".")[2], {"group_id": group_id}
    if verb in ("ask_for_capital", "record_remittance"):
        given = {**given, "member_id": village.chair(group_id)}
    if verb == "record_remittance":
        about = {}
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    other = person(new_id(), "Pendamping lain", ("enterprise_mentor", KENANGA))

    for somebody in (stranger, head, other):
        assert village.refused(verb, by=somebody, **given, **about)[0] == "not_found"

    assert not GroupMonth.objects.in_village(KURIPAN).exists()
    assert not GroupEnd.objects.in_village(KURIPAN).exists()
    assert not MonthLink.objects.in_village(KURIPAN).exists()

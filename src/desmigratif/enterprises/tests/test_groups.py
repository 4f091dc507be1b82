"""Groups: formed together, joined, left, and nobody's business in another village."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import FactDelta, TimelineEntry
from desmigratif.enterprises.models import Group, GroupEnd, Member
from desmigratif.enterprises.rules.groups import reasons_not_to_form, tie_of
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, TODAY, Village
from desmigratif.people.models import HandOver
from desmigratif.people.queries.hand_overs import waiting_for
from desmigratif.shared.ids import new_id


@pytest.mark.parametrize(
    ("is_back", "relation", "abroad", "tie"),
    [
        (True, "wife", {"head"}, "returnee"),
        (False, "wife", {"head"}, "spouse"),
        (False, "child", {"head"}, "child"),
        (False, "head", {"wife"}, "spouse"),
        (False, "head", {"child"}, "parent"),
        (False, "wife", {"child"}, "parent"),
        (False, "child", {"wife"}, "child"),
        (False, "grandchild", {"child"}, "family"),
        (False, "head", {""}, "family"),
        (False, "head", set(), "none"),
    ],
)
def test_the_register_proposes_how_somebody_is_tied_to_a_migrant(
    is_back: bool, relation: str, abroad: set[str], tie: str
) -> None:
    assert tie_of(is_back=is_back, relation=relation, abroad=frozenset(abroad)) == tie


def test_a_group_has_one_chair_one_treasurer_and_a_trade_that_is_known() -> None:
    reasons = reasons_not_to_form(
        trade="gold_mine", posts=["chair", "chair", "member", "member"], name_is_taken=True, on=TODAY
    )

    assert [one.code for one in reasons] == ["unknown_trade", "name_taken", "post_twice"]


def test_a_group_is_formed_with_its_members_and_counted(village: Village) -> None:
    group_id = village.group("siti", "wati", "joko")

    ties = {one.resident_id: one.tie for one in Member.objects.in_village(KURIPAN).filter(group_id=group_id)}
    assert [ties[village.people[name]] for name in ("siti", "wati", "joko")] == ["spouse", "returnee", "none"]
    sums: dict[str, tuple[int, int]] = {}
    for fact in FactDelta.objects.filter(code__startswith="C"):
        n, d = sums.get(fact.code, (0, 0))
        sums[fact.code] = (n + fact.numerator, d + fact.denominator)
    assert sums == {"C1": (0, 1), "C3": (2, 3), "C4": (2, 3)}
    siti = TimelineEntry.objects.get(kind="enterprise.joined", resident_id=village.people["siti"])
    assert siti.params == {"group": "Kelompok Melati", "post": "chair"}


def test_nobody_is_in_a_group_twice_and_no_post_is_held_twice(village: Village) -> None:
    group_id = village.group("siti", "wati")
    join = {"group_id": group_id, "member_id": new_id()}

    twice = village.refused("join_group", resident_id=village.people["siti"], **join)
    held = village.refused("join_group", resident_id=village.people["joko"], post="chair", **join)
    early = village.refused("join_group", resident_id=village.people["joko"], on=date(2026, 8, 1), **join)

    assert twice == ("in_already", "resident_id")
    assert held == ("post_held", "post")
    assert early == ("before_group", "on")
    assert Member.objects.in_village(KURIPAN).count() == 2


def test_who_left_may_come_back_and_is_counted_once(village: Village) -> None:
    group_id = village.group("siti", "joko")
    member = Member.objects.in_village(KURIPAN).get(resident_id=village.people["joko"])

    village.do("leave_group", member_id=member.id, because="other_work", on=date(2026, 10, 1))
    again = village.refused("leave_group", member_id=member.id, because="other_work")
    joko = village.people["joko"]
    village.do("join_group", group_id=group_id, member_id=new_id(), resident_id=joko, post="treasurer")

    assert again[0] == "left_already"
    assert FactDelta.objects.filter(code="C3", key=str(joko)).count() == 1
    assert Member.objects.in_village(KURIPAN).standing().get(resident_id=joko).post == "treasurer"


def test_a_group_that_ended_takes_nobody_in_and_offers_nothing(village: Village) -> None:
    group_id = village.group("siti")
    GroupEnd.objects.create(village_code=KURIPAN, group_id=group_id, on=TODAY, cause="market")

    joined = village.refused("join_group", group_id=group_id, member_id=new_id(), resident_id=village.people["wati"])
    sold = village.refused(
        "record_product", group_id=group_id, product_id=new_id(), photo_id=new_id(), name="Kue", unit="kotak",
        price_rupiah=1,
    )  # fmt: skip

    assert (joined[0], sold[0]) == ("group_ended", "group_ended")


def test_a_corrected_tie_corrects_the_count(village: Village) -> None:
    village.group("joko")
    member = Member.objects.in_village(KURIPAN).get()

    village.do("change_member", member_id=member.id, post="chair", tie="parent")

    assert sum(fact.numerator for fact in FactDelta.objects.filter(code="C3")) == 1


def test_a_name_is_used_once_in_a_village(village: Village) -> None:
    village.group("siti")

    assert village.refused("form_group", group_id=new_id(), name="kelompok melati", trade="food") == (
        "name_taken", "name",
    )  # fmt: skip
    assert Group.objects.in_village(KURIPAN).count() == 1


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("enterprises.form_group", {"group_id": new_id(), "name": "Kelompok Lain", "trade": "food"}),
        ("enterprises.join_group", {"member_id": new_id()}),
        ("enterprises.leave_group", {"because": "own_wish"}),
        ("enterprises.change_member", {"post": "member", "tie": "none"}),
    ],
)
def test_a_stranger_and_who_only_looks_change_no_group(
    village: Village, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    group_id = village.group("siti")
    member = Member.objects.in_village(KURIPAN).get()
    if action.endswith(("leave_group", "change_member")):
        given = {**given, "member_id": member.id}
    if action.endswith("join_group"):
        given = {**given, "group_id": group_id, "resident_id": village.people["wati"]}
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    other = person(new_id(), "Pendamping lain", ("enterprise_mentor", KENANGA))

    for somebody in (stranger, head, other):
        assert village.refused(action.partition(".")[2], by=somebody, **given)[0] == "not_found"

    member.refresh_from_db()
    assert member.until is None
    assert Group.objects.in_village(KURIPAN).count() == 1


def test_a_family_handed_over_waits_for_the_mentor(village: Village) -> None:
    siti = village.resident("siti")
    HandOver.objects.create(
        village_code=KURIPAN, household=siti.household, resident=siti, kind="spouse_training",
        from_pillar="service_centre", to_pillar="enterprise", on=TODAY,
    )  # fmt: skip

    assert [one.name for one in waiting_for(village.mentor, "enterprise")] == ["Siti Aminah"]


def test_a_mentor_forms_a_group_and_finds_a_member_by_name(village: Village, enter: Callable[..., Client]) -> None:
    browser = enter("enterprise_mentor")
    at = reverse("enterprises:form_group")
    fields = browser.get(at).context["form"]
    ids = {name: fields[name].value() for name in ("act_id", "record_id")}

    made = browser.post(at, {**ids, "name": "Kelompok Mawar", "trade": "sewing", "on": "20-11-2026"})
    page = browser.get(made["Location"]).content.decode()
    join = reverse("enterprises:join_group", args=[ids["record_id"]])
    found = browser.get(join, {"cari": "siti"}).content.decode()

    assert "Jahit, batik, dan tenun, sejak 20 November 2026" in page
    assert f"?warga={village.people['siti']}" in found
    assert "Siti Aminah" in found
    assert browser.get(reverse("people:resident", args=[village.people["siti"]])).status_code == 404
    assert "Kelompok Mawar" in browser.get(reverse("enterprises:groups")).content.decode()


def test_pages_of_groups_ask_few_questions(
    village: Village, enter: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    group_id = village.group("siti", "wati", "joko", "tuti", "rini")
    browser = enter("village_head")
    for address in (reverse("enterprises:groups"), reverse("enterprises:group", args=[group_id])):
        browser.get(address)
        with django_assert_max_num_queries(20):
            assert browser.get(address).status_code == 200

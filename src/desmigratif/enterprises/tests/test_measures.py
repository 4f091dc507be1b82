"""What the records of groups say of the indicators: reckoned, recounted, and both the same."""

from __future__ import annotations

from datetime import date

from desmigratif.enterprises.measures import reckon, recount
from desmigratif.enterprises.models import Group, Member
from desmigratif.enterprises.tests.conftest import KURIPAN, TODAY, Village
from desmigratif.enterprises.tests.test_months import OCTOBER, SEPTEMBER, fact, month
from desmigratif.people.models import Resident


def recounted(code: str, on: date = TODAY) -> tuple[int, int]:
    return recount([KURIPAN], TODAY).get((KURIPAN, on.replace(day=1), code), (0, 0))


def test_a_group_that_sold_within_three_months_is_active_and_one_that_never_did_is_not(village: Village) -> None:
    group = village.group("siti", "wati")
    assert reckon(KURIPAN, TODAY)["C1"] == (0, 1) == recounted("C1")

    month(village, group, SEPTEMBER)
    assert reckon(KURIPAN, TODAY)["C1"] == (1, 1) == recounted("C1")
    assert reckon(KURIPAN, date(2027, 1, 1))["C1"] == (0, 1)


def test_a_group_comes_of_age_alive_or_not_in_its_month(village: Village) -> None:
    group = village.group("siti", "wati")
    month(village, group, SEPTEMBER)
    Group.objects.in_village(KURIPAN).update(formed_on=date(2025, 10, 20))

    said = reckon(KURIPAN, TODAY)
    assert (said["C2:2026-10"], said["C2.12:2026-10"], "C2.24:2027-10" in said) == ((1, 1), (1, 1), False)
    assert recounted("C2", OCTOBER) == (1, 1)


def test_whoever_is_in_two_groups_benefits_once_and_is_of_a_migrants_family_by_either(village: Village) -> None:
    village.group("siti", "joko")
    first = Member.objects.in_village(KURIPAN).get(resident_id=village.people["joko"])
    second = Group.objects.create(village_code=KURIPAN, name="Kelompok Kenari", trade="food", formed_on=first.since)
    Member.objects.create(
        village_code=KURIPAN, group=second, resident=first.resident, post="chair", tie="parent", since=first.since
    )

    said = reckon(KURIPAN, TODAY)
    assert (said["C3"], said["C4"]) == ((2, 2), recounted("C4"))
    assert recounted("C3") == (2, 2)

    siti = Resident.objects.in_village(KURIPAN).get(id=village.people["siti"])
    Resident.objects.in_village(KURIPAN).filter(id=first.resident_id).update(merged_into=siti, life_status="invalid")
    assert reckon(KURIPAN, TODAY)["C3"] == (1, 1) == recounted("C3")


def test_months_written_before_anybody_said_what_was_earned_before_count_from_then_on(village: Village) -> None:
    group = village.group("siti", "wati", "joko")
    month(village, group, SEPTEMBER)
    assert fact("C7") == (0, 0)

    month(village, group, OCTOBER, before_rupiah=900_000)
    month(village, group, SEPTEMBER, cost_rupiah=2_000_000, seen=1)

    assert fact("C7") == (100_000 + 300_000, 2)
    assert (recounted("C7", SEPTEMBER), recounted("C7", OCTOBER)) == ((100_000, 1), (300_000, 1))

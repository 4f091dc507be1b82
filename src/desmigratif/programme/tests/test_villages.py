"""A village in a programme: named by a decree, its steps, when support ends, and nobody else's business."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event, FactDelta
from desmigratif.programme.models import ProgrammeVillage, VillageStep
from desmigratif.programme.rules import ending
from desmigratif.programme.rules import steps as rules
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

KURIPAN = "33.07.10.2004"
DECREED = date(2023, 11, 1)
PILLARS = ("service_centre", "enterprise", "parenting", "cooperative")
GIVEN: dict[str, dict[str, Any]] = {
    "programme.join_programme": {
        "membership_id": new_id(), "programme": "emas", "decree": "SK 1/2026", "on": "2026-11-01",
    },
    "programme.record_step": {"membership_id": None, "step": "training", "on": "2026-11-01"},
    "programme.leave_programme": {"membership_id": None, "because": "inactive", "on": "2026-11-01"},
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def coordinator(places: None) -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


@pytest.fixture
def village(coordinator: Actor, now: datetime) -> UUID:
    return joined(coordinator, now)


def joined(by: Actor, now: datetime, on: date = DECREED) -> UUID:
    id = new_id()
    act(by, now, "join_programme", membership_id=id, programme="desmigratif", decree="SK 59/2023", on=on)
    return id


def act(by: Actor, now: datetime, name: str, **given: Any) -> None:
    do(by, f"programme.{name}", {"village_code": KURIPAN, **given}, now=now, act_id=new_id())


def refused(by: Actor, now: datetime, name: str, **given: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        act(by, now, name, **given)
    return refusal.value.reasons[0].code, refusal.value.reasons[0].field


def facts() -> dict[str, int]:
    return {code: FactDelta.objects.filter(code=code).count() for code in ("F1", "F2", "F8")}


@pytest.mark.parametrize(
    ("today", "year"), [("2023-11-01", 1), ("2024-10-31", 1), ("2024-11-01", 2), ("2026-11-01", 4)]
)
def test_the_year_of_support_turns_on_the_day_of_the_decree(today: str, year: int) -> None:
    assert rules.year_of_support(DECREED, date.fromisoformat(today)) == year


def test_support_ends_three_years_after_the_decree_and_for_some_programmes_never() -> None:
    assert rules.support_ends(DECREED, 3) == date(2026, 11, 1)
    assert rules.support_ends(DECREED, 0) is None


def test_the_next_step_is_the_first_whose_time_has_come() -> None:
    known = rules.steps_on(DECREED)
    before_exit = {step.code for step in known if not step.from_month and step.code != "replication"}

    early = rules.next_step(known, before_exit, DECREED, date(2025, 10, 31))
    ripe = rules.next_step(known, before_exit, DECREED, date(2025, 11, 1))

    assert early is not None
    assert ripe is not None
    assert (early.code, ripe.code) == ("replication", "exit_assessment")
    assert rules.overdue(known, before_exit, DECREED, date(2025, 10, 31)) == []
    assert [one.code for one in rules.overdue(known, before_exit, DECREED, date(2025, 11, 1))] == ["exit_assessment"]


def test_an_assessment_asks_what_keeps_a_village_going_when_support_ends() -> None:
    known = rules.steps_on(DECREED)
    pillars = {step.code for step in known if step.is_pillar}

    whole = ending.signs(known, pillars | set(ending.PAPERS), officers=(2, 2), reviews=(2, 2))
    assert all(one.holds for one in whole)
    short = ending.signs(known, pillars - {"cooperative"} | {"budget_line"}, officers=(1, 2), reviews=(2, 2))
    assert [(one.have, one.due) for one in short if not one.holds] == [(3, 4), (0, 1), (1, 2)]
    assert not ending.is_ripe(known, DECREED, date(2025, 10, 31))
    assert ending.is_ripe(known, DECREED, date(2025, 11, 1))


def test_a_decree_names_a_village_once_for_each_programme(village: UUID, coordinator: Actor, now: datetime) -> None:
    given = {"membership_id": new_id(), "decree": "SK 2", "on": date(2025, 6, 25)}

    assert refused(coordinator, now, "join_programme", programme="desmigratif", **given) == ("in_already", "programme")
    assert refused(coordinator, now, "join_programme", programme="tidak", **given) == ("unknown_programme", "programme")
    act(coordinator, now, "join_programme", programme="emas", **given)

    assert ProgrammeVillage.objects.in_village(KURIPAN).standing().count() == 2
    assert facts() == {"F1": 1, "F2": 0, "F8": 0}


def test_a_village_in_two_programmes_is_one_village_in_every_year(
    village: UUID, coordinator: Actor, now: datetime
) -> None:
    second = new_id()
    steps = (*PILLARS, "village_regulation")
    for step in steps:
        act(coordinator, now, "record_step", membership_id=village, step=step, on=date(2024, 5, 1))
    act(coordinator, now, "join_programme", programme="emas", membership_id=second, decree="SK 2", on=date(2025, 6, 25))
    for step in steps:
        act(coordinator, now, "record_step", membership_id=second, step=step, on=date(2025, 9, 1))

    assert facts() == {"F1": 1, "F2": 1, "F8": 1}


def test_four_pillars_and_a_regulation_are_counted_once(village: UUID, coordinator: Actor, now: datetime) -> None:
    for step in PILLARS[:3]:
        act(coordinator, now, "record_step", membership_id=village, step=step, on=date(2024, 2, 1))
    assert facts()["F2"] == 0

    act(coordinator, now, "record_step", membership_id=village, step=PILLARS[3], on=date(2024, 5, 1))
    act(coordinator, now, "record_step", membership_id=village, step="village_regulation", on=date(2024, 6, 1))
    act(
        coordinator,
        now,
        "record_step",
        membership_id=village,
        step=PILLARS[3],
        on=date(2024, 5, 2),
        reason="Salah tulis",
    )

    assert facts() == {"F1": 1, "F2": 1, "F8": 1}
    corrected = VillageStep.objects.in_village(KURIPAN).get(step=PILLARS[3])
    assert corrected.on == date(2024, 5, 2)
    assert Event.objects.filter(event="programme.step_corrected").count() == 1


def test_a_step_keeps_its_order_in_time_and_is_not_changed_in_silence(
    village: UUID, coordinator: Actor, now: datetime
) -> None:
    step = {"membership_id": village, "step": "training", "on": date(2024, 1, 10)}
    act(coordinator, now, "record_step", **step)

    assert refused(coordinator, now, "record_step", **step)[0] == "recorded_already"
    other = {**step, "on": date(2024, 1, 11)}
    assert refused(coordinator, now, "record_step", **other) == ("reason_needed", "reason")
    before = {**step, "step": "equipment", "on": date(2023, 10, 31)}
    assert refused(coordinator, now, "record_step", **before) == ("too_early", "on")
    exit_early = {**step, "step": "exit_assessment", "on": date(2025, 10, 31)}
    assert refused(coordinator, now, "record_step", **exit_early) == ("too_early", "on")
    assert refused(coordinator, now, "record_step", **{**step, "step": "tidak"}) == ("unknown_step", "step")
    tomorrow = {**step, "step": "equipment", "on": date(2026, 11, 24)}
    assert refused(coordinator, now, "record_step", **tomorrow) == ("day_in_future", "on")


def test_who_left_takes_no_more_steps_and_may_be_named_again(village: UUID, coordinator: Actor, now: datetime) -> None:
    leave = {"membership_id": village, "on": date(2026, 11, 2)}
    assert refused(coordinator, now, "leave_programme", because="tidak", **leave) == ("unknown_reason", "because")
    act(coordinator, now, "leave_programme", because="independent", **leave)

    step = {"membership_id": village, "step": "training", "on": date(2026, 11, 3)}
    assert refused(coordinator, now, "record_step", **step)[0] == "left_already"
    assert refused(coordinator, now, "leave_programme", because="inactive", **leave)[0] == "left_already"
    assert (
        refused(
            coordinator,
            now,
            "join_programme",
            membership_id=new_id(),
            programme="desmigratif",
            decree="SK 60",
            on=date(2026, 11, 3),
        )[0]
        == "not_deliberated"
    )
    joined(coordinator, now, date(2025, 11, 3))
    assert ProgrammeVillage.objects.in_village(KURIPAN).standing().count() == 1


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_stranger_learns_and_changes_nothing(
    village: UUID, coordinator: Actor, officer: Actor, now: datetime, name: str
) -> None:
    other = person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12"))
    payload = {"village_code": KURIPAN, **{key: value or village for key, value in GIVEN[name].items()}}
    before = (ProgrammeVillage.objects.everywhere().count(), VillageStep.objects.everywhere().count())

    for by in (other, officer):
        with pytest.raises(Refusal) as refusal:
            do(by, name, payload, now=now, act_id=new_id())
        assert [one.code for one in refusal.value.reasons] == [NotFoundOrNotYours.code]

    assert (ProgrammeVillage.objects.everywhere().count(), VillageStep.objects.everywhere().count()) == before
    assert ProgrammeVillage.objects.everywhere().get(id=village).left_on is None


def browser(role: str, region: str) -> Client:
    user = User.objects.create(username=role, name=role)
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return signed_in_browser(user)


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_coordinator_names_a_village_and_writes_its_first_step(coordinator: Actor, now: datetime) -> None:
    desk = browser("regency_coordinator", "33.07")
    assert desk.get(reverse("programme:join_programme"))["Location"].startswith("/wilayah/pilih/?sampai=4&di=33.07")
    path = f"{reverse('programme:join_programme')}?wilayah={KURIPAN}"
    form = desk.get(path).context["form"]
    sent = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "programme": "desmigratif"}

    answer = desk.post(path, {**sent, "decree": "SK 59/2023", "on": "01-11-2023"})

    page = said(desk, answer["Location"])
    assert "0 dari 13 langkah" in page
    assert "selesai 1 November 2026" in page
    assert "Petugas yang punya akun</dt><dd>0 dari 2" in page
    assert "Siap berjalan sendiri?" in page and "bahan pembinaan lanjutan" in page
    step = f"{answer['Location']}training/"
    form = desk.get(step).context["form"]
    assert desk.post(step, {"act_id": form["act_id"].value(), "on": "10-01-2024", "paper": ""}).status_code == 302
    assert "1 dari 13 langkah" in said(desk, answer["Location"])
    listed = said(desk, reverse("programme:villages"))
    assert "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo" in listed
    assert "Penilaian sebelum pendampingan selesai belum" in listed


def test_a_village_sees_its_own_way_and_writes_nothing(village: UUID) -> None:
    head = browser("village_head", KURIPAN)
    path = reverse("programme:programme_village", args=[village])

    assert "Keluar dari program" not in said(head, path)
    assert head.get(f"{path}training/").status_code == 404
    assert browser("ministry_analyst", "32").get(path).status_code == 404


def test_a_village_outside_the_region_cannot_be_named(places: None) -> None:
    desk = browser("regency_coordinator", "33.07")

    for code in ("32.12.16.2004", "99.99.99.9999", "tidak"):
        assert desk.get(f"{reverse('programme:join_programme')}?wilayah={code}").status_code == 404

"""Families of migrants and their cooperative: who stays at home joins it, says what it may know, and is handed over."""

from __future__ import annotations

from datetime import timedelta

from desmigratif.audit.models import Signal
from desmigratif.cooperative.models import Member
from desmigratif.demo.centre.affairs import grown_ups
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.cooperative.affairs import Neighbour
from desmigratif.people.models import Resident
from desmigratif.people.queries.sharing import COOPERATIVE
from desmigratif.people.rules.consent import purposes_on
from desmigratif.people.sealing import open_nik
from desmigratif.shared.ids import new_id

AT_HOME = 4


def those_at_home(teller: Teller) -> list[Neighbour]:
    """Grown-ups of families with somebody abroad; they agree that the cooperative may know how the family stands."""
    signals = Signal.objects.filter(
        village_code=teller.plan.code, until__isnull=True, kind__in=("worker_abroad", "unpaid_wage_case")
    )
    born_before = teller.today - timedelta(days=20 * 366)
    rows = Resident.objects.in_village(teller.plan.code).filter(
        household_id__in=signals.values("household_id"), life_status="alive", birth_date__lt=born_before
    )
    found: list[Neighbour] = []
    for one in rows.exclude(nik_index="").order_by("birth_date", "id"):
        nik = open_nik(one)
        if nik is None or len(found) == AT_HOME:
            continue
        _agrees(teller, one)
        name = one.name.title()
        found.append(Neighbour({"name": name, "nik": nik, "birth_date": one.birth_date, "sex": one.sex}))
    return found


def _agrees(teller: Teller, one: Resident) -> None:
    on = teller.today - timedelta(days=20)
    teller.act(
        "people.record_consent", on, teller.moment(on, 9), consent_id=str(new_id()), resident_id=str(one.id),
        purpose=COOPERATIVE, given=True, given_by="self", text_version=purposes_on(on)[COOPERATIVE].text_version,
    )  # fmt: skip


def hand_over_to_cooperative(teller: Teller) -> None:
    """Two families wait for the cooperative: one plans to save what is sent home, one needs capital."""
    members = Member.objects.in_village(teller.plan.code).filter(resident__isnull=False).select_related("resident")
    known = [one.resident for one in members.order_by("-number")[:1] if one.resident is not None]
    for one, kind in zip((*known, *grown_ups(teller, 1, skip=70)), ("saving_plan", "capital_need"), strict=True):
        on = teller.today - timedelta(days=2)
        teller.act(
            "people.hand_over_household", on, teller.moment(on, 11), hand_over_id=str(new_id()), kind=kind,
            household_id=str(one.household_id), resident_id=str(one.id),
        )  # fmt: skip

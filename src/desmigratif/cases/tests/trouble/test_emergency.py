"""Somebody without a name on them is brought home; who looks leaves a trace, and sees what that takes and no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files
from uuid import UUID

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from desmigratif.access.actor import person
from desmigratif.audit.models import Event, EventSubject
from desmigratif.cases.queries.trouble.emergency import searches_of
from desmigratif.cases.rules.trouble.emergency import purposes_on, reasons_not_to_search
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.cases.tests.papers.test_papers import photo
from desmigratif.documents.models import VillageOffice
from desmigratif.people.rules.names import later_words
from desmigratif.people.tasks import count_name_words
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/emergency.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 23)
SEARCH = {"purpose": "body", "name": "siti amniah"}


def all_examples_hold() -> bool:
    def may(searched: int) -> bool:
        return not reasons_not_to_search(name="Siti", passport="", purpose="body", searched=searched, today=TODAY)

    try:
        since = {versions[0].since for versions in dated.subject("emergency").values()}
        counted = {searched: may(searched) for searched in EXAMPLES["boleh"]}
        return (since, dict(purposes_on(TODAY)), counted) == (
            {EXAMPLES["sejak"]}, EXAMPLES["keperluan"], EXAMPLES["boleh"],
        )  # fmt: skip
    except NoValueOnDate:
        return False


def test_the_worked_examples_of_emergencies_hold_and_no_value_is_wrong_unnoticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all_examples_hold()
    tried, missed = unnoticed(monkeypatch, "emergency", all_examples_hold)
    assert (tried >= 10, missed) == (True, [])


@pytest.fixture
def siti(family: Family, now: datetime) -> Family:
    family.siti.name_key_2, family.siti.name_key_3 = later_words(family.siti.name_key)
    family.siti.save()
    count_name_words(now)
    return family


@pytest.fixture
def far(places: None, morning: None) -> Client:
    """A protection officer of another province."""
    return signed_in("protection_officer", "32.12")


def search(client: Client, **more: str) -> str:
    return client.post(reverse("cases:emergency_search"), {**SEARCH, **more}).content.decode()


def test_a_far_office_finds_the_village_and_not_the_family(
    far: Client, siti: Family, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    VillageOffice.objects.create(
        village_code="33.07.10.2004", address="Jalan Balai Desa 1", phone="0286 000101", head_name="Suwarno Hadi",
        letter_code="DS-KRP",
    )  # fmt: skip
    search(far)
    with django_assert_max_num_queries(18):
        text = search(far)

    assert "Siti Aminah" in text
    assert "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo" in text
    assert "0286 000101" in text
    for hidden in ("Krajan", "Budi Santoso", str(siti.household.id), "21 April"):
        assert hidden not in text


def test_a_coordinator_of_the_regency_goes_on_to_the_family(morning: None, siti: Family) -> None:
    text = search(signed_in("regency_coordinator", "33.07"))

    assert reverse("people:household", args=[siti.household.id]) in text


def test_each_search_is_in_the_memory_with_its_purpose_and_whom_it_found(far: Client, siti: Family) -> None:
    search(far)

    event = Event.objects.get(event="emergency.searched")
    assert (event.village_code, event.details["purpose"], event.details["found"]) == ("32.12", "body", 1)
    assert EventSubject.objects.filter(event=event, subject_id=siti.siti.id).exists()
    assert "siti" not in str(event.details)


def test_without_its_trace_nobody_is_shown(far: Client, siti: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desmigratif.cases.views.trouble.emergency.reads.opened", lambda *_args, **_more: False)

    text = search(far)

    assert "Siti Aminah" not in text
    assert "belum bisa dicatat" in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"purpose": ""}, "Pilih untuk apa pencarian ini."),
        ({"name": ""}, "Tulis nama atau nomor paspornya."),
        ({"name": "Tidak Pernah Ada"}, "Belum ada yang cocok"),
    ],
)
def test_what_is_missing_is_said(far: Client, siti: Family, more: dict[str, str], said: str) -> None:
    assert said in search(far, **more)


def test_nobody_harvests_names(far: Client, siti: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desmigratif.cases.views.trouble.emergency.searches_of", lambda *_: 60)

    text = search(far)

    assert "Sudah 60 pencarian dalam satu jam." in text
    assert "Siti Aminah" not in text
    assert not Event.objects.filter(event="emergency.searched").exists()


def test_searches_of_the_last_hour_are_counted_by_person(far: Client, siti: Family, now: datetime) -> None:
    search(far)
    search(far)
    (actor_id,) = set(Event.objects.filter(event="emergency.searched").values_list("actor_id", flat=True))
    by = person(UUID(actor_id), "Petugas", ("protection_officer", "32.12"))

    assert searches_of(by, now + timedelta(minutes=59)) == 2
    assert searches_of(by, now + timedelta(minutes=61)) == 0
    assert searches_of(person(new_id(), "Lain", ("protection_officer", "32.12")), now) == 0


def test_a_passport_on_a_paper_finds_its_person_and_a_photo_is_seen_with_a_trace(
    far: Client, siti: Family, doing: Doing, case_id: str
) -> None:
    paper = {"case_id": case_id, "seen": 0}
    for kind, more in (("passport", {"number": "E 765.4321"}), ("photo", {"picture": photo()})):
        ids = {"paper_id": str(new_id()), "copy_id": str(new_id())}
        doing("cases.record_paper", **paper, **ids, kind=kind, **more)
    text = search(far, name="", passport="e7654321")
    assert "Siti Aminah" in text

    address = next(part for part in text.split('"') if part.startswith("/pelayanan/darurat/foto/"))
    answer = far.get(address)

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
    event = Event.objects.get(event="emergency.photo_seen")
    assert EventSubject.objects.filter(event=event, subject_id=siti.siti.id).exists()


def test_a_paper_that_is_no_photo_is_not_opened_so(far: Client, siti: Family, doing: Doing, case_id: str) -> None:
    paper_id = str(new_id())
    doing(
        "cases.record_paper", case_id=case_id, seen=0, paper_id=paper_id, kind="ktp", copy_id=str(new_id()),
        picture=photo(), number="3307",
    )  # fmt: skip
    assert far.get(reverse("cases:emergency_photo", args=[paper_id])).status_code == 404


@pytest.mark.parametrize("role", ["village_officer", "village_head"])
def test_a_village_does_not_search_the_country(morning: None, siti: Family, role: str) -> None:
    client = signed_in(role)
    assert client.get(reverse("cases:emergency_search")).status_code == 404
    assert client.post(reverse("cases:emergency_search"), SEARCH).status_code == 404

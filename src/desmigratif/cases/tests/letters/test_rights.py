"""The right to an answer: a clock, lawful refusals only, objections that the regency answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event, FactDelta, TimelineEntry
from desmigratif.cases.models import LetterRequest, Objection
from desmigratif.cases.rules.letters import rights
from desmigratif.cases.tests.before.test_journey_steps import check, cleared, codes
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan, main_buttons, send
from desmigratif.shared import dated
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 11, 23)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/rights.yaml").read_text(encoding="utf-8")
)


def all_true() -> bool:
    try:
        firsts = {name: versions[0].since for name, versions in dated.subject("rights").items()}
        grounds = {
            g.code: [g.label, g.citation, g.status, list(g.stands_on), g.way_out] for g in rights.grounds_on(TODAY)
        }
        clocks = [[day, rights.letter_due(day), rights.objection_due(day)] for day, _, _ in SAID["batas"]]
        return (
            firsts.pop("refusals") == SAID["mulai_menurut_hukum"]
            and set(firsts.values()) == {SAID["mulai"]}
            and grounds == SAID["alasan"]
            and clocks == SAID["batas"]
        )
    except (LookupError, TypeError):
        return False


def test_clocks_and_grounds_are_as_the_examples_say() -> None:
    assert all_true()


def test_no_value_of_the_rights_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "rights", all_true)

    assert tried > 60
    assert missed == []


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def regency(places: None) -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


def ask(doing: Doing, case_id: str) -> str:
    request_id = str(new_id())
    doing("cases.ask_for_letter", request_id=request_id, case_id=case_id)
    return request_id


def refuse(family: Family, doing: Doing, case_id: str) -> str:
    """Asked, and answered: the family did not give its permission."""
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, permission="refused")
    request_id = ask(doing, case_id)
    doing("cases.refuse_letter", request_id=request_id, reason="permission_not_given")
    return request_id


def object_to(doing: Doing, request_id: str, **changes: Any) -> str:
    objection_id = str(new_id())
    doing("cases.make_objection", objection_id=objection_id, request_id=request_id, **changes)
    return objection_id


def later(officer: Actor, name: str, day: int, **payload: Any) -> dict[str, Any]:
    content = {"village_code": KURIPAN, "on": f"2026-11-{day}", **payload}
    return do(officer, name, content, now=datetime(2026, 11, day, 3, tzinfo=UTC), act_id=new_id())


def test_asking_starts_a_clock_of_two_working_days(family: Family, doing: Doing, case_id: str) -> None:
    request_id = ask(doing, case_id)

    assert kuripan(LetterRequest).get().due_on == date(2026, 11, 25)
    assert codes(lambda: ask(doing, case_id)) == ["already_asked"]
    assert request_id


def test_the_letter_answers_the_request_in_time(family: Family, doing: Doing, office: None, case_id: str) -> None:
    ask(doing, case_id)

    cleared(family, doing, case_id)

    assert kuripan(LetterRequest).get().issued_on == TODAY
    fact = FactDelta.objects.get(code="LETTER_ANSWERED")
    assert (fact.numerator, fact.denominator) == (1, 1)
    assert codes(lambda: ask(doing, case_id)) == ["letter_stands"]


def test_nobody_refuses_for_a_condition_that_is_not_there(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    request_id = ask(doing, case_id)

    for reason in ("under_age", "offer_stopped", "permission_not_given", "biaya_administrasi"):
        assert codes(lambda: doing("cases.refuse_letter", request_id=request_id, reason=reason)) == [  # noqa: B023
            "no_lawful_ground"
        ]
    check(doing, case_id, visa="umrah")
    doing("cases.refuse_letter", request_id=request_id, reason="offer_stopped")

    assert kuripan(LetterRequest).get().refused_because == "offer_stopped"
    assert codes(lambda: doing("cases.refuse_letter", request_id=request_id, reason="offer_stopped")) == [
        "already_answered"
    ]


def test_silence_can_be_objected_to_from_the_day_after(
    family: Family, doing: Doing, officer: Actor, case_id: str
) -> None:
    request_id = ask(doing, case_id)
    assert codes(lambda: object_to(doing, request_id)) == ["still_in_time"]
    given = {"objection_id": str(new_id()), "request_id": request_id}
    assert codes(lambda: later(officer, "cases.make_objection", 25, **given)) == ["still_in_time"]

    later(officer, "cases.make_objection", 26, **given)

    assert kuripan(Objection).get().due_on == date(2026, 12, 3)
    again = {**given, "objection_id": str(new_id())}
    assert codes(lambda: later(officer, "cases.make_objection", 27, **again)) == ["objection_open"]


def test_an_objection_that_is_upheld_starts_the_villages_clock_anew(
    family: Family, doing: Doing, regency: Actor, case_id: str
) -> None:
    objection_id = object_to(doing, refuse(family, doing, case_id), story="Suami saya di Malaysia, tidak bisa pulang")
    answer = {"objection_id": objection_id, "answer": "upheld", "explanation": "Izin lisan lewat telepon cukup."}

    later(regency, "cases.answer_objection", 26, **answer)

    asked, objection = kuripan(LetterRequest).get(), kuripan(Objection).get()
    assert (asked.refused_on, asked.due_on) == (None, date(2026, 11, 30))
    assert (objection.answer, objection.answered_on) == ("upheld", date(2026, 11, 26))
    assert b"Malaysia" not in bytes(objection.story_sealed)
    memory = str(list(TimelineEntry.objects.values())) + str(list(Event.objects.values()))
    assert "permission_not_given" not in memory
    assert "Izin lisan" not in memory
    assert codes(lambda: later(regency, "cases.answer_objection", 26, **answer)) == ["already_answered"]


def test_a_dismissed_objection_leaves_the_answer_as_it_was(
    family: Family, doing: Doing, regency: Actor, case_id: str
) -> None:
    objection_id = object_to(doing, refuse(family, doing, case_id))

    doing("cases.answer_objection", by=regency, objection_id=objection_id, answer="dismissed",
          explanation="Izin keluarga adalah syarat Pasal 13 huruf b.")  # fmt: skip

    assert kuripan(LetterRequest).get().refused_on == TODAY


def test_head_and_regency_may_receive_an_objection_and_only_the_regency_answers(
    family: Family, doing: Doing, officer: Actor, regency: Actor, case_id: str
) -> None:
    request_id = refuse(family, doing, case_id)
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))

    objection_id = object_to(doing, request_id, by=head)

    answer = {"objection_id": objection_id, "answer": "dismissed", "explanation": "Tidak ada alasan lain."}
    for other in (officer, head):
        assert codes(lambda: doing("cases.answer_objection", by=other, **answer)) == ["not_found"]  # noqa: B023


@pytest.mark.parametrize("name", ["ask_for_letter", "refuse_letter", "make_objection", "answer_objection"])
def test_strangers_get_nothing_done(family: Family, doing: Doing, stranger: Actor, case_id: str, name: str) -> None:
    request_id = refuse(family, doing, case_id)
    objection_id = object_to(doing, request_id)
    given: dict[str, Any] = {
        "cases.ask_for_letter": {"request_id": str(new_id()), "case_id": case_id},
        "cases.refuse_letter": {"request_id": request_id, "reason": "under_age"},
        "cases.make_objection": {"objection_id": str(new_id()), "request_id": request_id},
        "cases.answer_objection": {
            "objection_id": objection_id, "answer": "upheld", "explanation": "Tidak berwenang sama sekali.",
        },
    }[f"cases.{name}"]  # fmt: skip
    elsewhere = person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12"))

    for outsider in (stranger, elsewhere):
        assert codes(lambda: doing(f"cases.{name}", by=outsider, **given)) == ["not_found"]  # noqa: B023


# --- pages -----------------------------------------------------------------------------------------


def test_from_the_request_to_the_answer_of_the_regency(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    page_of_case = reverse("cases:case", args=[case_id])
    send(desk, reverse("cases:ask_for_letter", args=[case_id]))
    assert desk.get(page_of_case).context["asked"]["word"] == "Tinggal 2 hari kerja"
    request_id = kuripan(LetterRequest).get().id
    to_refuse = reverse("cases:refuse_letter", args=[request_id])
    assert "Tidak ada alasan hukum untuk menolak" in desk.get(to_refuse).content.decode()
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, permission="refused")
    offered = [code for code, _ in desk.get(to_refuse).context["form"].fields["reason"].choices]
    assert offered == ["permission_not_given", "own_choice_not_confirmed"]
    send(desk, to_refuse, reason="permission_not_given")
    told = desk.get(page_of_case).content.decode()
    assert "Keluarga yang berhak tidak memberi izin (UU 18/2017 Pasal 13 huruf b)." in told

    to_objection = send(desk, reverse("cases:make_objection", args=[request_id]), story="Saya tetap mau.")
    regency = signed_in("regency_coordinator", "33.07")
    listed = regency.get(reverse("cases:objections"))
    page = regency.get(to_objection.url)
    to_answer = reverse("cases:answer_objection", args=[kuripan(Objection).get().id])
    answered = send(regency, to_answer, answer="upheld", explanation="Dengarkan calon sekali lagi.")

    assert [row["title"] for row in listed.context["objections"]] == ["Siti Aminah"]
    assert "Desa Kuripan" in listed.content.decode()
    assert "Saya tetap mau." in page.content.decode()
    assert main_buttons(page) == 1
    assert answered.url == reverse("cases:objections")
    assert "Dengarkan calon sekali lagi." in desk.get(to_objection.url).content.decode()
    assert regency.get(to_answer).status_code == 302


def test_the_head_sees_how_many_letters_wait_and_no_story(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    objection_id = object_to(doing, refuse(family, doing, case_id), story="Kata-kata rahasia")
    head = signed_in("village_head")

    assert head.get(reverse("cases:objections")).context["waiting"] == 0
    assert "Kata-kata rahasia" not in head.get(reverse("cases:objection", args=[objection_id])).content.decode()
    assert head.get(reverse("cases:answer_objection", args=[objection_id])).status_code == 404


def test_strangers_find_no_requests(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    request_id = refuse(family, doing, case_id)
    objection_id = object_to(doing, request_id)
    stranger = signed_in("village_officer", "32.12.16.2004")

    for name, record in (
        ("ask_for_letter", case_id), ("refuse_letter", request_id), ("make_objection", request_id),
        ("objection", objection_id), ("answer_objection", objection_id),
    ):  # fmt: skip
        assert stranger.get(reverse(f"cases:{name}", args=[record])).status_code == 404
    listed = stranger.get(reverse("cases:objections"))
    assert (listed.context["letters"], listed.context["objections"]) == ([], [])


@pytest.mark.parametrize(
    ("name", "queries"), [("ask_for_letter", 10), ("refuse_letter", 13), ("make_objection", 10), ("objections", 11)]
)
def test_each_page_asks_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, case_id: str, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    request_id = ask(doing, case_id)
    record = {"ask_for_letter": [case_id], "objections": []}.get(name, [request_id])
    address = reverse(f"cases:{name}", args=record)
    desk.get(address)

    with django_assert_num_queries(queries):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "role"), [("objection", "village_officer"), ("answer_objection", "regency_coordinator")]
)
def test_an_objection_asks_a_fixed_number_of_questions(
    family: Family, doing: Doing, case_id: str, django_assert_num_queries: Any, name: str, role: str
) -> None:
    objection_id = object_to(doing, refuse(family, doing, case_id), story="Saya mau.")
    client = signed_in(role, KURIPAN if role == "village_officer" else "33.07")
    address = reverse(f"cases:{name}", args=[objection_id])
    client.get(address)

    with django_assert_num_queries(11):
        assert client.get(address).status_code == 200

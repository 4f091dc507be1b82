"""Referrals: chosen fields to one body, its answers by desk or by link, what the sender does, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.access.models import Share
from desmigratif.audit.memory import timeline_of
from desmigratif.audit.models import Event, EventSubject, Receipt, TimelineEntry
from desmigratif.cases.answer_links import address_of, digest_of, holder_of, link_of, token_of
from desmigratif.cases.models import Case, Complaint, Referral, ReferralLink, ReferralStep
from desmigratif.cases.queries.trouble.referrals import (
    counts_of,
    facts_of,
    inbox_of,
    is_shown,
    referrals_of,
    share_of,
    stuck_at,
)
from desmigratif.cases.sealing import opened_text, referral_note_place, referral_why_place
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.trouble.referring import (
    DISNAKER,
    MISSION,
    POLICE,
    TODAY,
    WHY,
    live_link,
    load_directory,
    say,
    sending,
    the_referral,
    whats,
    works_for,
)
from desmigratif.documents.models import Letter
from desmigratif.documents.register import letter_place
from desmigratif.documents.rules.contents import read_content
from desmigratif.people.models import HandOver
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
Stranger = tuple[str, str]
STRANGERS: tuple[Stranger, ...] = (
    ("village_officer", "32.12.16.2004"), ("village_head", KURIPAN), ("tutor", KURIPAN),
    ("regency_coordinator", "32.12"), ("manpower_officer", "33.07"), ("auditor", "ID"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def directory(places: None, now: datetime) -> None:
    load_directory(now)


@pytest.fixture
def sent(doing: Doing, case_id: str) -> Referral:
    """Siti's trouble with a recruiter, at the police, who have no account."""
    doing("cases.send_referral", **sending(case_id))
    return the_referral()


def codes(refusal: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def later(doing: Doing, name: str, referral: Referral, **said: Any) -> dict[str, Any]:
    return doing(name, referral_id=referral.id, seen=the_referral(id=referral.id).version, **said)


def test_a_referral_shares_the_chosen_fields_with_clocks_an_owner_and_open_tasks(
    doing: Doing, case_id: str, family: Family, officer: Actor
) -> None:
    task = f"{case_id}:civil_papers"

    doing("cases.send_referral", **sending(case_id, tasks=[task], fields=["sex", "name"]))

    referral = the_referral()
    assert (referral.state, referral.owner_id, referral.fields) == ("sent", officer.id, ["name", "sex"])
    assert (referral.remind_on, referral.due_on) == (date(2026, 11, 25), date(2026, 11, 30))
    assert referral.tasks == [{"case": case_id, "step": "civil_papers"}]
    assert facts_of(referral) == {"name": "Siti Aminah", "sex": "Perempuan"}
    share = share_of(referral)
    assert share is not None
    assert (share.fields, share.region_code, share.valid_until) == (["name", "sex"], "33.07", date(2027, 2, 28))
    assert opened_text(key_of(family.siti.id), referral.why_sealed, place=referral_why_place(referral.id)) == WHY
    assert WHY.encode() not in bytes(referral.why_sealed or b"")
    line = TimelineEntry.objects.get(kind="referral.sent")
    assert (line.params["body"], line.params["about"]) == (POLICE, "recruitment")


def test_a_body_abroad_is_told_where_somebody_works_when_that_was_chosen(
    doing: Doing, family: Family, now: datetime
) -> None:
    abroad = doing("cases.record_found_abroad", case_id=new_id(), resident_id=family.siti.id, country="MYS")["id"]
    facts = {"employer": "Ladang Contoh", "address": "Jalan Contoh 7, Johor"}
    doing("cases.record_stay", case_id=abroad, seen=Case.objects.in_village(KURIPAN).get().version, facts=facts)
    chosen = ["name", "employer", "work_address"]
    doing("cases.send_referral", **sending(abroad, MISSION, about="work_trouble", fields=chosen))

    assert facts_of(the_referral()) == {
        "name": "Siti Aminah", "employer": "Ladang Contoh", "work_address": "Jalan Contoh 7, Johor",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"about": "health_care"}, "other_body"),
        ({"about": "gossip"}, "unknown_about"),
        ({"fields": ["name", "religion"]}, "unknown_field"),
        ({"basis": "curiosity"}, "unknown_basis"),
        ({"body_id": str(new_id())}, "unknown_body"),
        ({"tasks": ["x:passport"]}, "unknown_task"),
        ({"on": "2026-11-24"}, "date_in_future"),
    ],
)
def test_what_cannot_be_referred_is_told_with_a_way_out_and_nothing_is_written(
    doing: Doing, case_id: str, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.send_referral", **sending(case_id, **said))

    assert code in codes(refusal)
    assert not Referral.objects.in_village(KURIPAN).exists()
    assert not Share.objects.exists()


def test_the_same_thing_is_not_sent_twice_to_the_same_body(doing: Doing, case_id: str, sent: Referral) -> None:
    with pytest.raises(Refusal) as refusal:
        doing("cases.send_referral", **sending(case_id))

    assert codes(refusal) == {"already_referred"}
    doing("cases.send_referral", **sending(case_id, body=DISNAKER))
    assert Referral.objects.in_village(KURIPAN).count() == 2


def test_a_body_with_a_desk_gets_no_link_and_one_of_another_region_sees_nothing(
    doing: Doing, case_id: str, now: datetime
) -> None:
    here, elsewhere = works_for("manpower_officer", "33.07"), works_for("manpower_officer", "32.12")
    doing("cases.send_referral", **sending(case_id, body=DISNAKER))
    referral = the_referral()

    assert not referral.by_link
    assert not ReferralLink.objects.exists()
    assert [one.id for one in inbox_of(here)] == [referral.id]
    assert not inbox_of(elsewhere).exists()
    assert not inbox_of(works_for("registrar", "33.07")).exists()
    with pytest.raises(Refusal, match="not_found"):
        say(elsewhere, referral, "accepted", now)


def test_the_round_of_a_body_with_a_desk(doing: Doing, case_id: str, now: datetime, officer: Actor) -> None:
    desk = works_for("manpower_officer", "33.07")
    doing("cases.send_referral", **sending(case_id, body=DISNAKER))
    referral = the_referral()
    for reply, said in (
        ("acknowledged", {}), ("accepted", {"reference": "560/12"}), ("in_process", {"note": "Agen dipanggil."}),
        ("answered", {"outcome": "helped", "note": "Uang dikembalikan."}),
    ):  # fmt: skip
        say(desk, referral, reply, now, **said)

    referral = the_referral()
    assert (referral.state, referral.reference, referral.outcome) == ("answered", "560/12", "helped")
    assert counts_of(officer, TODAY).to_look_at == 1
    later(doing, "cases.confirm_referral", referral, solved=True)
    assert whats(referral) == ["sent", "acknowledged", "accepted", "in_process", "answered", "confirmed"]
    assert not is_shown(share_of(referral), TODAY)
    assert counts_of(officer, TODAY).to_look_at == 0
    note = ReferralStep.objects.get(what="answered")
    assert opened_text(key_of(referral.resident_id), note.note_sealed, place=referral_note_place(note.id)) == (
        "Uang dikembalikan."
    )  # fmt: skip


def test_only_the_digest_of_a_token_is_kept_and_it_is_read_however_it_was_typed(sent: Referral) -> None:
    link = live_link(sent)
    token = token_of(link.id)

    assert token.replace("-", "") not in link.token_digest.upper()
    assert link_of(token) == link == link_of(token.lower().replace("-", " ")) == link_of(token.replace("0", "o"))
    assert (digest_of("terlalu pendek"), link_of("0000-0000-0000-0000")) == ("", None)
    assert address_of(link.id).endswith(f"/jawab/{token}/")
    assert not Receipt.objects.filter(result__icontains=token).exists()


def test_a_link_answers_once_and_leads_to_the_next(sent: Referral, now: datetime) -> None:
    first = live_link(sent)
    following = new_id()
    act = new_id()
    told = say(holder_of(first), sent, "accepted", now, act_id=act, next_link_id=following, reference="LP/7")
    again = say_again(sent, first, now, act_id=act, next_link_id=following, reference="LP/7")

    first.refresh_from_db()
    assert told["next"] and told == again
    assert (first.used_on, live_link(sent).id) == (TODAY, following)
    assert whats(sent) == ["sent", "accepted"]

    say(holder_of(live_link(sent)), sent, "answered", now, outcome="partly", next_link_id=new_id())
    assert the_referral().state == "answered"
    assert not ReferralLink.objects.filter(used_on=None, ended_on=None).exists()


def say_again(referral: Referral, link: ReferralLink, now: datetime, *, act_id: Any, **said: Any) -> dict[str, Any]:
    """The same sending once more, as a second tap on the button makes it."""
    given = {
        "referral_id": referral.id, "village_code": KURIPAN, "seen": 2, "on": TODAY, "reply": "accepted", **said,
    }  # fmt: skip
    return do(holder_of(link), "cases.answer_referral", given, now=now, act_id=act_id)


def test_an_answer_by_a_used_or_old_link_moves_nothing_and_is_not_lost(
    sent: Referral, now: datetime, officer: Actor
) -> None:
    link = live_link(sent)
    say(holder_of(link), sent, "accepted", now, next_link_id=new_id())
    told = say(holder_of(link), sent, "refused", now, because="no_capacity", note="Maaf, petugas kami cuti.")

    referral = the_referral()
    assert told["late"]
    assert (referral.state, referral.late_answer_on) == ("accepted", TODAY)
    assert counts_of(officer, TODAY).to_look_at == 1
    step = ReferralStep.objects.get(what="late_answer")
    text = opened_text(key_of(referral.resident_id), step.note_sealed, place=referral_note_place(step.id))
    assert text == "Tidak bisa kami tangani\nMaaf, petugas kami cuti."

    live = live_link(sent)
    late = now + timedelta(days=31)
    assert say(holder_of(live), sent, "answered", late, on=late.date(), outcome="helped")["late"]
    assert the_referral().state == "accepted"
    for _ in range(2):
        say(holder_of(live), sent, "answered", late, on=late.date(), outcome="helped")
    with pytest.raises(Refusal) as refusal:
        say(holder_of(live), sent, "answered", late, on=late.date(), outcome="helped")
    assert codes(refusal) == {"late_full"}


def test_a_link_opens_its_own_referral_and_no_other(sent: Referral, doing: Doing, case_id: str, now: datetime) -> None:
    doing("cases.send_referral", **sending(case_id, body=MISSION, about="work_trouble"))
    other = the_referral(body_name=MISSION)

    with pytest.raises(Refusal, match="not_found"):
        say(holder_of(live_link(sent)), other, "accepted", now)
    with pytest.raises(Refusal, match="not_found"):
        do(holder_of(live_link(sent)), "cases.confirm_referral",
           {"referral_id": sent.id, "village_code": KURIPAN, "seen": 2, "on": TODAY, "solved": True},
           now=now, act_id=new_id())  # fmt: skip


def test_two_bodies_accept_and_the_sender_chooses(sent: Referral, doing: Doing, case_id: str, now: datetime) -> None:
    desk = works_for("manpower_officer", "33.07")
    doing("cases.send_referral", **sending(case_id, body=DISNAKER))
    second = the_referral(body_name=DISNAKER)
    say(holder_of(live_link(sent)), sent, "accepted", now)

    assert say(desk, second, "accepted", now, note="Kami siap.")["state"] == "standby"
    with pytest.raises(Refusal) as refusal:
        say(desk, second, "answered", now, outcome="helped")
    assert "Lembaga lain sudah menerima lebih dulu" in refusal.value.reasons[0].text

    later(doing, "cases.recall_referral", sent, because="other_chosen")
    assert (the_referral(id=sent.id).state, the_referral(id=second.id).state) == ("recalled", "accepted")
    say(desk, second, "answered", now, outcome="helped")


def test_a_refusal_has_a_reason_closes_the_share_and_another_body_follows(
    sent: Referral, doing: Doing, case_id: str, now: datetime, officer: Actor
) -> None:
    with pytest.raises(Refusal) as refusal:
        say(holder_of(live_link(sent)), sent, "refused", now)
    assert codes(refusal) == {"refused_because"}
    say(holder_of(live_link(sent)), sent, "refused", now, because="other_body", note="Ke Disnaker saja.")

    assert not is_shown(share_of(sent), TODAY)
    assert counts_of(officer, TODAY).to_look_at == 1
    doing("cases.send_referral", **sending(case_id, body=DISNAKER, follows=sent.id))
    assert counts_of(officer, TODAY).to_look_at == 0
    assert the_referral(body_name=DISNAKER).follows_id == sent.id


def test_what_was_heard_on_the_phone_is_written_down_by_the_sender(sent: Referral, doing: Doing) -> None:
    later(doing, "cases.record_referral_answer", sent, reply="answered", outcome="not_helped", note="Lewat telepon.")

    assert (the_referral().state, the_referral().outcome) == ("answered", "not_helped")
    assert ReferralStep.objects.get(what="answered").side == "hand"
    assert not ReferralLink.objects.filter(used_on=None, ended_on=None).exists()
    later(doing, "cases.confirm_referral", sent, solved=False)
    assert the_referral().solved is False


def test_reminding_makes_a_fresh_link_and_the_old_one_holds_no_more(sent: Referral, doing: Doing) -> None:
    old = live_link(sent)
    later(doing, "cases.remind_body", sent, way="phone", link_id=new_id())

    old.refresh_from_db()
    assert (old.ended_on, the_referral().reminded_on) == (TODAY, TODAY)
    assert live_link(sent).id != old.id


def test_who_did_not_look_at_what_stands_now_is_asked_to_compare(sent: Referral, doing: Doing) -> None:
    doing("cases.remind_body", referral_id=sent.id, seen=sent.version, way="phone", link_id=new_id())

    with pytest.raises(Refusal) as refusal:
        doing("cases.recall_referral", referral_id=sent.id, seen=sent.version, because="mistake")
    assert codes(refusal) == {"changed_meanwhile"}


def test_where_it_is_stuck_is_told_per_body_the_worst_first(
    sent: Referral, doing: Doing, case_id: str, officer: Actor
) -> None:
    doing("cases.send_referral", **sending(case_id, body=MISSION, about="work_trouble"))
    on = date(2026, 12, 4)

    found = [(one.name, one.waiting, one.silent, one.late, one.escalated) for one in stuck_at(officer, on)]

    assert found == [(POLICE, 1, 1, 1, 1), (MISSION, 1, 1, 0, 0)]
    assert counts_of(officer, on).late == 1
    assert stuck_at(person(new_id(), "Kenanga", ("village_officer", "32.12.16.2004")), on) == []


def test_a_worry_of_the_learning_centre_becomes_a_referral_and_the_centre_hears_that_it_was_taken(
    doing: Doing, family: Family
) -> None:
    handed = new_id()
    doing(
        "people.hand_over_household", hand_over_id=handed, household_id=family.household.id, kind="child_worry",
        resident_id=family.rini.id,
    )  # fmt: skip
    doing(
        "cases.send_referral",
        **sending(handed, body="UPTD PPA Contoh", matter_kind="hand_over", about="child", basis="guardian"),
    )

    referral = the_referral()
    assert (referral.resident_id, referral.matter_kind) == (family.rini.id, "hand_over")
    answered = HandOver.objects.in_village(KURIPAN).get(id=handed)
    assert (answered.standing, answered.answered_on) == ("Sedang dikerjakan", TODAY)
    line = TimelineEntry.objects.get(kind="referral.sent")
    assert line.privacy == PrivacyClass.SPECIFIC
    assert line not in timeline_of(family.household.id, [PrivacyClass.PERSONAL], limit=50)
    later(doing, "cases.record_referral_answer", referral, reply="answered", outcome="helped")
    later(doing, "cases.confirm_referral", referral, solved=True)
    assert HandOver.objects.in_village(KURIPAN).get(id=handed).standing == "Selesai"


@pytest.mark.parametrize(("basis", "told"), [("consent", True), ("vital", False)])
def test_the_person_reads_of_the_sharing_unless_that_could_harm(
    doing: Doing, case_id: str, family: Family, basis: str, told: bool
) -> None:
    doing("cases.send_referral", **sending(case_id, basis=basis))

    named = EventSubject.objects.filter(subject_id=family.siti.id).values("event_id")
    assert Event.objects.filter(id__in=named, event="share.given").exists() == told


def test_a_letter_is_numbered_and_carries_the_chosen_fields_and_the_address_of_the_answer(
    sent: Referral, doing: Doing, office: None, officer: Actor
) -> None:
    address = address_of(live_link(sent).id)
    later(doing, "cases.write_referral_letter", sent, letter_id=new_id())

    letter = Letter.objects.in_village(KURIPAN).get()
    assert (letter.kind, the_referral().letter_id) == ("referral", letter.id)
    text = letter_text(letter)
    assert {"Siti Aminah", "21 April 1996", POLICE + ", Jalan Polisi 3", address, sent.number} <= text
    assert not any("Gaji" in one or one == "Wonosobo" for one in text)
    later(doing, "cases.recall_referral", sent, because="mistake")
    with pytest.raises(Refusal) as refusal:
        later(doing, "cases.write_referral_letter", sent, letter_id=new_id())
    assert codes(refusal) == {"no_link"}


def letter_text(letter: Letter) -> set[str]:
    key = key_of(letter.resident_id) or b""
    content: Any = read_content(crypto.unseal(key, letter.content_sealed, place=letter_place(letter.id)).decode())
    facts = [fact for block in content.blocks if isinstance(block, tuple) for fact in block]
    return {fact.value for fact in facts}


def test_who_was_forgotten_is_read_nowhere_any_more(sent: Referral, family: Family) -> None:
    erase_key(family.siti.id)

    assert opened_text(key_of(family.siti.id), sent.why_sealed, place=referral_why_place(sent.id)) == ""


ACTS: dict[str, Callable[[Referral], dict[str, Any]]] = {
    "cases.send_referral": lambda one: sending(one.matter_id, body=DISNAKER),
    "cases.confirm_referral": lambda one: {"solved": True},
    "cases.recall_referral": lambda one: {"because": "mistake"},
    "cases.remind_body": lambda one: {"way": "phone", "link_id": new_id()},
    "cases.record_referral_answer": lambda one: {"reply": "accepted"},
    "cases.answer_referral": lambda one: {"reply": "accepted"},
    "cases.write_referral_letter": lambda one: {"letter_id": new_id()},
}


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_can_do_nothing_with_a_referral(sent: Referral, doing: Doing, name: str) -> None:
    payload = {"on": TODAY, **ACTS[name](sent)}
    if name != "cases.send_referral":
        payload |= {"referral_id": sent.id, "seen": sent.version}

    for stranger in STRANGERS:
        with pytest.raises(Refusal, match="not_found"):
            doing(name, by=person(new_id(), "Orang lain", stranger), **payload)

    assert whats(sent) == ["sent"]
    assert Referral.objects.in_village(KURIPAN).count() == 1


def complained(doing: Doing, family: Family, *, kind: str, **said: Any) -> Complaint:
    """A complaint about Siti, taken in and triaged."""
    given = {
        "complaint_id": new_id(), "channel": "desk", "kind": kind, "resident_id": family.siti.id, "story": "Cerita.",
        "may_refer": True, **said,
    }  # fmt: skip
    doing("cases.record_complaint", **given)
    complaint = Complaint.objects.everywhere().get(id=given["complaint_id"])
    by = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))
    now = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
    triage = {
        "village_code": complaint.village_code, "complaint_id": complaint.id, "kind": kind, "emergency": False,
    }  # fmt: skip
    do(by, "cases.triage_complaint", triage, now=now, act_id=new_id())
    return Complaint.objects.everywhere().get(id=complaint.id)


def complaint_state() -> str:
    return Complaint.objects.everywhere().get().state


def test_a_complaint_goes_on_with_its_referral(doing: Doing, family: Family, now: datetime) -> None:
    complaint = complained(doing, family, kind="UNPAID_WAGE")
    doing("cases.send_referral", **sending(complaint.id, MISSION, matter_kind="complaint", about="work_trouble"))
    assert complaint_state() == "REFERRED"

    say(holder_of(live_link(the_referral())), the_referral(), "accepted", now)
    assert complaint_state() == "IN_PROCESS"


def test_a_complaint_is_not_referred_before_it_was_made(doing: Doing, family: Family) -> None:
    complaint = complained(doing, family, kind="UNPAID_WAGE")

    with pytest.raises(Refusal) as refusal:
        doing("cases.send_referral", **sending(complaint.id, matter_kind="complaint", on="2026-11-01"))

    (reason,) = refusal.value.reasons
    assert (reason.code, reason.field) == ("before_matter", "on")


@pytest.mark.parametrize(("basis", "code"), [("consent", "reporter_said_no"), ("vital", "")])
def test_a_reporter_who_said_no_is_not_passed_on_unless_a_life_is_in_danger(
    doing: Doing, family: Family, basis: str, code: str
) -> None:
    complaint = complained(doing, family, kind="UNPAID_WAGE", may_refer=False)
    given = sending(complaint.id, MISSION, matter_kind="complaint", about="work_trouble", basis=basis)
    if not code:
        doing("cases.send_referral", **given)
        return
    with pytest.raises(Refusal) as refusal:
        doing("cases.send_referral", **given)
    assert codes(refusal) == {code}


def test_a_protective_complaint_is_referred_by_the_regency_and_the_village_learns_nothing(
    doing: Doing, family: Family, now: datetime
) -> None:
    complaint = complained(doing, family, kind="TRAFFICKING")
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))
    given = sending(complaint.id, POLICE, matter_kind="complaint", about="harm", basis="vital", village_code="33.07")
    with pytest.raises(Refusal, match="not_found"):
        doing("cases.send_referral", **given)
    with pytest.raises(Refusal, match="nobody_named"):
        doing("cases.send_referral", by=coordinator, **given)

    def of_village() -> list[int]:
        return [model.objects.filter(village_code=KURIPAN).count() for model in (Event, Receipt, TimelineEntry)]

    before = of_village()
    doing("cases.send_referral", by=coordinator, **{**given, "fields": (), "referral_id": new_id()})
    referral = Referral.objects.everywhere().get()
    answer = {"referral_id": referral.id, "village_code": "33.07", "seen": referral.version, "reply": "accepted"}
    do(holder_of(ReferralLink.objects.get()), "cases.answer_referral", {**answer, "on": TODAY}, now=now,
       act_id=new_id())  # fmt: skip

    assert (referral.is_protective, referral.resident_id, facts_of(referral)) == (True, None, {})
    assert of_village() == before
    assert not EventSubject.objects.filter(subject_id=referral.id).exists()
    for role, place, sees in (
        ("village_officer", KURIPAN, False), ("village_head", KURIPAN, False), ("regency_coordinator", "33.07", True),
        ("regency_coordinator", "32.12", False),
    ):  # fmt: skip
        assert referrals_of(person(new_id(), "Orang", (role, place))).exists() is sees


def test_a_case_of_another_village_cannot_be_referred_from_here(doing: Doing, case_id: str) -> None:
    Case.objects.in_village(KURIPAN).update(village_code="32.12.16.2004")

    with pytest.raises(Refusal, match="not_found"):
        doing("cases.send_referral", **sending(case_id))

"""What a talk or a check leaves for the coordinator, and what it leaves nowhere else."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.keys import age
from desmigratif.access.signin import kept_posts
from desmigratif.audit.models import Change, Event, EventSubject, Receipt, TimelineEntry
from desmigratif.cases.rules.offer.protective import flags_to_seal
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import LAWFUL_OFFER, Doing, Family
from desmigratif.cases.tests.pages import send
from desmigratif.people.models import Envelope
from desmigratif.people.queries.envelopes import Opened, first_id_at, opened_with
from desmigratif.people.rules.envelopes import FLAGS
from desmigratif.shared import crypto
from desmigratif.shared.dated import value_on
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
WONOSOBO = "33.07"
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/protective_signs.yaml").read_text(encoding="utf-8")
)
PASSPHRASE = "empat kata tidak berhubungan"
STORY = "Sponsornya memegang paspor adiknya"


@pytest.fixture
def identity(places: None, now: datetime) -> age.Identity:
    made = age.new_identity()
    given = {
        "key_id": new_id(), "region_code": WONOSOBO, "recipient": made.recipient, "on": "2026-11-23",
        "secret_locked": crypto.lock(json.dumps([made.secret]).encode(), PASSPHRASE),
    }  # fmt: skip
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", WONOSOBO))
    do(coordinator, "people.make_protective_key", given, now=now, act_id=new_id())
    return made


def talk(doing: Doing, case_id: str, **said: Any) -> None:
    given = {"permission": "missing", "pressure": None, **said}
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, **given)


def opened(identity: age.Identity) -> Opened:
    return opened_with(WONOSOBO, [identity])


def examples_are_true() -> bool:
    return all(flags_to_seal(row["tanda"], on=row["hari"]) == tuple(row["dititipkan"]) for row in EXAMPLES)


def test_the_examples_of_signs_are_true_and_hold_every_value(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examples_are_true()
    tried, missed = unnoticed(monkeypatch, "protective_signs", examples_are_true)
    assert tried >= 10
    assert missed == []


def test_the_coordinator_reads_every_flag_in_words() -> None:
    assert set(value_on("protective_signs.flags", date(2026, 11, 23))) == set(FLAGS)


def test_every_talk_and_every_check_leaves_one_envelope(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    talk(doing, case_id)
    talk(doing, case_id, pressure=True)
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=LAWFUL_OFFER)

    found = opened(identity)
    assert (len(found.notes), found.empty) == (1, 2)
    assert (found.notes[0].name, found.notes[0].signs) == ("Siti Aminah", ("pressure",))


def test_a_check_with_a_sign_of_bondage_tells_the_coordinator_which(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    offer = {**LAWFUL_OFFER["offer"], "papers_held_by_recruiter": ["ktp"], "debt_to_work_off": 5_000_000}
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers={"offer": offer})

    (note,) = opened(identity).notes
    assert set(note.flags) == {"DEBT_ADVANCE", "PAPERS_HELD"}


def everything_remembered() -> str:
    tables = (Event, EventSubject, Change, Receipt, TimelineEntry)
    return str([list(table.objects.values()) for table in tables])


def test_a_note_written_on_the_page_reaches_the_coordinator_and_nobody_else(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    desk = signed_in("village_officer")
    address = reverse("cases:record_family_talk", args=[case_id])
    with_note = send(desk, address, permission="missing", sealed_signs=["trafficking"], sealed_note=STORY, follow=False)
    after = desk.get(with_note["Location"]).content.decode()

    (note,) = opened(identity).notes
    assert (note.signs, note.text, note.case_id) == (("trafficking",), STORY, case_id)
    assert STORY not in after
    assert STORY not in everything_remembered()


def test_with_and_without_a_note_everything_else_is_the_same(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    desk = signed_in("village_officer")
    address = reverse("cases:record_family_talk", args=[case_id])
    counts = []
    for said in ({}, {"sealed_signs": ["minor"], "sealed_note": STORY}):
        before = _rows()
        answer = send(desk, address, permission="missing", **said)
        counts.append(
            (answer.status_code, answer["Location"], [now - then for now, then in zip(_rows(), before, strict=True)])
        )

    assert counts[0] == counts[1]


def test_a_felt_pressure_shows_in_no_other_memory(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    kinds = []
    for pressure in (None, True):
        before = TimelineEntry.objects.count(), Event.objects.count()
        talk(doing, case_id, pressure=pressure)
        told = TimelineEntry.objects.order_by("id")[before[0] :]
        noted = Event.objects.order_by("id")[before[1] :]
        kinds.append(([(one.kind, one.params) for one in told], [(one.event, one.details) for one in noted]))

    assert kinds[0] == kinds[1]


def _rows() -> list[int]:
    return [table.objects.count() for table in (Event, EventSubject, Change, Receipt, TimelineEntry, Envelope)]


def test_the_receipt_of_a_talk_does_not_depend_on_what_was_sealed(
    identity: age.Identity, family: Family, doing: Doing, case_id: str
) -> None:
    """The digest is keyed, but the key lies in the village: what it covered could be tried."""
    from desmigratif.people import envelopes
    from desmigratif.people.rules.envelopes import Note

    key = envelopes.key_for("33.07.10.2004")
    assert key is not None
    talk_id, act_id = str(new_id()), new_id()
    note = Note("2026-11-23", "33.07.10.2004", case_id, str(family.siti.id), "Siti", text=STORY)
    given = {"talk_id": talk_id, "case_id": case_id, "permission": "missing", "act_id": act_id}
    doing("cases.record_family_talk", **given, envelope=envelopes.sealed(key, note))
    digest = Receipt.objects.get(act_id=act_id).digest

    doing("cases.record_family_talk", **given, envelope=envelopes.sealed(key, None))  # the same act, sent twice
    doing("cases.record_family_talk", **given)
    assert Receipt.objects.get(act_id=act_id).digest == digest
    assert len(opened(identity).notes) == Envelope.objects.count() == 1


def test_what_is_sealed_is_never_kept_for_later(rf: Any) -> None:
    class Session(dict[str, Any]):
        pass

    request = rf.post("/pelayanan/", {"note": "biasa", "sealed_note": STORY, "sealed_signs": "minor"})
    request.session = Session()
    owner = type("Owner", (), {"pk": new_id()})()
    kept_posts.keep(request, owner)

    kept = kept_posts.kept_for(request, owner)
    assert kept is not None
    assert kept.fields == (("note", "biasa"),)


def test_the_form_asks_only_where_somebody_holds_the_key(family: Family, doing: Doing, case_id: str) -> None:
    page = signed_in("village_officer").get(reverse("cases:record_family_talk", args=[case_id])).content.decode()

    assert "sealed_note" not in page


def test_where_nobody_holds_a_key_the_pages_say_where_to_tell_it_today(
    request: pytest.FixtureRequest, family: Family, doing: Doing, case_id: str
) -> None:
    check_id, warning = str(new_id()), "sampaikan langsung kepada koordinator kabupaten"
    offer = {**LAWFUL_OFFER["offer"], "country": "SAU", "visa": "umrah"}
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers={"offer": offer})
    desk = signed_in("village_officer")
    pages = [reverse("cases:record_family_talk", args=[case_id]), reverse("cases:offer_result", args=[check_id])]

    assert [warning in desk.get(page).content.decode() for page in pages] == [True, True]
    assert not Envelope.objects.exists()

    request.getfixturevalue("identity")
    assert [warning in desk.get(page).content.decode() for page in pages] == [False, False]


def test_no_browser_keeps_a_draft_of_it(identity: age.Identity, family: Family, case_id: str) -> None:
    page = signed_in("village_officer").get(reverse("cases:record_family_talk", args=[case_id])).content.decode()

    assert page.count("data-no-draft") == 1 + 1 + 4  # the note, the words, and a box for each sign


# --- the coordinator's page ---


@pytest.fixture
def coordinator_desk(places: None) -> Client:
    from desmigratif.access.models import Grant, User

    user = User.objects.create(username="koordinator", name="Koordinator")
    Grant.objects.create(user=user, role="regency_coordinator", region_code=WONOSOBO, valid_from=date(2026, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_coordinator_opens_with_the_passphrase_and_leaves_a_trace(
    identity: age.Identity, family: Family, doing: Doing, case_id: str, coordinator_desk: Client
) -> None:
    talk(doing, case_id, pressure=True)
    page = reverse("people:sealed_notes")
    closed = coordinator_desk.get(page).content.decode()
    wrong = coordinator_desk.post(page, {"region": WONOSOBO, "secret": "bukan ini"}).content.decode()
    right = coordinator_desk.post(page, {"region": WONOSOBO, "secret": PASSPHRASE})

    assert "1 amplop" in closed
    assert all("Siti Aminah" not in text for text in (closed, wrong))
    assert "tidak membuka kunci" in wrong
    assert "Siti Aminah" in right.content.decode()
    assert right["Cache-Control"] == "no-store"
    assert "Semua sudah pernah dibuka" in right.content.decode()
    looks = Event.objects.filter(event__startswith="protective.notes_").order_by("audit_no")
    assert [(look.event, look.village_code, look.subjects) for look in looks] == [
        ("protective.notes_refused", WONOSOBO, []), ("protective.notes_opened", WONOSOBO, []),
    ]  # fmt: skip


def test_the_second_look_shows_only_what_is_new_and_all_when_asked(
    identity: age.Identity, family: Family, doing: Doing, case_id: str, coordinator_desk: Client
) -> None:
    talk(doing, case_id, pressure=True)
    left_at = first_id_at(timezone.now() - timedelta(days=3))
    Envelope.objects.update(id=left_at)
    page, given = reverse("people:sealed_notes"), {"region": WONOSOBO, "secret": PASSPHRASE}
    first, second = (coordinator_desk.post(page, given).content.decode() for _look in range(2))
    everything = coordinator_desk.post(page, {**given, "again": "on"}).content.decode()

    assert ["Siti Aminah" in text for text in (first, second, everything)] == [True, False, True]
    assert "0 berisi, 0 kosong" in second
    assert "Buka juga yang sudah pernah dibuka" in second


def test_the_sheet_of_an_earlier_key_leaves_what_is_new_unopened(
    identity: age.Identity, family: Family, doing: Doing, case_id: str, coordinator_desk: Client
) -> None:
    form = {"act_id": new_id(), "record_id": new_id(), "passphrase": PASSPHRASE, "again": PASSPHRASE}
    coordinator_desk.post(reverse("people:make_protective_key"), form)
    talk(doing, case_id, pressure=True)

    answer = coordinator_desk.post(reverse("people:sealed_notes"), {"region": WONOSOBO, "secret": identity.secret})

    assert "1 disegel untuk kunci lain" in answer.content.decode()
    assert "1 belum dibuka" in answer.content.decode()


def test_a_key_is_made_shown_once_and_opens(
    family: Family, doing: Doing, case_id: str, coordinator_desk: Client
) -> None:
    page = reverse("people:make_protective_key")
    form = {"act_id": new_id(), "record_id": new_id(), "passphrase": PASSPHRASE, "again": PASSPHRASE}
    short = coordinator_desk.post(page, {**form, "passphrase": "pendek", "again": "pendek"}).content.decode()
    made = coordinator_desk.post(page, form)
    talk(doing, case_id, pressure=True)

    assert "paling sedikit 16" in short
    sheet = made.context["sheet"]
    assert sheet.groups[0] in made.content.decode()
    assert sheet.groups[5] not in coordinator_desk.get(page).content.decode()
    opened_page = coordinator_desk.post(reverse("people:sealed_notes"), {"region": WONOSOBO, "secret": sheet.secret})
    assert "Siti Aminah" in opened_page.content.decode()


def test_a_renewed_key_opens_what_was_sealed_before_when_the_present_one_is_given(
    identity: age.Identity, family: Family, doing: Doing, case_id: str, coordinator_desk: Client
) -> None:
    talk(doing, case_id, pressure=True)
    page = reverse("people:make_protective_key")
    form = {"act_id": new_id(), "record_id": new_id(), "passphrase": "kalimat baru yang panjang"}
    form |= {"again": form["passphrase"]}
    refused = coordinator_desk.post(page, {**form, "present": "salah sekali ini"}).content.decode()
    assert "tidak membuka kunci" in refused
    assert coordinator_desk.post(page, {**form, "present": PASSPHRASE}).context["sheet"] is not None

    answer = coordinator_desk.post(reverse("people:sealed_notes"), {"region": WONOSOBO, "secret": form["passphrase"]})
    assert "Siti Aminah" in answer.content.decode()


@pytest.mark.parametrize("role", ["village_officer", "village_head", "administrator", "auditor"])
def test_nobody_else_finds_the_page(identity: age.Identity, role: str) -> None:
    desk = signed_in(role)

    assert desk.get(reverse("people:sealed_notes")).status_code == 404
    assert desk.get(reverse("people:make_protective_key")).status_code == 404

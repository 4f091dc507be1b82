"""What an officer seals for the coordinator is on the coordinator's opened page, and nowhere else at all.

In the same walk over every address: where she hides, and where she is thought to live, is said on one page only.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse

from canary.children import SAYING, SCHOOL, WORRY, leaks_in, tell_of_a_child
from canary.hiding import Hiding
from canary.test_safe_address import MAY_SEE, OFFICER, THE_PAGE, address_of, everything_in, text_of, words_in
from desmigratif.access.actor import operator, person
from desmigratif.access.door import do
from desmigratif.access.keys import age
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.cases.models import Complaint, Referral
from desmigratif.people.models import Envelope
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.queries import bodies_for
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from matrix.expected import EXPECTED
from matrix.people import Who, everybody
from matrix.test_matrix import who_may_be_let_in
from matrix.world import KURIPAN, NOW, rolled_back

pytestmark = pytest.mark.django_db
WORDS = ("bisikangelap", "juraganketam", "malamrabu")
STORY = "Bisikangelap: juraganketam menahannya sejak malamrabu."
SIGN = "Tanda perdagangan orang"
REGENCY, PASSPHRASE = "33.07", "empat kata tidak berhubungan"
COORDINATOR = Who("regency_coordinator", "parent")
IN_THE_VILLAGE = [who for who in everybody() if who.place == "own"]


def said_in(text: str) -> list[str]:
    folded = text.casefold()
    return [word for word in WORDS if word in folded]


@pytest.fixture(scope="module")
def sealed(hiding: Hiding) -> Iterator[Hiding]:
    """The officer's page was sent twice for her: once with a note, once without."""
    made = age.new_identity()
    given = {
        "key_id": new_id(), "region_code": REGENCY, "recipient": made.recipient, "on": "2026-11-23",
        "secret_locked": crypto.lock(json.dumps([made.secret]).encode(), PASSPHRASE),
    }  # fmt: skip
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))
    do(coordinator, "people.make_protective_key", given, now=NOW, act_id=new_id())
    logs = io.StringIO()
    handler = logging.StreamHandler(logs)
    logging.getLogger().addHandler(handler)
    for note in ({"sealed_signs": ["trafficking"], "sealed_note": STORY}, {}):
        form = {
            "act_id": str(new_id()),
            "record_id": str(new_id()),
            "on": "23-11-2026",
            "permission": "missing",
            **note,
        }
        answer = hiding.world.ask(OFFICER, "POST", address_of(hiding, "cases:record_family_talk"), form)
        assert answer.status_code == 302, answer.content.decode()
        assert said_in(text_of(answer)) == []
    _complain(hiding)
    _refer(hiding)
    tell_of_a_child(hiding.world)
    logging.getLogger().removeHandler(handler)
    assert said_in(logs.getvalue()) == []
    yield hiding


def _complain(hiding: Hiding) -> None:
    """The officer also takes in a complaint of trafficking about her, with the same words."""
    address = f"{reverse('cases:record_complaint')}?warga={hiding.resident}"
    form = {
        "act_id": str(new_id()), "record_id": str(new_id()), "on": "23-11-2026", "channel": "desk",
        "relation": "friend", "tier": "village", "kind": "TRAFFICKING", "story": STORY, "callback": STORY,
        "wish": STORY,
    }  # fmt: skip
    answer = hiding.world.ask(OFFICER, "POST", address, form)
    assert answer.status_code == 302, answer.content.decode()
    assert said_in(text_of(answer)) == []


def _refer(hiding: Hiding) -> None:
    """The coordinator looks at it and refers it to the police, in the same words."""
    listed = b"jenis lembaga;kode wilayah;nama lembaga\nKepolisian;33.07;Polres Contoh\n"
    file = ListFile("bodies", listed, "lembaga.csv", REGENCY, NOW.date(), "Daftar contoh")
    assert load_file(file, by=operator(), now=NOW, commit=True).load is not None
    kept = Complaint.objects.in_village(REGENCY).get()
    triage = {"act_id": str(new_id()), "kind": "TRAFFICKING", "emergency": "ya", "tier": "protective"}
    address = reverse("cases:complaint_step", args=[kept.id, "pilah"])
    assert hiding.world.ask(COORDINATOR, "POST", address, triage).status_code == 302
    (body,) = bodies_for(REGENCY, NOW.date())
    form = {
        "act_id": str(new_id()), "record_id": str(new_id()), "link_id": str(new_id()), "on": "23-11-2026",
        "about": "harm", "body_id": str(body.id), "why": STORY, "basis": "vital",
    }  # fmt: skip
    answer = hiding.world.ask(COORDINATOR, "POST", f"{reverse('cases:send_referral')}?hal=complaint:{kept.id}", form)
    assert answer.status_code == 302, answer.content.decode()


def test_the_coordinator_alone_reads_the_referral_and_it_points_at_nobody(sealed: Hiding) -> None:
    referral = Referral.objects.in_village(REGENCY).get()
    address = reverse("cases:referral", args=[referral.id])
    with rolled_back():
        seen = text_of(sealed.world.ask(COORDINATOR, "GET", address))
        listed = text_of(sealed.world.ask(COORDINATOR, "GET", reverse("cases:referrals")))
        hidden = [sealed.world.ask(who, "GET", address).status_code for who in IN_THE_VILLAGE]
    rows = "".join(everything_in(f"cases_{table}") for table in ("referral", "referralstep", "referrallink"))
    rows += everything_in("access_share")

    assert said_in(seen) == list(WORDS)
    assert said_in(listed) == []
    assert set(hidden) == {404}
    assert said_in(rows) == []
    assert str(sealed.resident) not in rows and sealed.resident.hex not in rows


def test_the_coordinator_alone_reads_the_complaint(sealed: Hiding) -> None:
    kept = Complaint.objects.in_village(REGENCY).get()
    address = reverse("cases:complaint", args=[kept.id])
    with rolled_back():
        seen = text_of(sealed.world.ask(COORDINATOR, "GET", address))
        listed = text_of(sealed.world.ask(COORDINATOR, "GET", reverse("cases:complaints")))
        hidden = [sealed.world.ask(who, "GET", address).status_code for who in IN_THE_VILLAGE]

    assert said_in(seen) == list(WORDS)
    assert said_in(listed) == []
    assert set(hidden) == {404}


def test_the_complaint_points_at_nobody(sealed: Hiding) -> None:
    rows = "".join(everything_in(f"cases_{table}") for table in ("complaint", "complaintmove"))
    about = Event.objects.filter(event__startswith="complaint.", village_code=REGENCY)
    mine = str(Complaint.objects.in_village(REGENCY).get().id)

    assert about
    assert not any(event.subjects for event in about)
    assert str(sealed.resident) not in rows and sealed.resident.hex not in rows
    assert not Event.objects.filter(village_code=KURIPAN, event__startswith="complaint.", subjects__icontains=mine)
    assert not TimelineEntry.objects.filter(link__contains=mine)


def test_the_coordinator_reads_it_with_the_passphrase(sealed: Hiding) -> None:
    address = reverse("people:sealed_notes")
    with rolled_back():
        closed = text_of(sealed.world.ask(COORDINATOR, "GET", address))
        opened = text_of(sealed.world.ask(COORDINATOR, "POST", address, {"region": REGENCY, "secret": PASSPHRASE}))

    assert said_in(closed) == []
    assert said_in(opened) == list(WORDS)
    assert SIGN in opened


@pytest.mark.parametrize("name", sorted(name for name, row in EXPECTED.items() if "GET" in row.methods))
def test_no_page_tells_where_she_is_or_what_was_sealed(sealed: Hiding, name: str) -> None:
    """Whom the matrix sees turned away by their role, before any record is looked for, is not asked once more."""
    address, found = address_of(sealed, name), []
    with rolled_back():
        for who in who_may_be_let_in(EXPECTED[name]):
            text = text_of(sealed.world.ask(who, "GET", address))
            words = [] if name == THE_PAGE and who in MAY_SEE else words_in(text)
            if who in IN_THE_VILLAGE:
                words += [*said_in(text), *leaks_in(who, text)]
            found += [f"{who}: {word}" for word in words]

    assert found == []


def test_no_export_and_no_device_is_told(sealed: Hiding) -> None:
    with rolled_back():
        sent = {"format": "xlsx", "reason": "hand_over", "act_id": str(new_id())}
        body = text_of(sealed.world.ask(OFFICER, "POST", reverse("people:export"), sent))
        pulled = text_of(sealed.world.ask(OFFICER, "GET", f"{reverse('sync:pull')}?village={KURIPAN}&after=0"))

    assert said_in(body) == said_in(pulled) == []
    assert [word for word in (SCHOOL, SAYING, WORRY) if word in f"{body}{pulled}".casefold()] == []


def test_no_table_and_no_file_holds_it(sealed: Hiding) -> None:
    tables = connection.introspection.table_names()
    texts = {table: everything_in(table) for table in tables}
    found = [f"{table}: {word}" for table, text in texts.items() for word in said_in(text)]
    found += [
        f"{table}: {word}" for table, text in texts.items() for word in (SAYING, WORRY) if word in text.casefold()
    ]
    files = [file for file in sealed.folder.rglob("*") if file.is_file()]

    assert found == []
    assert [file.name for file in files if said_in(file.read_bytes().decode("latin-1"))] == []


@pytest.mark.sqlite
def test_no_byte_of_the_database_holds_it(sealed: Hiding) -> None:
    whole: bytes = connection.connection.serialize()

    assert said_in(whole.decode("latin-1")) == []
    assert SIGN.encode() not in whole


def test_the_envelopes_point_at_nobody(sealed: Hiding) -> None:
    """Hers with the note and hers without look alike, and neither names her, her case or her village."""
    rows = everything_in("people_envelope")
    known = [sealed.resident, sealed.world.ids["case_id"], sealed.world.ids["household_id"]]

    assert Envelope.objects.count() >= 2
    assert not [one for one in known if str(one) in rows or str(one).replace("-", "") in rows]
    assert KURIPAN not in rows

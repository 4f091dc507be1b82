"""The papers of a candidate: written once, compared, reminded of; their copies sealed, seen with a trace, destroyed."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from desmigratif.access.actor import Actor, person
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.cases.models import CaseStep, OfferCheck, Paper
from desmigratif.cases.queries.papers.papers import with_papers
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.papers.papers import disagree, last_day, names_alike, side_by_side, validity_on
from desmigratif.cases.sealing import facts_of
from desmigratif.cases.tests.before.test_journey_steps import codes
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.cases.tests.pages import kuripan, send
from desmigratif.documents.attachments import content_of
from desmigratif.documents.models import Attachment, AttachmentContent
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 11, 23)
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/paper_expiry.yaml").read_text(encoding="utf-8")
)


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


def photo() -> bytes:
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    Image.new("RGB", (60, 40), "white").save(target, "JPEG", exif=exif)
    return target.getvalue()


def note(doing: Doing, case_id: str, kind: str = "passport", seen: int = 0, **said: Any) -> dict[str, Any]:
    given = {"paper_id": str(new_id()), "copy_id": str(new_id()), "case_id": case_id, "kind": kind, "seen": seen}
    return doing("cases.record_paper", **given, **said)


# --- rules ---


def examples_are_true() -> bool:
    for row in EXAMPLES:
        try:
            found = validity_on(row["hari"], row["dokumen"], row["habis"])
        except NoValueOnDate:
            found = None
        except KeyError:
            return False
        if found != row["keadaan"]:
            return False
    return True


def test_the_examples_of_reminders_are_true() -> None:
    assert examples_are_true()


def test_every_value_of_the_reminders_is_held_by_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "paper_expiry", examples_are_true)

    assert tried >= 17
    assert missed == []


@pytest.mark.parametrize(
    ("issued", "months", "ends"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 23), 120, date(2036, 11, 23)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 1), None, None),
        (None, 6, None),
    ],
)
def test_a_paper_that_says_only_when_it_was_issued_holds_its_months(
    issued: date | None, months: int | None, ends: date | None
) -> None:
    assert last_day(issued, months) == ends


@pytest.mark.parametrize(
    ("other", "like"),
    [
        ("SITI AMINAH", "same"),
        ("Siti  Aminah.", "same"),
        ("Sitti Aminah", "spelling"),
        ("Siti Aminnah", "spelling"),
        ("Siti Rohani", "differs"),
        ("Siti Aminah Sari", "differs"),
    ],
)
def test_a_name_is_the_same_spelled_otherwise_or_another(other: str, like: str) -> None:
    assert names_alike("Siti Aminah", other) == like


def test_papers_that_say_nothing_disagree_with_nobody() -> None:
    born = date(1996, 4, 21)

    assert not disagree(side_by_side([("ktp", "Siti", born), ("kk", "", None), ("paspor", "SITI", None)]))
    assert disagree(side_by_side([("ktp", "Siti", born), ("kk", "", date(1996, 4, 12))]))
    assert disagree(side_by_side([("ktp", "", None), ("kk", "Siti", None), ("paspor", "Sitti", None)]))


# --- the action ---


def test_a_paper_is_written_once_sealed_and_remembered_without_its_words(
    family: Family, doing: Doing, case_id: str
) -> None:
    note(
        doing,
        case_id,
        number="E7654321",
        name_on_paper="SITI AMINAH",
        birth_date="1996-04-21",
        valid_until="2031-01-31",
    )

    paper = kuripan(Paper).get()
    facts = facts_of(paper, key_of(family.siti.id))
    memory = str(list(TimelineEntry.objects.values())) + str(list(Event.objects.values()))
    assert (facts.number, facts.name, facts.birth_date) == ("E7654321", "SITI AMINAH", date(1996, 4, 21))
    assert b"E7654321" not in bytes(paper.said_sealed)
    assert "E7654321" not in memory
    assert TimelineEntry.objects.filter(kind="paper.recorded").count() == 1


def test_a_paper_without_a_last_day_gets_it_from_the_law(doing: Doing, case_id: str) -> None:
    note(doing, case_id, "police_certificate", issued_on="2026-08-31")

    assert kuripan(Paper).get().valid_until == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "surat_sakti"}, "unknown_paper"),
        ({"issued_on": "2026-11-24"}, "issued_in_future"),
        ({"birth_date": "2026-11-24"}, "born_in_future"),
        ({"issued_on": "2026-01-02", "valid_until": "2026-01-01"}, "ends_before_issue"),
        ({"on": "2026-11-24"}, "date_in_future"),
        ({"picture": b"MZ program"}, "not_a_copy"),
        ({"picture": "bukan base64"}, "impossible"),
        ({"seen": 3}, "changed_meanwhile"),
    ],
)
def test_what_cannot_be_true_of_a_paper_is_refused_and_nothing_is_written(
    doing: Doing, case_id: str, said: dict[str, Any], code: str
) -> None:
    assert codes(lambda: note(doing, case_id, **said)) == [code]
    assert not kuripan(Paper).exists()
    assert not kuripan(Attachment).exists()


def test_of_two_officers_the_second_is_told(doing: Doing, case_id: str) -> None:
    note(doing, case_id, number="E1")

    assert codes(lambda: note(doing, case_id, number="E2")) == ["changed_meanwhile"]
    note(doing, case_id, number="E2", seen=1)
    assert kuripan(Paper).get().version == 2


def test_a_copy_is_sealed_for_its_owner_and_says_nothing_of_the_camera(
    family: Family, doing: Doing, case_id: str
) -> None:
    note(doing, case_id, picture=photo())

    kept, content = kuripan(Attachment).get(), kuripan_content()
    opened = content_of(kept)
    assert opened is not None
    assert opened.startswith(b"\xff\xd8\xff")
    assert b"Kamera Rahasia" not in opened
    assert b"\xff\xd8\xff" not in bytes(content.sealed)[:64]
    assert opened not in bytes(content.sealed)


def kuripan_content() -> AttachmentContent:
    return AttachmentContent.objects.get(village_code=KURIPAN)


def test_who_is_forgotten_has_no_copies_left(family: Family, doing: Doing, case_id: str) -> None:
    note(doing, case_id, number="E1", picture=photo())
    erase_key(family.siti.id)

    assert content_of(kuripan(Attachment).get()) is None
    assert facts_of(kuripan(Paper).get(), key_of(family.siti.id)).number == ""


def test_a_new_copy_destroys_the_old_one(doing: Doing, case_id: str) -> None:
    note(doing, case_id, picture=photo())
    note(doing, case_id, seen=1, picture=photo())

    old, new = kuripan(Attachment).order_by("removed_on")
    first, second = (old, new) if old.removed_on else (new, old)
    assert (first.removed_because, second.removed_because) == ("replaced", "")
    assert kuripan_content().attachment_id == second.id == kuripan(Paper).get().copy_id


def test_a_paper_written_again_without_a_photo_keeps_its_copy(doing: Doing, case_id: str) -> None:
    note(doing, case_id, picture=photo())
    note(doing, case_id, seen=1, number="E9")

    assert kuripan(Paper).get().copy_id == kuripan(Attachment).get().id


def test_a_copy_is_taken_away_with_a_reason_and_its_bytes_are_gone(doing: Doing, case_id: str) -> None:
    note(doing, case_id, number="E1", picture=photo())
    doing("cases.remove_paper_copy", case_id=case_id, kind="passport", reason="asked_by_owner")

    kept = kuripan(Attachment).get()
    assert (kept.removed_on, kept.removed_because) == (TODAY, "asked_by_owner")
    assert not AttachmentContent.objects.exists()
    assert kuripan(Paper).get().copy_id is None
    again = {"case_id": case_id, "kind": "passport", "reason": "unreadable"}
    assert codes(lambda: doing("cases.remove_paper_copy", **again)) == ["no_copy"]


@pytest.mark.parametrize("role", ["village_head", "regency_coordinator", "tutor"])
def test_another_role_cannot_write_papers(doing: Doing, case_id: str, role: str) -> None:
    stranger = person(new_id(), "Lain", (role, KURIPAN))

    assert codes(lambda: note(doing, case_id, by=stranger)) == ["not_found"]


def test_an_officer_of_another_village_neither_writes_nor_takes_away(
    doing: Doing, case_id: str, stranger: Actor
) -> None:
    note(doing, case_id, picture=photo())

    assert codes(lambda: note(doing, case_id, by=stranger, seen=1)) == ["not_found"]
    given = {"case_id": case_id, "kind": "passport", "reason": "unreadable", "by": stranger}
    assert codes(lambda: doing("cases.remove_paper_copy", **given)) == ["not_found"]


# --- what others make of it ---


def test_the_offer_check_reads_the_papers_that_are_written_already(family: Family, doing: Doing, case_id: str) -> None:
    """Identity that does not fit is found although nobody typed a name into the check."""
    note(doing, case_id, "ktp", name_on_paper="Siti Aminah", birth_date="1996-04-21")
    note(doing, case_id, "school_certificate", name_on_paper="Siti Aminah", birth_date="1999-04-21")
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=LAWFUL_OFFER)

    flags = kuripan(OfferCheck).get().flags
    assert [flag["code"] for flag in flags] == ["UNDERAGE_OR_IDENTITY_MISMATCH"]
    papers = with_papers(OfferCheckInput(), family.siti).candidate.papers
    assert (papers.ktp.name, papers.school_certificate.birth_date) == ("Siti Aminah", date(1999, 4, 21))


# --- pages ---


def page(name: str, case_id: str, *more: str) -> str:
    return reverse(f"cases:{name}", args=[case_id, *more])


def test_the_list_says_what_is_there_what_is_missing_and_what_runs_out(
    desk: Client, doing: Doing, case_id: str
) -> None:
    note(doing, case_id, "passport", number="E7654321", valid_until="2027-01-02")
    text = desk.get(page("papers", case_id)).content.decode()

    assert "1 dari 2" in text
    assert "1 perlu diperbarui" in text
    assert all(word in text for word in ("Segera habis", "Belum ada", "E7654321", "2 Januari 2027"))


def test_who_may_not_see_specific_facts_sees_no_number(doing: Doing, case_id: str) -> None:
    note(doing, case_id, "ktp", number="E7654321", name_on_paper="Sitti Aminah")
    text = signed_in("village_head").get(page("papers", case_id)).content.decode()

    assert "Ada" in text
    assert "E7654321" not in text
    assert "Sitti" not in text


def test_a_step_form_knows_what_is_written_of_its_paper(desk: Client, doing: Doing, case_id: str) -> None:
    """Typed once: on the list of papers, not again on the step."""
    note(doing, case_id, "jobseeker_card", number="AK-77", valid_until="2028-01-31")
    for step in ("offer_check", "intention", "family_permission"):
        CaseStep.objects.in_village(KURIPAN).filter(step=step).update(state="done")
    row = CaseStep.objects.create(
        village_code=KURIPAN, case_id=case_id, step="jobseeker_registration", since=TODAY, holder="candidate",
        holder_since=TODAY,
    )  # fmt: skip
    form = desk.get(reverse("cases:step", args=[row.id])).context["form"]

    assert (form["paper_number"].value(), form["valid_until"].value()) == ("AK-77", date(2028, 1, 31))


def test_a_finished_step_counts_as_its_paper(desk: Client, doing: Doing, case_id: str) -> None:
    CaseStep.objects.create(
        village_code=KURIPAN, case_id=case_id, step="passport", since=TODAY, holder="candidate", holder_since=TODAY,
        state="done", done_on=TODAY, valid_until="2026-12-24",
    )  # fmt: skip
    text = desk.get(page("papers", case_id)).content.decode()

    assert "Segera habis" in text
    assert "24 Desember 2026" in text


def test_names_side_by_side_are_marked_with_words(desk: Client, doing: Doing, case_id: str, family: Family) -> None:
    note(doing, case_id, "ktp", name_on_paper="Sitti Aminah", birth_date="1996-04-21")
    note(doing, case_id, "passport", name_on_paper="Rohani", birth_date="1996-04-12")
    text = desk.get(page("papers", case_id)).content.decode()

    assert all(word in text for word in ("Ejaan berbeda", "Berbeda", "Sama", "beda identitas"))
    letter = f"{reverse('cases:issue_village_letter')}?warga={family.siti.id}&amp;jenis=identity_difference"
    assert letter in text
    assert desk.get(letter.replace("&amp;", "&")).status_code == 200


def test_a_photo_is_sent_seen_with_a_trace_and_never_kept_by_the_browser(
    desk: Client, doing: Doing, case_id: str, family: Family
) -> None:
    address = page("record_paper", case_id, "passport")
    answer = send(desk, address, number="E1", copy=SimpleUploadedFile("foto.exe", photo(), "application/x-msdownload"))
    assert answer.status_code == 302, answer.content.decode()

    shown = desk.get(page("paper_copy", case_id, "passport")).content.decode()
    content = desk.get(page("paper_copy_content", case_id, "passport"))
    event = Event.objects.get(event="attachment.opened")
    assert page("paper_copy_content", case_id, "passport") in shown
    assert (content["Content-Type"], content["Cache-Control"]) == ("image/jpeg", "no-store")
    assert {subject["type"] for subject in event.subjects} == {"resident", "case", "attachment"}


def test_a_wrong_file_says_why_and_keeps_the_rest_of_the_form(desk: Client, doing: Doing, case_id: str) -> None:
    address = page("record_paper", case_id, "passport")
    for sent, words in (
        (b"MZ program", "bukan foto dan bukan PDF"),
        (b"", "Berkas ini kosong"),
        (bytes(13 << 20), "12 MB"),
    ):
        answer = send(desk, address, number="E7654321", copy=SimpleUploadedFile("paspor.jpg", sent, "image/jpeg"))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert words in text
        assert "E7654321" in text
        assert "perlu dipilih sekali lagi" in text
    assert not kuripan(Paper).exists()


def test_without_the_trace_of_the_look_the_copy_stays_closed(
    desk: Client, doing: Doing, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(doing, case_id, picture=photo())
    monkeypatch.setattr("desmigratif.access.reads.opened", lambda *args, **kwargs: False)

    assert desk.get(page("paper_copy_content", case_id, "passport")).status_code == 404
    assert "<img" not in desk.get(page("paper_copy", case_id, "passport")).content.decode()


def test_a_copy_is_deleted_from_its_page(desk: Client, doing: Doing, case_id: str, now: datetime) -> None:
    note(doing, case_id, picture=photo())
    address = page("remove_paper_copy", case_id, "passport")

    assert "Pilih mengapa dihapus." in send(desk, address).content.decode()
    assert send(desk, address, reason="unreadable").status_code == 302
    assert desk.get(page("paper_copy", case_id, "passport")).status_code == 404

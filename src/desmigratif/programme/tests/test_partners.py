"""Bodies that help: their own sign-in, pledges that the village confirms, tasks with a day, and money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import FactDelta
from desmigratif.programme.models import BudgetLine, Minutes, Partner, PartnerSeat, Pledge, SharedTask
from desmigratif.programme.rules import partners as rules
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

KURIPAN, GARUNG, KENANGA = "33.07.10.2004", "33.07.12.2007", "32.12.16.2004"
TODAY = date(2026, 11, 23)
Doing = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def doing(now: datetime) -> Doing:
    def run(by: Actor, name: str, **given: Any) -> dict[str, Any]:
        return do(by, f"programme.{name}", {"on": TODAY, **given}, now=now, act_id=new_id())

    return run


@pytest.fixture
def coordinator(places: None) -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


@pytest.fixture
def head(places: None) -> Actor:
    return person(new_id(), "Kepala desa", ("village_head", KURIPAN))


@pytest.fixture
def body(coordinator: Actor, doing: Doing, now: datetime) -> UUID:
    """A company of the regency; Kuripan is in the programme, Garung is not."""
    id = new_id()
    given = {"partner_id": id, "region_code": "33.07", "kind": "company", "name": "PT Contoh Kopi"}
    do(coordinator, "programme.add_partner", given, now=now, act_id=new_id())
    doing(
        coordinator, "join_programme", village_code=KURIPAN, membership_id=new_id(), programme="desmigratif",
        decree="SK 1/2024", on=date(2024, 11, 1),
    )  # fmt: skip
    return id


def account(role: str, region: str, name: str = "") -> User:
    user = User.objects.create(username=name or role, name=name or role)
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return user


@pytest.fixture
def giver(body: UUID, coordinator: Actor, doing: Doing) -> Actor:
    """Whoever signs in for the company."""
    user = account("partner", "33.07", "pt.contoh")
    doing(coordinator, "seat_partner", partner_id=body, seat_id=new_id(), user_id=user.id)
    return person(user.id, "PT Contoh", ("partner", "33.07"))


@pytest.fixture
def pledge(body: UUID, coordinator: Actor, doing: Doing) -> UUID:
    return pledged(coordinator, doing, body)


def pledged(by: Actor, doing: Doing, body: UUID, **given: Any) -> UUID:
    id = new_id()
    usual = {"village_code": KURIPAN, "pillar": "enterprise", "year": 2026, "what": "Mesin sangrai"}
    doing(by, "record_pledge", pledge_id=id, partner_id=body, **{**usual, **given})
    return id


def refused(run: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        run()
    return refusal.value.reasons[0].code, refusal.value.reasons[0].field


def facts(code: str) -> tuple[int, int]:
    sums = FactDelta.objects.filter(code=code, village_code=KURIPAN).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return (sums["n"] or 0, sums["d"] or 0)


def test_a_pledge_counts_as_done_when_the_village_says_so_and_not_before(
    pledge: UUID, giver: Actor, head: Actor, doing: Doing
) -> None:
    one = {"village_code": KURIPAN, "pledge_id": pledge}
    assert facts("F11") == (0, 1)

    doing(giver, "say_delivered", **one)
    assert facts("F11") == (0, 1)
    assert refused(lambda: doing(giver, "say_delivered", **one))[0] == "said_already"
    assert refused(lambda: doing(head, "answer_pledge", outcome="partly", **one)) == ("remark_needed", "remark")
    doing(head, "answer_pledge", outcome="partly", remark="Baru satu mesin", **one)
    assert facts("F11") == (0, 1)
    doing(giver, "say_delivered", **one)  # the giver's turn came again
    doing(head, "answer_pledge", outcome="received", **one)
    assert facts("F11") == (1, 1)
    assert refused(lambda: doing(head, "answer_pledge", outcome="received", **one))[0] == "answered_already"
    doing(head, "answer_pledge", outcome="not_received", remark="Salah catat", **one)
    assert facts("F11") == (0, 1)


def test_nobody_but_the_village_says_that_it_came(pledge: UUID, giver: Actor, coordinator: Actor, doing: Doing) -> None:
    for by in (giver, coordinator):
        assert refused(
            lambda by=by: doing(by, "answer_pledge", village_code=KURIPAN, pledge_id=pledge, outcome="received")
        )[0] == NotFoundOrNotYours.code  # fmt: skip
    both = person(giver.id, "PT Contoh", ("partner", "33.07"), ("village_officer", KURIPAN))
    assert refused(
        lambda: doing(both, "answer_pledge", village_code=KURIPAN, pledge_id=pledge, outcome="received")
    )[0] == "is_giver"  # fmt: skip


def test_a_pledge_for_a_village_outside_the_programme_is_told_so(
    body: UUID, coordinator: Actor, doing: Doing, now: datetime
) -> None:
    outside = refused(lambda: pledged(coordinator, doing, body, village_code=GARUNG))
    assert outside == ("not_in_programme", "village_code")
    assert refused(lambda: pledged(coordinator, doing, body, pillar="tidak"))[0] == "unknown_pillar"
    assert refused(lambda: pledged(coordinator, doing, body, year=2028)) == ("year_out_of_range", "year")
    elsewhere = Partner.objects.create(region_code="32.12", kind="ngo", name="Lembaga Lain")
    assert refused(lambda: pledged(coordinator, doing, elsewhere.id)) == ("works_elsewhere", "partner_id")
    assert not Pledge.objects.everywhere().exists()


def test_a_body_pledges_for_itself_alone(body: UUID, giver: Actor, doing: Doing) -> None:
    other = Partner.objects.create(region_code="33.07", kind="ngo", name="Lembaga Lain")

    assert refused(lambda: pledged(giver, doing, other.id))[0] == NotFoundOrNotYours.code
    pledged(giver, doing, body)
    unseated = person(new_id(), "Tanpa lembaga", ("partner", "33.07"))
    assert refused(lambda: pledged(unseated, doing, body))[0] == "no_body"


def test_an_account_speaks_for_one_body_and_hands_the_seat_over(
    body: UUID, giver: Actor, coordinator: Actor, doing: Doing
) -> None:
    other = Partner.objects.create(region_code="33.07", kind="ngo", name="Lembaga Lain")

    def seat(partner: UUID, user: UUID | None) -> dict[str, Any]:
        return doing(coordinator, "seat_partner", partner_id=partner, seat_id=new_id(), user_id=user)

    assert refused(lambda: seat(other.id, giver.id)) == ("seated_already", "user_id")
    assert refused(lambda: seat(other.id, None))[0] == "nobody_seated"
    head_of_village = account("village_head", KURIPAN)
    assert refused(lambda: seat(other.id, head_of_village.id))[0] == NotFoundOrNotYours.code
    seat(body, None)
    seat(other.id, giver.id)
    assert [one.partner_id for one in PartnerSeat.objects.filter(until=None)] == [other.id]
    assert refused(lambda: pledged(giver, doing, body))[0] == NotFoundOrNotYours.code


def test_a_task_is_due_after_working_days_and_closed_by_whoever_owns_it(
    body: UUID, giver: Actor, head: Actor, coordinator: Actor, doing: Doing
) -> None:
    mine, theirs = new_id(), new_id()
    friday = date(2026, 11, 20)
    given = {"village_code": KURIPAN, "what": "Kirim mesin", "days": 2, "on": friday}
    doing(coordinator, "share_task", task_id=theirs, owner="partner", partner_id=body, **given)
    doing(coordinator, "share_task", task_id=mine, owner="village", **given)
    task = SharedTask.objects.everywhere().get(id=theirs)
    assert task.due_on == date(2026, 11, 24)

    def finish(by: Actor, id: UUID) -> dict[str, Any]:
        return doing(by, "finish_task", village_code=KURIPAN, task_id=id, result="Sudah sampai")

    assert refused(lambda: finish(head, theirs))[0] == "not_owner"
    assert refused(lambda: finish(giver, mine))[0] == NotFoundOrNotYours.code
    finish(giver, theirs)
    finish(head, mine)
    assert refused(lambda: finish(coordinator, mine))[0] == "done_already"
    without = {**given, "owner": "partner", "task_id": new_id()}
    with pytest.raises(Refusal):
        doing(coordinator, "share_task", **without)


def test_money_counts_the_difference_and_too_much_spent_says_why(
    body: UUID, head: Actor, coordinator: Actor, doing: Doing
) -> None:
    def line(by: Actor, **given: Any) -> dict[str, Any]:
        usual = {"village_code": KURIPAN, "line_id": new_id(), "year": 2026, "source": "apbdes", "spent_rupiah": 0}
        return doing(by, "set_budget", **{**usual, "allotted_rupiah": 10_000_000, **given})

    line(head)
    line(coordinator, source="apbn", allotted_rupiah=30_000_000, spent_rupiah=15_000_000)
    line(head, spent_rupiah=4_000_000)
    assert facts("F6") == (10_000_000, 40_000_000)
    assert facts("F9") == (19_000_000, 40_000_000)
    assert facts("F10") == (19_000_000, 0)
    assert refused(lambda: line(head, spent_rupiah=11_000_000)) == ("overspent", "remark")
    line(head, spent_rupiah=11_000_000, remark="Ditutup dari perubahan anggaran")
    assert refused(lambda: line(head, on=date(2026, 11, 1)))[0] == "newer_stands"
    assert refused(lambda: line(head, year=2027, spent_rupiah=1)) == ("not_begun", "spent_rupiah")
    assert refused(lambda: line(head, source="tidak")) == ("unknown_source", "source")
    assert BudgetLine.objects.everywhere().count() == 2
    assert refused(lambda: line(coordinator, village_code=GARUNG))[0] == "not_in_programme"


def test_money_of_last_year_counts_within_that_year() -> None:
    assert rules.day_of(2025, date(2026, 2, 3)) == date(2025, 12, 31)
    assert rules.day_of(2027, date(2026, 12, 3)) == date(2027, 1, 1)
    assert rules.day_of(2026, date(2026, 12, 3)) == date(2026, 12, 3)


def test_a_meeting_is_written_down_with_what_was_agreed(body: UUID, coordinator: Actor, doing: Doing) -> None:
    given = {"minutes_id": new_id(), "kind": "review", "said": "Koperasi perlu pendamping.", "partner_id": body}
    doing(coordinator, "record_minutes", village_code=KURIPAN, **given)

    assert Minutes.objects.everywhere().get().kind == "review"
    outside = {**given, "minutes_id": new_id()}
    assert refused(lambda: doing(coordinator, "record_minutes", village_code=GARUNG, **outside))[0] == (
        "not_in_programme"
    )


GIVEN: dict[str, dict[str, Any]] = {
    "programme.add_partner": {"partner_id": new_id(), "region_code": "33.07", "kind": "ngo", "name": "Lembaga Asing"},
    "programme.seat_partner": {"partner_id": "body", "seat_id": new_id(), "on": TODAY},
    "programme.record_pledge": {
        "pledge_id": new_id(), "partner_id": "body", "pillar": "enterprise", "year": 2026, "what": "Bibit", "on": TODAY,
    },
    "programme.say_delivered": {"pledge_id": "pledge", "on": TODAY},
    "programme.answer_pledge": {"pledge_id": "pledge", "outcome": "received", "on": TODAY},
    "programme.record_minutes": {"minutes_id": new_id(), "kind": "visit", "said": "Kunjungan", "on": TODAY},
    "programme.share_task": {"task_id": new_id(), "what": "Kirim", "owner": "village", "days": 3, "on": TODAY},
    "programme.finish_task": {"task_id": "task", "on": TODAY},
    "programme.set_budget": {
        "line_id": new_id(), "year": 2026, "source": "apbn", "allotted_rupiah": 1, "spent_rupiah": 0, "on": TODAY,
    },
}  # fmt: skip
VILLAGELESS = ("programme.add_partner", "programme.seat_partner")


def test_a_stranger_learns_and_changes_nothing(
    body: UUID, pledge: UUID, coordinator: Actor, doing: Doing, now: datetime
) -> None:
    task = new_id()
    doing(
        coordinator, "share_task", village_code=KURIPAN, task_id=task, what="Kirim", owner="partner", partner_id=body,
        days=3,
    )  # fmt: skip
    ids = {"body": body, "pledge": pledge, "task": task}
    strangers = (
        person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12")),
        person(new_id(), "Petugas lain", ("village_officer", GARUNG)),
        person(new_id(), "Analis", ("ministry_analyst", "ID")),
        person(new_id(), "Pengasuh", ("tutor", KURIPAN)),
    )
    models = (Partner.objects, PartnerSeat.objects)
    before = [manager.count() for manager in models]
    for name, given in GIVEN.items():
        payload = {key: ids.get(value, value) if isinstance(value, str) else value for key, value in given.items()}
        if name not in VILLAGELESS:
            payload["village_code"] = KURIPAN
        for by in strangers:
            with pytest.raises(Refusal) as refusal:
                do(by, name, payload, now=now, act_id=new_id())
            assert [one.code for one in refusal.value.reasons] == [NotFoundOrNotYours.code], (name, by.label)
    assert [manager.count() for manager in models] == before
    assert Pledge.objects.everywhere().get().outcome == ""
    assert SharedTask.objects.everywhere().get().done_on is None
    assert not Minutes.objects.everywhere().exists()
    assert not BudgetLine.objects.everywhere().exists()


def said(client: Client, query: str = "", name: str = "partners", *args: Any) -> str:
    answer = client.get(reverse(f"programme:{name}", args=args) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_body_sees_its_own_pledges_and_nobody_elses(
    body: UUID, pledge: UUID, giver: Actor, coordinator: Actor, doing: Doing
) -> None:
    other = Partner.objects.create(region_code="33.07", kind="ngo", name="Lembaga Lain")
    foreign = pledged(coordinator, doing, other.id, what="Buku anak", pillar="parenting")
    desk = signed_in_browser(User.objects.get(id=giver.id))

    page = said(desk)

    assert "PT Contoh Kopi" in page
    assert "Mesin sangrai" in page
    assert "Lembaga Lain" not in page
    assert "Buku anak" not in page
    assert "Belum ada yang membantu: Pusat layanan, Koperasi" in page
    record = reverse("programme:record")
    form = " ".join(desk.get(f"{record}?apa=serah&id={pledge}").content.decode().split())
    assert reverse("programme:partners") in form
    assert 'href="/program/"' not in form, "the trail leads nowhere that a body may not go"
    assert desk.get(f"{record}?apa=serah&id={foreign}").status_code == 404
    assert desk.get(reverse("programme:partner", args=[body])).status_code == 404
    assert desk.get("/warga/").status_code == 404
    loose = signed_in_browser(account("partner", "33.07", "tanpa.lembaga"))
    assert "belum dihubungkan dengan lembaga" in said(loose)


def test_the_matrix_shows_who_is_where_and_what_is_empty(
    body: UUID, pledge: UUID, coordinator: Actor, head: Actor, doing: Doing, django_assert_max_num_queries: Any
) -> None:
    doing(head, "answer_pledge", village_code=KURIPAN, pledge_id=pledge, outcome="received")
    doing(
        coordinator, "set_budget", village_code=KURIPAN, line_id=new_id(), year=2026, source="apbn",
        allotted_rupiah=8_000_000, spent_rupiah=2_000_000,
    )  # fmt: skip
    doing(
        coordinator, "share_task", village_code=KURIPAN, task_id=new_id(), what="Kirim mesin", owner="partner",
        partner_id=body, days=1, on=date(2026, 11, 2),
    )  # fmt: skip
    desk = signed_in_browser(account("regency_coordinator", "33.07"))
    with django_assert_max_num_queries(16):
        page = said(desk)

    assert "3 tempat masih kosong" in page
    assert "PT Contoh Kopi" in page
    assert "1 dari 1 janji diterima desa (100%)" in said(desk, "?lihat=lembaga")
    assert "lewat 14 hari kerja" in said(desk, "?lihat=tugas")
    assert "25%" in said(desk, "?lihat=dana&tahun=2026")
    assert "Belum ada dana" in said(desk, "?lihat=dana&tahun=2025")
    village = said(desk, f"?desa={KURIPAN}")
    assert "Mesin sangrai" in village
    assert "Rp8.000.000" in village
    assert "Kirim mesin" in said(desk, "", "partner", body)
    assert "Tugas bersama ini lewat batas" in " ".join(desk.get("/").content.decode().split())
    for code in (KENANGA, "99.99.99.9999", "tidak"):
        assert desk.get(f"{reverse('programme:partners')}?desa={code}").status_code == 404


def sent(desk: Client, query: str, **given: str) -> Any:
    """The form as it was shown, with these answers."""
    path = f"{reverse('programme:record')}?{query}"
    form = desk.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    texts = {name: f"{value:%d-%m-%Y}" if isinstance(value, date) else value for name, value in shown.items()}
    return desk.post(path, {**texts, **given})


def test_coordinator_body_and_village_write_on_their_own_pages(body: UUID, giver: Actor) -> None:
    desk = signed_in_browser(account("regency_coordinator", "33.07"))
    company = signed_in_browser(User.objects.get(id=giver.id))
    village = signed_in_browser(account("village_head", KURIPAN))

    assert sent(desk, "apa=lembaga", name="Yayasan Contoh", kind="ngo").status_code == 302
    promise = {"village_code": KURIPAN, "pillar": "cooperative", "what": "Komputer kas", "amount_rupiah": "7.500.000"}
    assert sent(company, "apa=janji", partner_id=str(body), **promise).status_code == 302
    pledge = Pledge.objects.everywhere().get()
    assert pledge.amount_rupiah == 7_500_000
    assert sent(company, f"apa=serah&id={pledge.id}").status_code == 302
    answer = sent(village, f"apa=terima&id={pledge.id}", outcome="not_received")
    assert "Tulis apa yang belum datang." in answer.content.decode()
    assert sent(village, f"apa=terima&id={pledge.id}", outcome="received").status_code == 302
    task = {"what": "Pasang komputer", "holder": str(body), "days": "5"}
    assert sent(desk, f"apa=tugas&desa={KURIPAN}", **task).status_code == 302
    open_task = SharedTask.objects.everywhere().get()
    assert sent(company, f"apa=selesai&id={open_task.id}", result="Terpasang").status_code == 302
    assert sent(desk, f"apa=catatan&desa={KURIPAN}", kind="visit", said="Melihat kas").status_code == 302
    money = {"source": "apbdes", "allotted_rupiah": "1.000.000", "spent_rupiah": "2.000.000"}
    over = sent(village, f"apa=anggaran&desa={KURIPAN}", **money)
    assert "Yang dipakai lebih besar dari anggarannya" in over.content.decode()
    assert sent(desk, f"apa=akun&id={body}").status_code == 302
    assert not PartnerSeat.objects.filter(until=None).exists()
    assert desk.get(f"{reverse('programme:record')}?apa=tidak").status_code == 404

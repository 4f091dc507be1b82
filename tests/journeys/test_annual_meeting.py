"""The board leads a members' meeting: too few may not begin; enough decide, and the supervisor reads what was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Decision, Member
from desmigratif.shared.ids import new_id
from journeys.helping import answer, turn_page
from journeys.test_treasurer_month import KURIPAN, Books

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = (("Melur Asri", "3307100107850001"), ("Kenanga Dewi", "3307100107850002"), ("Mawar Sari", "3307100107850003"))


def called_for_today(books: Books) -> str:
    """Three members, and an invitation of eight days ago."""
    for name, nik in PEOPLE:
        id = new_id()
        said = {"member_id": id, "on": books.today, "name": name, "nik": nik, "birth_date": "1985-07-01"}
        books._do("apply_for_membership", **said, address="Krajan", in_area=True, is_citizen=True)
        Member.objects.of(books.row).filter(id=id).update(status="member", number=1 + Member.objects.of(books.row)
            .filter(status="member").count(), joined_on=books.opened_on)  # fmt: skip
    id = new_id()
    given = {"meeting_id": id, "kind": "extraordinary", "on": books.today, "matters": ["Gedung"]}
    invited = {"invited_on": books.today - timedelta(days=8), "at": "09.00", "place": "Balai desa"}
    actor = actor_for(books.board, today=books.today)
    content = {"cooperative_id": books.id, **given, **invited}
    do(actor, "cooperative.call_meeting", content, now=books.now, act_id=new_id())
    return str(id)


def test_too_few_may_not_begin_and_enough_decide(
    page: Page, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    books = Books(user_with)
    here = f"/koperasi/rapat/{called_for_today(books)}/"
    sign_in(page, books.board)

    page.goto(f"{here}mulai/")
    page.get_by_role("button", name="Mulai rapat").click()
    expect(page.get_by_text("Yang hadir 0 dari 3 anggota")).to_be_visible()
    page.goto(f"{here}hadir/")
    page.get_by_label("Melur Asri").select_option("in_person")
    page.get_by_label("Mawar Sari").select_option("online")
    turn_page(page, page.get_by_role("button", name="Simpan lembar ini"))
    turn_page(page, page.get_by_role("link", name="Kembali ke rapat"))
    turn_page(page, page.get_by_role("link", name="Mulai rapat"))
    turn_page(page, page.get_by_role("button", name="Mulai rapat"))
    turn_page(page, page.get_by_role("link", name="Catat keputusan"))
    answer(page, "text", "Gedung disewa setahun.")
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Gedung disewa setahun.")).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Tutup rapat"))
    answer(page, "led_by", "Melur Asri")
    answer(page, "written_by", "Mawar Sari")
    turn_page(page, page.get_by_role("button", name="Tutup rapat"))
    assert Decision.objects.of(books.row).get().is_carried

    sign_in(page, user_with(("cooperative_supervisor", KURIPAN), name="Rubiyanto"))
    page.goto(here)
    expect(page.get_by_text("2 dari 3 anggota hadir")).to_be_visible()
    expect(page.get_by_role("link", name="Berita acara")).to_be_visible()
    expect(page.get_by_role("link", name="Catat keputusan")).to_be_hidden()

"""Paper twins: a slip of the pen is noticed, a sheet is entered once, and the paper asks what the screen asks."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from desmigratif.access.actor import Actor
from desmigratif.cases.forms.before.sheets import form_of, questions_of
from desmigratif.cases.models import Case, FamilyTalk, OfferCheck, Sheet, SheetKind, Visit
from desmigratif.cases.queries.before.sheets import sheet_counts, sheet_text, sheets_seen
from desmigratif.cases.rules.before.sheets import LETTERS, SheetNumber, check_digit, number_text, read_number
from desmigratif.cases.sheet_press import printed
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

TODAY = date(2026, 11, 23)
DIGITS = st.text("0123456789", min_size=2, max_size=16)


def stack(doing: Doing, kind: str = "visit", count: int = 1, **more: Any) -> list[Sheet]:
    batch = str(new_id())
    doing("cases.print_sheets", batch_id=batch, kind=kind, count=count, **more)
    return list(Sheet.objects.in_village(KURIPAN).filter(batch=batch).order_by("running"))


def visit(**more: Any) -> dict[str, Any]:
    return {
        "visit_id": str(new_id()), "village_code": KURIPAN, "on": "2026-11-20", "visitor_name": "Tamu Contoh",
        "purpose": "other", **more,
    }  # fmt: skip


def refused(doing: Doing, name: str, **payload: Any) -> Reason:
    with pytest.raises(Refusal) as refusal:
        doing(name, **payload)
    return refusal.value.reasons[0]


@given(DIGITS, st.data())
def test_one_wrong_figure_or_two_swapped_never_keep_the_check_digit(digits: str, data: st.DataObject) -> None:
    whole = digits + check_digit(digits)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != whole[place]]))
    assert check_digit(whole[:place] + other + whole[place + 1 :]) != "0"
    if place and whole[place] != whole[place - 1]:
        swapped = whole[: place - 1] + whole[place] + whole[place - 1] + whole[place + 1 :]
        assert check_digit(swapped) != "0"


@given(st.sampled_from(sorted(LETTERS)), st.integers(1, 999_999))
def test_a_number_is_read_as_it_was_printed_however_it_is_typed(kind: str, running: int) -> None:
    text = number_text(KURIPAN, kind, running)
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("-", "")):
        assert read_number(KURIPAN, typed) == SheetNumber(kind, running)


@pytest.mark.parametrize("typed", ["", "12", "X-0001-1", "T-1-1", "T-0001"])
def test_what_is_no_number_of_a_sheet_gets_a_sentence(typed: str) -> None:
    said = read_number(KURIPAN, typed)
    assert isinstance(said, Reason)
    assert said.code == "sheet_number_shape"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_a_sheet_asks_what_the_screen_asks_in_its_order_and_fits_one_page(kind: str, places: None) -> None:
    asked = [row["name"] for row in questions_of(kind, TODAY)]
    on_screen = [name for name in form_of(kind, TODAY).fields if name in asked]
    pdf = printed(
        [Sheet(village_code=KURIPAN, kind=kind, running=n) for n in (1, 2)], village_name="Kuripan", today=TODAY
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]

    assert len(asked) >= 3
    assert kind == "visit" or asked == on_screen
    assert not {"candidate_confirms_alone", "pressure", "sealed_note", "on"} & set(asked)
    assert len(pages) == 2
    assert number_text(KURIPAN, kind, 2) in pages[1]
    said = " ".join(pages[0].split())
    assert all(f"{n}. " in said for n in range(1, len(asked) + 1))


@pytest.mark.django_db
def test_running_numbers_go_on_in_each_kind(doing: Doing, family: Family) -> None:
    assert [sheet.running for sheet in stack(doing, count=3)] == [1, 2, 3]
    assert [sheet.running for sheet in stack(doing, count=2)] == [4, 5]
    assert [sheet.running for sheet in stack(doing, "talk")] == [1]


@pytest.mark.django_db
def test_a_sheet_and_its_record_are_written_together_and_once(doing: Doing, family: Family) -> None:
    (sheet,) = stack(doing)
    number = sheet_text(sheet)
    doing("cases.enter_sheet", number=number, visit=visit())
    said = refused(doing, "cases.enter_sheet", number=number, visit=visit())

    assert said.code == "sheet_entered"
    assert "sudah dimasukkan pada 23 November 2026 sebagai kedatangan tamu" in said.text
    assert Sheet.objects.in_village(KURIPAN).get().record == Visit.objects.in_village(KURIPAN).get().id


@pytest.mark.django_db
def test_what_the_act_of_its_kind_refuses_leaves_the_sheet_blank(doing: Doing, family: Family) -> None:
    (sheet,) = stack(doing)
    said = refused(doing, "cases.enter_sheet", number=sheet_text(sheet), visit=visit(on="2026-12-24"))

    assert said.field == "on"
    assert Sheet.objects.in_village(KURIPAN).get().entered_on is None
    assert not Visit.objects.in_village(KURIPAN).exists()


@pytest.mark.django_db
def test_a_sheet_of_another_kind_or_never_printed_is_refused(doing: Doing, family: Family) -> None:
    (talk,) = stack(doing, "talk")

    assert refused(doing, "cases.enter_sheet", number=sheet_text(talk), visit=visit()).code == "sheet_other_kind"
    unknown = number_text(KURIPAN, "visit", 9)
    assert refused(doing, "cases.enter_sheet", number=unknown, visit=visit()).code == "sheet_never_printed"
    slip = unknown[:-1] + str((int(unknown[-1]) + 1) % 10)
    assert refused(doing, "cases.enter_sheet", number=slip, visit=visit()).code == "sheet_number_slip"
    assert not Visit.objects.in_village(KURIPAN).exists()


@pytest.mark.django_db
def test_intention_offer_and_talk_are_entered_from_their_sheets(doing: Doing, family: Family) -> None:
    case_id, here = str(new_id()), {"village_code": KURIPAN, "on": "2026-11-23"}
    contents: dict[str, dict[str, Any]] = {
        "intention": {"case_id": case_id, "resident_id": str(family.siti.id)},
        "offer": {"check_id": str(new_id()), "case_id": case_id, "answers": LAWFUL_OFFER},
        "talk": {"talk_id": str(new_id()), "case_id": case_id, "permission": "missing"},
    }
    for kind, content in contents.items():
        (sheet,) = stack(doing, kind)
        doing("cases.enter_sheet", number=sheet_text(sheet), **{kind: {**here, **content}})

    assert Case.objects.in_village(KURIPAN).count() == 1
    assert OfferCheck.objects.in_village(KURIPAN).count() == 1
    assert FamilyTalk.objects.in_village(KURIPAN).count() == 1
    assert set(Sheet.objects.in_village(KURIPAN).values_list("case_id", flat=True)) == {
        Case.objects.in_village(KURIPAN).get().id
    }


@pytest.mark.django_db
def test_a_spoiled_sheet_is_never_entered(doing: Doing, family: Family) -> None:
    (sheet,) = stack(doing)
    doing("cases.spoil_sheet", number=sheet_text(sheet), because="torn")

    assert refused(doing, "cases.enter_sheet", number=sheet_text(sheet), visit=visit()).code == "sheet_spoiled"
    assert refused(doing, "cases.spoil_sheet", number=sheet_text(sheet), because="lost").code == "sheet_spoiled"


@pytest.mark.django_db
def test_blank_sheets_are_looked_for_after_the_limit_and_not_before(
    doing: Doing, family: Family, officer: Actor
) -> None:
    stack(doing, on="2026-11-09")
    stack(doing, on="2026-11-08")

    late = sheets_seen(officer, "belum-kembali", TODAY)
    assert [sheet.printed_on for sheet in late] == [TODAY - timedelta(days=15)]
    assert sheet_counts(officer, TODAY) == {"kosong": 2, "belum_kembali": 1, "masuk": 0, "coret": 0}


@pytest.mark.django_db
def test_a_stranger_neither_prints_nor_enters_nor_spoils(doing: Doing, family: Family, stranger: Actor) -> None:
    (sheet,) = stack(doing)
    number = sheet_text(sheet)
    for name, payload in {
        "cases.print_sheets": {"batch_id": str(new_id()), "kind": SheetKind.VISIT, "count": 1},
        "cases.enter_sheet": {"number": number, "visit": visit()},
        "cases.spoil_sheet": {"number": number, "because": "torn"},
    }.items():
        assert refused(doing, name, by=stranger, **payload).code == NotFoundOrNotYours.code
    assert Sheet.objects.in_village(KURIPAN).get().entered_on is None
    assert not sheets_seen(stranger, "kosong", TODAY).exists()

"""The recovery sheet: the secret is on paper, the machine keeps the public half."""

from __future__ import annotations

import io
import json
import re
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desmigratif.access.keys import age, recovery
from desmigratif.access.keys.recovery import Sheet, SheetUnreadable
from desmigratif.shared.keyring import Keyring

TODAY = date(2026, 11, 23)
RING = Keyring(b"k" * 32)


def test_the_sheet_opens_what_was_encrypted_to_the_machines_half() -> None:
    sheet = recovery.new_sheet(TODAY)
    sealed, opened = io.BytesIO(), io.BytesIO()
    age.encrypt(io.BytesIO(b"isi"), sealed, sheet.recipient)

    age.decrypt(io.BytesIO(sealed.getvalue()), opened, recovery.identity_from(sheet.secret))

    assert opened.getvalue() == b"isi"


def test_the_groups_of_four_are_the_whole_secret() -> None:
    sheet = recovery.new_sheet(TODAY)

    assert "AGE-SECRET-KEY-1" + "".join(sheet.groups) == sheet.secret
    assert {len(group) for group in sheet.groups[:-1]} == {4}


@pytest.mark.parametrize(
    "written",
    [
        lambda sheet: " ".join(sheet.groups),
        lambda sheet: "\n".join(sheet.groups).lower(),
        lambda sheet: "-".join(sheet.groups),
        lambda sheet: f"  {sheet.secret}\n",
        lambda sheet: sheet.secret.lower(),
    ],
)
def test_a_sheet_is_read_however_it_is_typed(written: Callable[[Sheet], str]) -> None:
    sheet = recovery.new_sheet(TODAY)

    identity = recovery.identity_from(written(sheet))

    assert identity.recipient == sheet.recipient


def test_every_single_wrong_letter_is_noticed() -> None:
    letters = "".join(recovery.new_sheet(TODAY).groups)
    other = {"Q": "P"}

    for place, letter in enumerate(letters):
        typed = letters[:place] + other.get(letter, "Q") + letters[place + 1 :]
        with pytest.raises(SheetUnreadable):
            recovery.identity_from(typed)


@pytest.mark.parametrize("typed", ["", "bukan kode", "AGE-SECRET-KEY-1", "ABCD EFGH"])
def test_what_is_no_sheet_is_refused_in_words(typed: str) -> None:
    with pytest.raises(SheetUnreadable) as refusal:
        recovery.identity_from(typed)

    assert "tidak terbaca" in refusal.value.reasons[0].text


def test_two_groups_are_asked_back_and_only_the_right_ones_pass() -> None:
    sheet = recovery.new_sheet(TODAY)
    asked = recovery.ask_parts(sheet, RING)
    right = [sheet.groups[position - 1] for position in asked.positions]

    assert len(set(asked.positions)) == 2
    assert recovery.confirm_parts(asked, [right[0].lower(), f" {right[1]} "], RING)
    assert not recovery.confirm_parts(asked, right[::-1], RING)
    assert not recovery.confirm_parts(asked, [right[0], ""], RING)
    assert not recovery.confirm_parts(asked, [right[0] + right[1], ""], RING)


def test_the_question_holds_no_part_of_the_secret() -> None:
    sheet = recovery.new_sheet(TODAY)

    asked = repr(recovery.ask_parts(sheet, RING))

    assert not any(group in asked.upper() for group in sheet.groups[:-1])
    assert sheet.secret not in repr(sheet)


def test_the_machine_keeps_only_the_public_half_and_remembers_earlier_sheets(tmp_path: Path) -> None:
    first, second = recovery.new_sheet(TODAY), recovery.new_sheet(date(2027, 1, 5))
    recovery.keep(tmp_path, first.recipient, first.made_on)

    recovery.keep(tmp_path, second.recipient, second.made_on)

    kept = recovery.kept(tmp_path)
    document = json.loads((tmp_path / "recovery.json").read_text())
    assert kept is not None
    assert (kept.recipient, kept.fingerprint, kept.made_on) == (second.recipient, second.fingerprint, second.made_on)
    assert [sheet["fingerprint"] for sheet in document["earlier"]] == [first.fingerprint]
    assert "SECRET" not in (tmp_path / "recovery.json").read_text().upper()
    assert [file.name for file in tmp_path.iterdir()] == ["recovery.json"]


def test_before_any_sheet_there_is_no_recipient(tmp_path: Path) -> None:
    assert recovery.kept(tmp_path) is None


def test_the_fingerprint_is_short_and_tells_sheets_apart() -> None:
    prints = {recovery.new_sheet(TODAY).fingerprint for _ in range(20)}

    assert len(prints) == 20
    assert all(re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}", text) for text in prints)


def test_the_qr_is_drawn_square_by_square() -> None:
    picture = recovery.qr_picture("AGE-SECRET-KEY-1" + secrets.token_hex(29).upper())

    squares = re.findall(r"M(\d+) (\d+)h1v1h-1z", picture.path)
    assert "".join(f"M{x} {y}h1v1h-1z" for x, y in squares) == picture.path
    assert {int(number) for square in squares for number in square} <= set(range(4, picture.size - 4))

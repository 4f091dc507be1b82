"""The quick drawing of QRs says, module for module, what segno says."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segno.encoder import DataOverflowError

from desmigratif.documents.rules.qr import qr_code, qr_modules

SIGNS = string.ascii_letters + string.digits + "/:#-_.%?"
BYTES_OF_SIZE = {1: 14, 2: 26, 6: 106, 7: 122, 9: 180, 10: 213, 12: 287, 14: 362, 27: 1125, 40: 2331}


def by_segno(text: str) -> list[str]:
    return ["".join(map(str, row)) for row in qr_code(text).matrix]


@pytest.mark.parametrize(("size", "length"), BYTES_OF_SIZE.items())
def test_the_fullest_of_a_size_and_the_next_one_are_as_segno_draws_them(size: int, length: int) -> None:
    for more in (-1, 0, 1) if size < 40 else (-1, 0):
        text = "".join(random.Random(length).choices(SIGNS, k=length + more))
        assert qr_modules(text) == by_segno(text)
    assert len(qr_modules("x" * length)) == 17 + 4 * size


@given(st.text(SIGNS, max_size=420))
def test_any_address_is_as_segno_draws_it(text: str) -> None:
    assert qr_modules(text) == by_segno(text)


@pytest.mark.parametrize("text", ["desa élok", "漢字"])
def test_what_is_no_plain_address_is_left_to_segno(text: str) -> None:
    assert qr_modules(text) == by_segno(text)


def test_more_than_any_qr_holds_is_refused_by_segno() -> None:
    with pytest.raises(DataOverflowError):
        qr_modules("x" * 2332)

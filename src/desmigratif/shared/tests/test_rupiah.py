"""How a sum is written out on a receipt."""

from __future__ import annotations

import pytest

from desmigratif.shared.rupiah import rupiah_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Nol rupiah"), (11, "Sebelas rupiah"), (100, "Seratus rupiah"), (1_000, "Seribu rupiah"),
        (1_915, "Seribu sembilan ratus lima belas rupiah"), (21_000, "Dua puluh satu ribu rupiah"),
        (101_010, "Seratus satu ribu sepuluh rupiah"), (1_000_000, "Satu juta rupiah"),
        (-2_500_000, "Dua juta lima ratus ribu rupiah"),
        (1_100_111_000, "Satu miliar seratus juta seratus sebelas ribu rupiah"),
        (3 * 10**15, "Tiga ribu triliun rupiah"),
    ],
)  # fmt: skip
def test_a_sum_is_written_out_as_people_say_it(amount: int, words: str) -> None:
    assert rupiah_in_words(amount) == words

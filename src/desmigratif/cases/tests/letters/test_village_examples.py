"""The kinds of village letters as the examples say, word for word."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cases.rules.letters.village import Wish, reasons_not_to_write
from desmigratif.documents.rules.letter_page import Paragraph
from desmigratif.documents.rules.letter_text import Office, Person
from desmigratif.documents.rules.statement import KIND_LABELS
from desmigratif.documents.rules.village_kinds import Kind, kinds_on
from desmigratif.documents.rules.village_text import village_letter
from desmigratif.shared import dated
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 23)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/village_letters.yaml").read_text(encoding="utf-8")
)
OFFICE = Office("Wonosobo", "Watumalang", "Kuripan", "Jalan Raya Kuripan 1", "Slamet Riyadi")


def terms_of(kind: Kind) -> dict[str, Any]:
    return {
        "sebutan": kind.label,
        "guna": kind.use,
        "dasar": [kind.citation, kind.status],
        "umur_paling_muda": kind.minimum_age,
        "boleh_minta_sendiri_sejak": kind.alone_from,
        "perlu_rencana": kind.needs_plan,
        "satu_saja": kind.once,
        "banyak_sekaligus": kind.together,
        "pemegang_ikut_tanda_tangan": kind.holder_signs,
        "riwayat": kind.privacy,
        "ditandatangani": kind.attests,
        "diminta_anak": list(kind.askers_for(kind.alone_from - 1).values()),
        "diminta_dewasa": list(kind.askers_for(kind.alone_from).values()),
        "isian": [[one.label, one.hint, one.most, one.required, one.is_day] for one in kind.asks],
    }


def letter_of(kind: Kind) -> dict[str, Any]:
    known, asked = SAID["warga"], {one.code: SAID["isian"][one.code] for one in kind.asks}
    content = village_letter(
        kind, holder=Person(known["name"]), known=known, asked=asked, office=OFFICE, number="", issued_on=TODAY
    )
    return {
        "judul": content.title,
        "klasifikasi": kind.classification,
        "berlaku_sampai": content.valid_until,
        "isi_pokok": content.says,
        "isi": [
            {"alinea" if block.indent else "kalimat": block.text}
            if isinstance(block, Paragraph)
            else {fact.label: fact.value for fact in block}
            for block in content.blocks
        ],
    }


def missing_of(kind: Kind) -> list[str]:
    """Everything unknown, nothing filled in, nobody entitled, no plan."""
    wish = Wish(kind, {}, None, {}, "", TODAY)
    return [reason.text for reason in reasons_not_to_write(wish, plan=None, standing_number="")]


def said_of(kind: Kind) -> dict[str, Any]:
    return {**terms_of(kind), **letter_of(kind), "bila_kosong": missing_of(kind)}


def all_true() -> bool:
    try:
        firsts = {versions[0].since for versions in dated.subject("village_letters").values()}
        kinds = {kind.code: said_of(kind) for kind in kinds_on(TODAY)}
        return (
            firsts == {SAID["mulai"]}
            and dated.value_on("village_letters.giver_age", TODAY) == SAID["umur_pemberi_izin"]
            and kinds == SAID["jenis"]
            and list(kinds) == list(SAID["jenis"])
            and dated.value_on("village_letters.register", TODAY) == SAID["register"]
            and list(dated.value_on("village_letters.askers", TODAY).items()) == [tuple(one) for one in SAID["peminta"]]
            and all(
                dated.value_on("village_letters.asked", TODAY)[code]["missing"] == text
                for code, text in SAID["boleh_kosong"].items()
            )
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def test_every_kind_is_as_the_examples_say() -> None:
    assert {kind.code: said_of(kind) for kind in kinds_on(TODAY)} == SAID["jenis"]
    assert all_true()


def test_no_value_of_the_letters_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "village_letters", all_true)

    assert tried > 500
    assert missed == []


def test_paper_and_check_call_the_kinds_alike() -> None:
    written_elsewhere = (
        "family_permission",
        "referral",
        "village_report",
        "training_certificate",
    )
    assert {kind.code: kind.label for kind in kinds_on(TODAY)} == {
        code: label for code, label in KIND_LABELS.items() if code not in written_elsewhere
    }


def test_before_the_rules_we_hold_there_are_no_kinds() -> None:
    assert kinds_on(date(2016, 12, 26)) == ()


@pytest.mark.parametrize("kind", kinds_on(TODAY), ids=lambda kind: kind.code)
def test_what_the_village_signs_for_stands_in_a_row(kind: Kind) -> None:
    rows = {code for block in kind.body for code in block.rows}

    assert not kind.attests or kind.attests in rows
    assert "name" in rows
    assert {one.code for one in kind.asks} <= rows

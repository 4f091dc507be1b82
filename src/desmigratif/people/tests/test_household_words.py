"""Sentences of the history and proposals: data, filled by a rule."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml

from desmigratif.people.rules.consent import purposes_on, reasons_not_to_consent
from desmigratif.people.rules.proposals import LiveSignal, proposals_for, signal_in_words
from desmigratif.people.rules.timeline import GROUPS, kinds, line_of

SITI, RIZKY = UUID(int=1), UUID(int=2)
SINCE = date(2026, 11, 3)
LABELS = {"name": "Nama", "birth_date": "Tanggal lahir"}
SIGNALS: dict[str, Any] = yaml.safe_load(files("desmigratif.regulations").joinpath("proposals.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "params", "text"),
    [
        ("register.imported", {"batch": "x", "new": 3}, "Data awal dari register desa"),
        ("resident.corrected", {"fields": ["name", "birth_date"]}, "Data Siti diperbaiki: nama, tanggal lahir"),
        ("case.opened", {"country": "HKG"}, "Siti berniat bekerja di Hong Kong"),
        ("case.opened", {"country": ""}, "Siti berniat bekerja"),
        ("offer.checked", {"level": "stop", "country": "SAU"},
         "Tawaran kerja di Arab Saudi untuk Siti diperiksa: berhenti"),
        ("offer.checked", {}, "Tawaran untuk Siti diperiksa"),
        ("visit.recorded", {"purpose": "offer", "place": "hall"},
         "Siti datang ke balai desa: membawa tawaran kerja"),
        ("visit.recorded", {"purpose": "made_up", "place": None}, "Siti"),
        ("letter.issued", {"number": "471/012/XI/2026"}, "Surat izin keluarga terbit: nomor 471/012/XI/2026"),
        ("consent.recorded", {"purpose": "photo", "given": False}, "Siti menjawab persetujuan memakai foto: tidak"),
        ("unheard.of", {"secret": "x"}, "Catatan lain tentang Siti"),
    ],
)  # fmt: skip
def test_a_history_reads_in_sentences(kind: str, params: dict[str, Any], text: str) -> None:
    assert line_of(kind, params, name="Siti", labels=LABELS).text == text


def test_a_checked_offer_carries_the_state_of_its_level() -> None:
    states = [line_of("offer.checked", {"level": level}, name="", labels={}).state for level in ("stop", "clear")]

    assert states == ["henti", "aman"]


def test_every_kind_has_a_known_group_and_only_placeholders_that_can_be_filled() -> None:
    assert {told["group"] for told in kinds().values()} <= set(GROUPS)
    for kind, told in kinds().items():
        line = line_of(kind, {}, name="Siti", labels={})
        assert not re.search(r"[\[\]{}]", line.text), kind
        assert set(told.get("words", {})) <= set(re.findall(r"\{(\w+)\}", told["text"])), kind


def proposed(*signals: LiveSignal, child_at_home: bool = False) -> list[str]:
    found = proposals_for(signals, names={SITI: "Siti", RIZKY: "Rizky"}, child_at_home=child_at_home)
    return [proposal.title for proposal in found]


def test_a_signal_proposes_what_to_do_and_says_why() -> None:
    (proposal,) = proposals_for([LiveSignal("contact_overdue", SINCE, SITI)], names={SITI: "Siti"}, child_at_home=False)

    assert proposal.title == "Hubungi keluarga tentang kabar Siti"
    assert proposal.why == "Siti belum memberi kabar seperti disepakati sejak 3 November 2026."
    assert (proposal.act, proposal.resident_id) == ("cases:abroad", SITI)


def test_no_signal_proposes_nothing() -> None:
    assert proposed() == []


def test_children_are_asked_about_only_where_there_are_children() -> None:
    abroad = LiveSignal("worker_abroad", SINCE, SITI)

    assert proposed(abroad) == []
    assert proposed(abroad, child_at_home=True) == ["Tanyakan siapa yang mengasuh anak-anak"]


def test_who_stays_at_home_or_came_back_is_asked_what_they_want_until_the_family_was_asked() -> None:
    abroad, back = LiveSignal("worker_abroad", SINCE, SITI), LiveSignal("returned", SINCE, RIZKY)
    asked = LiveSignal("business_asked", SINCE, None)
    made = proposals_for([abroad, back], names={SITI: "Siti", RIZKY: "Rizky"}, child_at_home=False,
                         grown_up_at_home=True)  # fmt: skip

    wish = [one.title for one in made if one.act.startswith("enterprises:")]
    assert wish == ["Tanyakan minat usaha Rizky", "Tanyakan minat usaha keluarga Siti"]
    assert proposed(back, asked) == ["Sambut kepulangan Rizky"]


def test_a_plan_is_answered_by_the_departure_of_the_same_person() -> None:
    plan = LiveSignal("plans_to_work_abroad", SINCE, SITI)

    assert proposed(plan, LiveSignal("worker_abroad", SINCE, RIZKY)) == ["Lanjutkan rencana Siti"]
    assert proposed(plan, LiveSignal("worker_abroad", SINCE, SITI)) == []


def test_every_proposal_is_raised_by_a_signal_that_has_words() -> None:
    raised = {rule["signal"] for rule in SIGNALS["proposals"]}

    assert all(signal_in_words(kind) for kind in raised)
    assert signal_in_words("unheard_of") is None


def test_a_changed_sentence_cannot_be_agreed_to_in_its_old_words() -> None:
    reasons = reasons_not_to_consent("photo", "0", "self", birth_date=None, on=SINCE)

    assert [reason.code for reason in reasons] == ["old_text"]
    assert reasons_not_to_consent("spying", "1", "self", birth_date=None, on=SINCE)[0].code == "unknown_purpose"


@pytest.mark.parametrize(("born", "codes"), [(date(2008, 11, 3), []), (date(2008, 11, 4), ["child_needs_guardian"])])
def test_who_turns_eighteen_today_answers_alone(born: date, codes: list[str]) -> None:
    reasons = reasons_not_to_consent("photo", "1", "self", birth_date=born, on=SINCE)

    assert [reason.code for reason in reasons] == codes
    assert "photo" in purposes_on(SINCE)

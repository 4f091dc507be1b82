"""The dated rules of referrals: bodies, reasons, clocks, answers; what a body and a sender may do next."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cases.actions.trouble.referral_letters import letter_kind
from desmigratif.cases.models import ReferralState
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.rules.trouble.complaints import kinds_on
from desmigratif.placement.rules.bodies import body_kinds
from desmigratif.shared import dated
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 23)
FOLDER = files("desmigratif.regulations")
SAID: dict[str, Any] = yaml.safe_load(FOLDER.joinpath("examples/referrals.yaml").read_text(encoding="utf-8"))


def days_of(kind: str, sent_on: date) -> list[date]:
    clocks = rules.clocks_of(rules.body_kinds_on(TODAY)[kind], sent_on)
    return [clocks.remind_on, clocks.due_on, clocks.escalate_on, clocks.shown_until]


def all_true() -> bool:
    try:
        made_on, until, kept = SAID["tautan"]
        letter = letter_kind(TODAY)
        bodies = {
            code: [kind.label, said[1], *days_of(code, said[1])]
            for (code, kind), said in zip(rules.body_kinds_on(TODAY).items(), SAID["lembaga"].values(), strict=True)
        }
        abouts = {
            one.code: [one.label, list(one.to), one.privacy, list(one.fields)]
            for one in rules.abouts_on(TODAY).values()
        }
        return (
            {versions[0].since for versions in dated.subject("referrals").values()} == {SAID["mulai"]}
            and bodies == SAID["lembaga"]
            and body_kinds() == {code: said[0] for code, said in SAID["lembaga"].items()}
            and all([on, *days_of(code, on)[:3]] == [on, *rest] for code, (on, *rest) in SAID["libur"].items())
            and abouts == SAID["perihal"]
            and dated.value_on("referrals.complaints", TODAY) == SAID["pengaduan"]
            and rules.labels_on("fields", TODAY) == SAID["data"]
            and {row["code"]: row["privacy"] for row in dated.value_on("referrals.fields", TODAY)} == SAID["kelas_data"]
            and rules.labels_on("outcomes", TODAY) == SAID["hasil"]
            and rules.labels_on("recalled", TODAY) == SAID["ditarik"]
            and {
                code: [label, rules.is_told(code, TODAY)] for code, label in rules.labels_on("bases", TODAY).items()
            } == SAID["dasar"]
            and {one.code: [one.label, one.way_out] for one in rules.refusals_on(TODAY).values()} == SAID["ditolak"]
            and (rules.link_until(made_on), rules.kept_late(made_on)) == (until, kept)
            and [letter.label, letter.title, letter.classification] == SAID["surat"]["kepala"]
            and {**SAID["data"], **SAID["surat"]["sebutan"]} == letter.labels
            and [list(block.rows) or block.text for block in letter.body] == SAID["surat"]["isi"]
            and [block.indent for block in letter.body] == SAID["surat"]["menjorok"]
        )  # fmt: skip
    except (LookupError, TypeError, ValueError):
        return False


def test_bodies_clocks_reasons_and_the_letter_are_as_the_examples_say() -> None:
    assert all_true()


def test_no_value_of_referrals_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "referrals", all_true)

    assert tried > 300
    assert missed == []


def test_every_reason_goes_to_a_body_that_exists_with_fields_that_exist() -> None:
    for one in rules.abouts_on(TODAY).values():
        assert set(one.to) <= set(rules.body_kinds_on(TODAY))
        assert set(one.fields) <= set(rules.labels_on("fields", TODAY))
        assert not {"nik", "phone"} & set(one.fields) or one.code == "claim"


def test_a_complaint_is_referred_as_something_that_its_usual_bodies_take() -> None:
    for kind in kinds_on(TODAY).values():
        about = rules.abouts_on(TODAY)[rules.about_of_complaint(kind.code, kind.group, TODAY)]
        assert set(kind.bodies) <= set(about.to), kind.code


def test_every_word_of_an_answer_has_its_words_in_the_history() -> None:
    lines = yaml.safe_load(FOLDER.joinpath("timeline.yaml").read_text(encoding="utf-8"))

    assert set(lines["referral.answered"]["words"]["word"]) == set(rules.labels_on("outcomes", TODAY))
    assert set(lines["referral.refused"]["words"]["word"]) == set(rules.refusals_on(TODAY))
    assert set(lines["referral.sent"]["words"]["about"]) == set(rules.abouts_on(TODAY))
    assert {f"referral.{state}" for state in ReferralState.values} <= set(lines)


@pytest.mark.parametrize("state", ReferralState.values)
def test_a_body_says_only_what_can_follow_and_hears_why_not(state: str) -> None:
    for reply in rules.REPLIES:
        reasons = rules.reasons_not_to_reply(
            state=state, reply=reply, because="no_capacity", outcome="helped", on=TODAY, since=TODAY
        )
        assert bool(reasons) == (reply not in rules.NEXT.get(state, ()))
        assert all(reason.text and reason.way_out for reason in reasons)


@pytest.mark.parametrize(
    ("on", "urgency"),
    [(date(2026, 11, 24), ""), (date(2026, 11, 25), "remind"), (date(2026, 11, 30), "remind"),
     (date(2026, 12, 1), "late"), (date(2026, 12, 3), "late"), (date(2026, 12, 4), "escalate")],
)  # fmt: skip
def test_silence_is_reminded_then_late_then_the_regencys(on: date, urgency: str) -> None:
    clocks = rules.clocks_of(rules.body_kinds_on(TODAY)["police"], TODAY)

    assert rules.urgency(rules.SENT, clocks, on) == urgency
    assert rules.urgency(rules.ANSWERED, clocks, on) == ""
    assert rules.urgency(rules.ACCEPTED, clocks, on) == ("" if urgency == "remind" else urgency)


def test_a_link_that_holds_no_more_says_why() -> None:
    def words(**said: Any) -> str:
        given: dict[str, Any] = {"used_on": None, "ended_on": None, "until": date(2026, 12, 23), "today": TODAY, **said}
        return rules.late_words(**given)

    assert words() == ""
    assert words(today=date(2026, 12, 23)) == ""
    assert words(today=date(2026, 12, 24)) == "Alamat jawaban ini berlaku sampai 23 Desember 2026."
    assert words(used_on=TODAY) == "Alamat jawaban ini sudah dipakai pada 23 November 2026."
    assert words(ended_on=TODAY) == "Alamat jawaban ini tidak berlaku lagi sejak 23 November 2026."

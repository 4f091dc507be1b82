"""What the service centre seals with the candidate's key: the story, the answers, the signs of pressure.

Whose key is gone, of them nothing can be read any more: it reads as unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import FamilyTalk, OfferCheck, Paper, Stay
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.papers.papers import PaperFacts
from desmigratif.shared import crypto


@dataclass(frozen=True, slots=True)
class Signs:
    """Whether the permission is freely given; None = unknown."""

    disputed: bool | None = None
    pressure: bool | None = None


def sealed_text(subject_id: UUID, text: str | None, *, place: str) -> bytes | None:
    """A story, sealed with the key of the person (or of the record, when nobody is named)."""
    if not text:
        return None
    return crypto.seal(key_of(subject_id, make=True) or b"", text.encode(), place=place)


def opened_text(key: bytes | None, sealed: bytes | memoryview | None, *, place: str) -> str:
    """The story; empty when there is none or its key is gone. Raises `CannotOpen` for what was tampered with."""
    if key is None or sealed is None:
        return ""
    return crypto.unseal(key, sealed, place=place).decode()


def visit_note_place(visit_id: UUID) -> str:
    return f"cases.visit.note:{visit_id}"


def answers_place(check_id: object) -> str:
    return f"cases.offercheck.answers:{check_id}"


def looked_into_place(check_id: UUID) -> str:
    return f"cases.offercheck.looked_into:{check_id}"


def talk_note_place(talk_id: UUID) -> str:
    return f"cases.familytalk.note:{talk_id}"


def departure_place(case_id: UUID) -> str:
    return f"cases.case.departure:{case_id}"


def evidence_place(cost_id: UUID) -> str:
    return f"cases.casecost.evidence:{cost_id}"


def broker_phone_place(broker_id: UUID) -> str:
    return f"cases.broker.phone:{broker_id}"


def broker_story_place(report_id: UUID) -> str:
    return f"cases.brokerreport.story:{report_id}"


def return_note_place(return_id: UUID) -> str:
    return f"cases.return.note:{return_id}"


def teller_place(source_id: UUID) -> str:
    return f"cases.returnsource.teller:{source_id}"


def confirmer_place(origin_id: UUID) -> str:
    return f"cases.origin.confirmer:{origin_id}"


def needs_place(assessment_id: UUID) -> str:
    return f"cases.needsassessment.said:{assessment_id}"


def aftercare_place(aftercare_id: UUID) -> str:
    return f"cases.aftercare.answers:{aftercare_id}"


def experience_place(experience_id: UUID) -> str:
    return f"cases.experience.story:{experience_id}"


def objection_place(objection_id: UUID, part: str) -> str:
    return f"cases.objection.{part}:{objection_id}"


def bundle_note_place(bundle_id: UUID) -> str:
    return f"cases.bundle.note:{bundle_id}"


def referral_why_place(referral_id: UUID) -> str:
    return f"cases.referral.why:{referral_id}"


def referral_note_place(step_id: UUID) -> str:
    return f"cases.referralstep.note:{step_id}"


def paper_place(paper_id: UUID) -> str:
    return f"cases.paper.said:{paper_id}"


def signs_place(talk_id: UUID) -> str:
    return f"cases.familytalk.signs:{talk_id}"


def stay_place(stay_id: UUID) -> str:
    return f"cases.stay.said:{stay_id}"


def contact_place(contact_id: UUID) -> str:
    return f"cases.contact.said:{contact_id}"


def change_place(change_id: UUID) -> str:
    return f"cases.contractchange.said:{change_id}"


def sealed_json(subject_id: UUID, known: Mapping[str, Any], *, place: str) -> bytes | None:
    """Several facts in one seal; what is not known is left out, and of nothing known there is none."""
    said = {name: value for name, value in known.items() if value not in (None, "")}
    return sealed_text(subject_id, json.dumps(said) if said else None, place=place)


def opened_json(key: bytes | None, sealed: bytes | memoryview | None, *, place: str) -> dict[str, Any]:
    """What was sealed together; nothing when the key is gone."""
    text = opened_text(key, sealed, place=place)
    return dict(json.loads(text)) if text else {}


def stay_said(stay: Stay, key: bytes | None) -> dict[str, str]:
    """Employer, address, telephone, next of kin, as far as they are known."""
    return opened_json(key, stay.said_sealed, place=stay_place(stay.id))


def answers_of(check: OfferCheck, key: bytes | None) -> OfferCheckInput | None:
    """The answers of a check; None when the person's key was erased."""
    text = opened_text(key, check.answers_sealed, place=answers_place(check.id))
    return OfferCheckInput.model_validate_json(text) if text else None


def sealed_signs(subject_id: UUID, talk_id: UUID, signs: Signs) -> bytes | None:
    if signs == Signs():
        return None
    text = json.dumps({"disputed": signs.disputed, "pressure": signs.pressure})
    return sealed_text(subject_id, text, place=signs_place(talk_id))


def signs_of(talk: FamilyTalk, key: bytes | None) -> Signs:
    text = opened_text(key, talk.signs_sealed, place=signs_place(talk.id))
    return Signs(**json.loads(text)) if text else Signs()


def sealed_said(subject_id: UUID, paper_id: UUID, facts: PaperFacts) -> bytes | None:
    """What a paper says: number, name, birth date."""
    born = facts.birth_date.isoformat() if facts.birth_date else ""
    said = {"number": facts.number, "name": facts.name, "birth_date": born}
    known = {name: value for name, value in said.items() if value}
    return sealed_text(subject_id, json.dumps(known) if known else None, place=paper_place(paper_id))


def facts_of(paper: Paper, key: bytes | None) -> PaperFacts:
    """What is known of a paper; without the person's key only its days."""
    text = opened_text(key, paper.said_sealed, place=paper_place(paper.id))
    said: dict[str, str] = json.loads(text) if text else {}
    return PaperFacts(
        number=said.get("number", ""),
        name=said.get("name", ""),
        birth_date=date.fromisoformat(said["birth_date"]) if "birth_date" in said else None,
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
        has_copy=paper.copy_id is not None,
        version=paper.version,
    )

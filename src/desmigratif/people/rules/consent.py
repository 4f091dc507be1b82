"""Consent per purpose: what is asked, in which words, and who may answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Purpose:
    """A use of somebody's data: its name on screens, the sentence that is read out, its version and lawful basis.

    `signals` are what may be shown of the household to whom the purpose names.
    """

    code: str
    label: str
    text: str
    text_version: str
    basis: str
    signals: Sequence[str] = ()


def purposes_on(day: date) -> Mapping[str, Purpose]:
    """The purposes that may be asked for on a day, in the order of the file."""
    return {code: Purpose(code=code, **said) for code, said in value_on("consent.purposes", day).items()}


def reasons_not_to_consent(
    purpose: str, text_version: str, given_by: str, *, birth_date: date | None, on: date
) -> list[Reason]:
    """Why this answer cannot be recorded; an empty list means it can."""
    known = purposes_on(on).get(purpose)
    if known is None:
        return [Reason("unknown_purpose", "Pilih salah satu keperluan yang tersedia.", field="purpose")]
    if known.text_version != text_version:
        text = "Kalimat persetujuannya sudah diperbarui. Bacakan kalimat yang baru, lalu catat jawabannya."
        return [Reason("old_text", text, field="text_version")]
    age_rule = dated_on("consent.age_to_consent_alone", on)
    if given_by == "self" and birth_date is not None and age_on(birth_date, on) < age_rule.value:
        return [
            Reason(
                "child_needs_guardian",
                f"Warga ini belum {age_rule.value} tahun; orang tua atau walinya yang menjawab.",
                citation=age_rule.citation,
                field="given_by",
            )
        ]
    return []

"""Inputs about complaints: the minimum intake, in which everything but the story may be unknown."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import FileContent, Input

# A village, or the regency that keeps what the village must not see, or of which no village is known.
PlaceCode = Field(pattern=r"^\d\d\.\d\d(\.\d\d\.\d{4})?$")
_Short = Field(default=None, max_length=100)
_Long = Field(default=None, max_length=300)

ChannelCode = Literal["desk", "phone", "letter", "message", "kin", "web", "anonymous"]
RelationCode = Literal["self", "spouse", "parent", "child", "other_family", "friend", "officer", "unknown"]
TierCode = Literal["village", "regency", "protective"]


class AboutWhom(Input):
    """Who is in trouble, when no resident is chosen; and what is known of the work."""

    name: str | None = _Short
    birth_place: str | None = _Short
    birth_date: date | None = None
    address: str | None = _Long
    passport_number: str | None = Field(default=None, max_length=20)
    employer: str | None = _Long
    agency: str | None = _Long
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    happened: str | None = _Short


class Reporter(Input):
    """Who tells it, and how to reach them without danger. The birth date opens the status page; it is not kept."""

    relation: RelationCode = "unknown"
    name: str | None = _Short
    callback: str | None = _Long
    birth_date: date | None = None


class RecordComplaint(Input):
    """Somebody says that somebody is in trouble."""

    complaint_id: UUID
    village_code: str = PlaceCode
    on: date
    channel: ChannelCode
    kind: str | None = Field(default=None, pattern=r"^[A-Z_]{3,30}$")
    emergency: bool | None = None
    about_officer: bool | None = None
    tier: TierCode | None = None
    resident_id: UUID | None = None
    case_id: UUID | None = None
    about: AboutWhom = AboutWhom()
    reporter: Reporter = Reporter()
    story: str = Field(min_length=3, max_length=4000)
    wish: str | None = _Long
    may_refer: bool | None = None
    benefit: str | None = Field(default=None, pattern=r"^[a-z_]{3,30}$")
    benefit_on: date | None = None


class OfComplaint(Input):
    """Which complaint; `village_code` is that under which it is kept."""

    complaint_id: UUID
    village_code: str = PlaceCode


class TriageComplaint(OfComplaint):
    """Somebody looked at it: what it is, whether it cannot wait, whom it is about."""

    kind: str = Field(pattern=r"^[A-Z_]{3,30}$")
    emergency: bool
    tier: TierCode | None = None
    resident_id: UUID | None = None
    note: str | None = Field(default=None, max_length=1000)


class VerifyComplaint(OfComplaint):
    """What was found out; `here` = this office goes on with it itself."""

    found: str = Field(min_length=3, max_length=2000)
    here: bool = False


class TakeUpComplaint(OfComplaint):
    """This office goes on with it itself."""

    note: str | None = Field(default=None, max_length=1000)


class TieComplaint(OfComplaint):
    """Whom it is about turned out to be in the register."""

    resident_id: UUID


class ResolveComplaint(OfComplaint):
    """What came out of it; the reporter has the last word."""

    outcome: str = Field(pattern=r"^[a-z_]{3,30}$")
    note: str | None = Field(default=None, max_length=2000)
    despite: str | None = Field(default=None, min_length=3, max_length=1000)  # why not wait for the body that has it


class HearReporter(OfComplaint):
    """The reporter says that it is over, or that it is not."""

    satisfied: bool
    note: str | None = Field(default=None, max_length=2000)


class RecordComplaintMoney(OfComplaint):
    """One item: what is claimed, and what has come back of it in all so far. Whole rupiah."""

    on: date
    item: Literal["wage", "fee", "social_security", "insurance", "remittance", "compensation", "other"]
    claimed_rupiah: int = Field(gt=0, le=100_000_000_000)
    recovered_rupiah: int = Field(default=0, ge=0, le=100_000_000_000)


class AddComplaintEvidence(OfComplaint):
    """A photo or PDF of what the reporter brought."""

    evidence_id: UUID
    on: date
    what: Literal["chat", "photo", "contract", "receipt", "letter", "identity", "other"]
    picture: FileContent = Field(repr=False)


class SendReport(Input):
    """What somebody without an account tells through the public page; little is asked."""

    complaint_id: UUID
    village_code: str = PlaceCode
    on: date
    kind: Literal[
        "LOST_CONTACT", "UNPAID_WAGE", "SICK", "VIOLENCE", "DETAINED_OR_TRIAL", "WANTS_REPATRIATION", "JOB_FRAUD"
    ] | None = None  # fmt: skip
    emergency: bool | None = None
    about_officer: bool | None = None
    story: str = Field(min_length=3, max_length=4000)
    about_name: str | None = _Short
    about_place: str | None = _Long
    reporter: Reporter = Reporter()


class AnswerReport(Input):
    """The reporter's own word, by the receipt code and the birth date."""

    code: str = Field(min_length=12, max_length=20)
    birth_date: date
    satisfied: bool
    note: str | None = Field(default=None, max_length=1000)

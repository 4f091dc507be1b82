"""Inputs of referrals: hand a matter to a body, what the body says, what the sender does about it.

`village_code` is the matter's: the regency's for what the village must not see.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import StepCode
from desmigratif.cases.inputs.complaints import PlaceCode
from desmigratif.shared.inputs import Input

Village = Annotated[str, PlaceCode]
Word = Annotated[str | None, StepCode]
Note = Annotated[str | None, Field(max_length=1000)]


class SendReferral(Input):
    """A matter goes to a body: what about, what is asked, which facts go along and why that is lawful.

    `tasks` are of those that the matter has open; `follows` is a referral that was refused or did not help.
    """

    referral_id: UUID
    link_id: UUID
    village_code: Village
    matter_kind: Literal["case", "complaint", "return", "hand_over", "resident"]
    matter_id: UUID
    on: date
    body_id: UUID
    about: str = StepCode
    why: str = Field(min_length=1, max_length=1000)
    fields: tuple[str, ...] = ()
    basis: str = StepCode
    tasks: tuple[str, ...] = ()
    follows: UUID | None = None


class AboutReferral(Input):
    """What every act on a referral says. `seen`: the version that was looked at."""

    referral_id: UUID
    village_code: Village
    seen: int = Field(ge=1)
    on: date


class AnswerReferral(AboutReferral):
    """What a body says. `next_link_id`: for a body that answers by a link, the next one."""

    reply: Literal["acknowledged", "accepted", "in_process", "answered", "refused"]
    reference: str | None = Field(default=None, max_length=60)
    because: Word = None
    outcome: Word = None
    note: Note = None
    next_link_id: UUID | None = None


class RecordReferralAnswer(AnswerReferral):
    """The same, heard by the sender on the phone or read on paper."""


class ConfirmReferral(AboutReferral):
    """The sender saw the answer: is the person helped?"""

    solved: bool
    note: Note = None


class RecallReferral(AboutReferral):
    """The sender takes it back."""

    because: str = StepCode
    note: Note = None


class RemindBody(AboutReferral):
    """The sender asked the body again; a body without an account gets a fresh link."""

    way: Literal["phone", "message", "letter", "visit"]
    link_id: UUID
    note: Note = None


class WriteReferralLetter(AboutReferral):
    """A numbered, signed letter that carries a referral and the address at which to answer."""

    letter_id: UUID

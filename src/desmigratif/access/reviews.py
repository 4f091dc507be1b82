"""Acts that wait for a person: who may decide about them, what they say, and deciding.

An act that ends in `needs_review` keeps its payload sealed for a while. Whoever may do that act in that village
decides: it is done as it was sent, or thrown away. Either way the payload goes; the receipt of the act stays as it
was, and a `ReviewDecision` says what became of it. An app may say with `settled_by` that an act of its own is carried
out otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from pydantic import Field

from desmigratif.access.actor import COMMAND_ID, Actor
from desmigratif.access.door import REGISTRY, ActionFunction, action, result_of, review_place
from desmigratif.access.models import User
from desmigratif.access.scope import get_or_refuse, region_filter, require
from desmigratif.audit import unit
from desmigratif.audit.models import Decision, Outcome, Receipt, ReviewDecision, ReviewPayload
from desmigratif.audit.unit import Subject
from desmigratif.shared import crypto
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

# --- what waits ---


def reviews_of(by: Actor, *, now: datetime) -> QuerySet[ReviewPayload]:
    """What this person may decide, oldest first: payloads (still sealed, not loaded) with their receipts."""
    waiting = ReviewPayload.objects.filter(_may_decide(by), expires_at__gt=now)
    return waiting.select_related("receipt").defer("sealed").order_by("receipt__at", "id")


def review_of(by: Actor, receipt_id: UUID, *, now: datetime) -> ReviewPayload:
    """One of them, with its sealed payload. Raises `NotFoundOrNotYours`, also when it was decided or expired."""
    return get_or_refuse(reviews_of(by, now=now).defer(None), "receipt_id", receipt_id=receipt_id)


def _may_decide(by: Actor) -> Q:
    """Acts that this person might have done, where they might have done them."""
    condition = Q(pk__in=[])
    for permission in {spec.permission for spec in REGISTRY.values() if spec.permission}:
        if regions := by.regions_for(permission):
            names = [spec.name for spec in REGISTRY.values() if spec.permission == permission]
            condition |= Q(receipt__action__in=names) & region_filter(regions, "receipt__village_code")
    return condition


def sent_input(waiting: ReviewPayload) -> Input | None:
    """What was sent; None when this version, or the keys of this machine, cannot read it."""
    receipt = waiting.receipt
    spec = REGISTRY.get(receipt.action)
    if spec is None or spec.version != receipt.version:
        return None
    try:
        plain = crypto.unseal(crypto.keyring().review, waiting.sealed, place=review_place(receipt))
        return spec.input.model_validate_json(plain)
    except ValueError:  # what cannot be unsealed, and what no longer fits the input
        return None


def senders(receipts: Iterable[Receipt]) -> dict[str, str]:
    """Actor id -> the name of who sent, in one query; ids that have no account are left out."""
    ids = {receipt.actor_id for receipt in receipts} - {str(COMMAND_ID)}
    return {str(user_id): name for user_id, name in User.objects.filter(id__in=ids).values_list("id", "name")}


# --- how an app shows what waits ---


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stands now and what was sent, in words (None = unknown), both masked where numbers are.

    `changed_meanwhile`: somebody else wrote this field after the sender had looked. `refused`: why just this line
    cannot be used any more, where the others can.
    """

    label: str
    now: str | None
    sent: str | None
    changed_meanwhile: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What whoever decides has to do before: in words, and where."""

    text: str
    link: str
    address: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """An act under review beside the record it is about.

    `person` is for the person strip, `facts` say more about what was sent (label, value), `seen_version` is the
    version of the record that `now` of the lines comes from, `applying` says what using it would do; `discarding` what
    throwing it away means, where that is more than leaving the data as they are; `first` what is to be done before.
    """

    subjects: tuple[Subject, ...]
    applying: str | Promise
    person: Mapping[str, Any] | None = None
    lines: tuple[Line, ...] = ()
    facts: tuple[tuple[str | Promise, str | None], ...] = ()
    seen_version: int | None = None
    discarding: str | Promise | None = None
    first: FirstStep | None = None


class Compare(Protocol):
    """Put an input beside the record it is about, for somebody who may decide about it.

    Raises `NotFoundOrNotYours` when the record is gone.
    """

    def __call__(self, by: Actor, given: Any, *, today: date, with_specific: bool) -> Comparison: ...


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """How the page speaks of one kind of act: the question, the ways out and what is said afterwards."""

    ask: str | Promise
    apply: str | Promise
    discard: str | Promise
    sent: str | Promise
    changed: str | Promise
    applied: str | Promise
    discarded: str | Promise


USUAL_WORDS = ReviewWords(
    ask=gettext_lazy("Mana yang benar?"),
    apply=gettext_lazy("Pakai yang dikirim"),
    discard=gettext_lazy("Buang kiriman"),
    sent=gettext_lazy("Yang dikirim"),
    changed=gettext_lazy("diubah sesudah pengirim membukanya"),
    applied=gettext_lazy("Kiriman sudah dipakai."),
    discarded=gettext_lazy("Kiriman sudah dibuang."),
)


@dataclass(frozen=True, slots=True)
class ReviewKind:
    """How acts of one name are called on the page, and how they are compared. `say` tells what using one brought,
    from the result of the act."""

    title: str | Promise
    compare: Compare
    words: ReviewWords = USUAL_WORDS
    say: Callable[[Mapping[str, Any]], str] | None = None


# --- telling the sender ---


def decisions_about(by: Actor, act_ids: Collection[UUID], *, now: datetime) -> list[dict[str, Any]]:
    """What became of this person's own acts that waited, for the device that sent them; still waiting: no line.

    It says what was done and why, and names nobody: not who decided, nor whom it was about.
    """
    waited = Receipt.objects.filter(actor_id=str(by.id), act_id__in=act_ids, outcome=Outcome.NEEDS_REVIEW)
    rows = list(waited.select_related("review_decision", "review_payload").defer("review_payload__sealed"))
    settled = _settled(row.review_decision for row in rows if hasattr(row, "review_decision"))
    told = (_told(row, settled.get(str(row.id), {}), now) for row in rows)
    return [one for one in told if one]


def _settled(decisions: Iterable[ReviewDecision]) -> dict[str, dict[str, Any]]:
    """Receipt id of the act that waited -> what deciding about it brought."""
    wanted = list(decisions)
    acts = Receipt.objects.filter(
        action="access.settle_review", outcome=Outcome.DONE, actor_id__in={one.actor_id for one in wanted},
        at__in={one.at for one in wanted},
    )  # fmt: skip
    return {result["receipt_id"]: result for result in acts.values_list("result", flat=True)}


def _told(receipt: Receipt, settled: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    decision = getattr(receipt, "review_decision", None)
    if decision is None:
        waiting = getattr(receipt, "review_payload", None)
        return {} if waiting and waiting.expires_at > now else {"id": str(receipt.act_id), "decision": "expired"}
    settling = SETTLING.get(receipt.action)
    why = settling.discarding.get(settled.get("why", "")) if settling else None
    return {
        "id": str(receipt.act_id), "decision": decision.decision, "at": decision.at.isoformat(),
        "why": str(why) if why else None, "result": settled.get("result", {}),
    }  # fmt: skip


# --- deciding ---


@dataclass(frozen=True, slots=True)
class Settling:
    """How an act that waits is carried out where that is more than doing it as of the moment it was sent.

    `by_another`: who sent it may not decide about it. `discarding`: why it may be thrown away, in words by code; where
    there are some, one is chosen, and whoever sent it is told.
    """

    run: ActionFunction
    by_another: bool
    discarding: Mapping[str, str | Promise]


SETTLING: dict[str, Settling] = {}


def settled_by(
    name: str, *, by_another: bool = False, discarding: Mapping[str, str | Promise] = MappingProxyType({})
) -> Callable[[ActionFunction], ActionFunction]:
    """Say which function carries out a waiting act of this name. It runs now, for whoever decides."""

    def register(run: ActionFunction) -> ActionFunction:
        SETTLING[name] = Settling(run, by_another, discarding)
        return run

    return register


class SettleReview(Input):
    """Use what was sent, or throw it away. `seen_version` is the version of the record that it was compared with;
    `why` the code of the reason for throwing it away, where the act asks for one."""

    receipt_id: UUID
    village_code: str
    decision: Literal["apply", "discard"]
    seen_version: int | None = None
    why: str | None = Field(default=None, max_length=30)


class CannotSettle(Refusal):
    code = "cannot_settle"


TWO_PERSONS = Reason(
    "same_person", "Yang mengirim dan yang memutuskan harus dua orang.",
    way_out="Minta bendahara atau kasir lain membukanya.",
)  # fmt: skip


@action("access.settle_review", None)
def settle_review(*, by: Actor, given: SettleReview, now: datetime) -> dict[str, Any]:
    """Decide about an act that waits, with the permission that the act itself asks for.

    Used, the act is done in this same unit, by whoever decides and as of the moment it was sent (or as `settled_by`
    says). Whatever refuses it refuses the decision: then it goes on waiting.
    """
    receipt = _receipt_to_decide(by, given)
    waiting = _still_waiting(receipt, now)
    settling = SETTLING.get(receipt.action)
    if settling and settling.by_another and receipt.actor_id == str(by.id):
        raise CannotSettle(TWO_PERSONS)
    why = _why_discarded(given, settling)
    done = _apply(by, waiting, given.seen_version, now) if given.decision == "apply" else {}
    decision = Decision.APPLIED if given.decision == "apply" else Decision.DISCARDED
    ReviewDecision.objects.create(
        village_code=receipt.village_code, receipt=receipt, decision=decision, actor_id=str(by.id), at=now
    )
    waiting.delete()
    unit.record(
        f"review.{decision.value}",
        village_code=receipt.village_code,
        subjects=[Subject("receipt", receipt.id)],
        action=receipt.action,
        sent_act=str(receipt.act_id),
        sent_by=receipt.actor_id,
        **why,
    )
    return {"receipt_id": str(receipt.id), "decision": decision.value, "result": done, **why}


def _why_discarded(given: SettleReview, settling: Settling | None) -> dict[str, str]:
    """Raises `CannotSettle` when a reason is wanted and none is given."""
    wanted = settling.discarding if settling else {}
    if given.decision == "apply" or not wanted:
        return {}
    if given.why is None or given.why not in wanted:
        raise CannotSettle(Reason("why_needed", "Pilih dulu sebabnya dibuang.", field="why"))
    return {"why": given.why}


def _receipt_to_decide(by: Actor, given: SettleReview) -> Receipt:
    """Raises `NotFoundOrNotYours`."""
    rows = Receipt.objects.filter(village_code=given.village_code, outcome=Outcome.NEEDS_REVIEW)
    receipt = get_or_refuse(rows, "receipt_id", id=given.receipt_id)
    spec = REGISTRY.get(receipt.action)
    if spec is None or spec.permission is None:
        raise NotFoundOrNotYours("receipt_id")
    require(by, spec.permission, receipt.village_code)
    return receipt


def _still_waiting(receipt: Receipt, now: datetime) -> ReviewPayload:
    """The sealed payload, locked. Raises `CannotSettle` when it was decided or its time is over."""
    waiting = ReviewPayload.objects.select_for_update().filter(receipt=receipt).first()
    if ReviewDecision.objects.filter(receipt=receipt).exists():
        raise CannotSettle(Reason("already_settled", "Kiriman ini sudah diputuskan petugas lain."))
    if waiting is None or waiting.expires_at <= now:
        raise CannotSettle(
            Reason(
                "review_expired", "Kiriman ini sudah lewat waktunya dan isinya sudah dihapus.", way_out="Catat ulang."
            )
        )
    waiting.receipt = receipt
    return waiting


def _apply(by: Actor, waiting: ReviewPayload, seen_version: int | None, now: datetime) -> dict[str, Any]:
    """Do the act as it was sent. Raises `CannotSettle` with the act's own reasons when it still cannot be done."""
    sent = sent_input(waiting)
    if sent is None:
        raise CannotSettle(
            Reason("review_unreadable", "Isi kiriman ini tidak dapat dibaca lagi.", way_out="Buang, lalu catat ulang.")
        )
    if "seen_version" in type(sent).model_fields:
        if seen_version is None:
            raise CannotSettle(Reason("compare_first", "Bandingkan dulu dengan data yang sekarang."))
        sent = sent.model_copy(update={"seen_version": seen_version})
    spec, settling = REGISTRY[waiting.receipt.action], SETTLING.get(waiting.receipt.action)
    try:
        if settling is not None:
            return result_of(settling.run(by=by, given=sent, now=now))
        return result_of(spec.run(by=by, given=sent, now=waiting.receipt.at))
    except Refusal as why:
        raise CannotSettle(why.reasons) from why

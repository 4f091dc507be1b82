"""Taking what devices send: each intention goes through the one door by itself, so that none blocks another."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError

from desmigratif.access.actor import Actor
from desmigratif.access.door import REGISTRY, Act, UnknownAction, perform
from desmigratif.audit.models import Outcome, Receipt
from desmigratif.shared.reasons import Reason, Refusal
from desmigratif.sync import registry
from desmigratif.sync.inputs import Intention
from desmigratif.sync.queries import mark_of

log = logging.getLogger("desmigratif.sync")
_DATABASE_GAVE_OUT = (OperationalError, InterfaceError)

SERVER_ERROR = Reason(
    "server_error",
    "Server belum dapat mengolah catatan ini. Catatan tetap ada di HP; coba kirim lagi nanti, dan beri tahu "
    "koordinator bila terulang.",
)


def take(by: Actor, sent: Iterable[Any], *, now: datetime) -> list[dict[str, Any]]:
    """One answer for each intention that names an id, in the order sent.

    When the database itself gives out, the answers so far are returned: what has no answer stays on the device and
    comes again. Raises the database's error if not even the first could be answered.
    """
    answers: list[dict[str, Any]] = []
    for one in sent:
        try:
            answers.append(_answer(by, one, now))
        except _DATABASE_GAVE_OUT:
            if not answers:
                raise
            log.exception("the database gave out after %d intentions", len(answers))
            break
    return answers


def _answer(by: Actor, one: Any, now: datetime) -> dict[str, Any]:
    """The receipt of one intention; whatever is wrong with it is said here and goes no further."""
    try:
        wish = Intention.read(one)
        return _of_receipt(perform(by, _act(wish), now=now))
    except _DATABASE_GAVE_OUT:
        raise
    except Refusal as refusal:
        return _refused(one, refusal.reasons)
    except Exception:  # a mistake of ours in one action must not hold up the other intentions, nor be silent
        log.exception("an intention could not be carried out")
        return _refused(one, (SERVER_ERROR,))


def _act(wish: Intention) -> Act:
    """Raises `UnknownAction` for what no app declares to work offline."""
    if wish.action not in registry.ACTIONS:
        raise UnknownAction(wish.action)
    payload = wish.payload
    takes_version = wish.action in REGISTRY and "seen_version" in REGISTRY[wish.action].input.model_fields
    if takes_version and wish.seen_version is not None:
        payload = {"seen_version": wish.seen_version, **payload}
    return Act(wish.action, wish.id, payload, via="sync", made_at=wish.made_at)


def _of_receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "id": str(receipt.act_id),
        "outcome": receipt.outcome,
        "reasons": receipt.reasons,
        "result": receipt.result,
        "mark": None if receipt.outcome == Outcome.REFUSED else mark_of(receipt.village_code),
    }


def _refused(one: Any, reasons: Iterable[Reason]) -> dict[str, Any]:
    """`id` is what the device wrote, so that it finds its intention again; None when it wrote nothing usable."""
    given = one.get("id") if isinstance(one, dict) else None
    return {
        "id": given if isinstance(given, str) else None,
        "outcome": Outcome.REFUSED.value,
        "reasons": [reason.as_dict() for reason in reasons],
        "result": {},
        "mark": None,
    }

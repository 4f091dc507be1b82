"""The one door for every write.

An *action* is a function `(*, by: Actor, given: <frozen pydantic input>, now: datetime) -> dict | model | None`,
registered by name with the permission it must ask for. Desk page, API, command line, import and the phone's
outbox all call `perform` with an id of the act that the caller made. The same id never acts twice:

- `done` or `needs_review`: the same receipt comes back for the same payload; another payload is `IdReused`;
- `refused`: nothing was written but the receipt; the same id may be tried again;
- invalid input leaves no receipt at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_type_hints

from django.db import IntegrityError, models, transaction
from pydantic import ValidationError

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import acting_as
from desmigratif.audit import unit
from desmigratif.audit.models import Outcome, Receipt, ReviewPayload
from desmigratif.shared import crypto
from desmigratif.shared.inputs import Input, reasons_from
from desmigratif.shared.reasons import InvalidInput, NeedsReview, Reason, Refusal

REVIEW_LASTS = timedelta(days=NeedsReview.keep_days)


class IdReused(Refusal):
    """A finished act's id came again with another payload."""

    code = "id_reused"

    def __init__(self) -> None:
        super().__init__(
            Reason("id_reused", "Nomor catatan ini sudah dipakai untuk isi yang lain. Buka formulir baru.")
        )


class UnknownAction(Refusal):
    code = "unknown_action"

    def __init__(self, name: str) -> None:
        super().__init__(Reason("unknown_action", f"Tindakan {name!r} tidak dikenal oleh versi ini."))


class PermissionNotAsked(RuntimeError):
    """A programming mistake: the action finished without asking for the permission it declares."""


ActionFunction = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A registered action: its stable name, input model, permission, and the version of its payload.

    An action that decides about another person's act has no permission of its own (None): it asks that act's.
    """

    name: str
    run: ActionFunction
    input: type[Input]
    permission: Permission | None
    version: int


REGISTRY: dict[str, ActionSpec] = {}


def action(name: str, permission: Permission | None, *, version: int = 1) -> Callable[[ActionFunction], ActionFunction]:
    """Register a function as an action. The function stays callable by other actions inside their unit."""

    def register(run: ActionFunction) -> ActionFunction:
        if name in REGISTRY and REGISTRY[name].run.__qualname__ != run.__qualname__:
            raise ValueError(f"two actions are named {name}")
        input_model = get_type_hints(run)["given"]
        REGISTRY[name] = ActionSpec(name, run, input_model, permission, version)
        return run

    return register


@dataclass(frozen=True, slots=True)
class Act:
    """One wish to act: who asks what, under which id, when it was made (evidence only) and through which door."""

    name: str
    act_id: uuid.UUID
    payload: Mapping[str, Any] | Input
    via: str = "desk"
    made_at: datetime | None = None


def perform(by: Actor, act: Act, *, now: datetime) -> Receipt:
    """Do it once. Returns the receipt (done, refused or needs_review).

    Raises `UnknownAction`, `InvalidInput` (nothing written) and `IdReused`.
    """
    spec = REGISTRY.get(act.name)
    if spec is None:
        raise UnknownAction(act.name)
    given = read_input(spec, act.payload)
    digest = payload_digest(spec, given)
    standing = _standing_receipt(by, act.act_id)
    if standing is not None and standing.outcome != Outcome.REFUSED:
        return _same_or_reused(standing, digest)
    try:
        return _run_or_set_aside(by, spec, act, given, digest, now)
    except IntegrityError:  # the same act came twice at once and the other was faster, or the action made a mistake
        standing = _standing_receipt(by, act.act_id)
        if standing is None:
            raise
        if standing.outcome != Outcome.REFUSED:
            return _same_or_reused(standing, digest)
        return _run_or_set_aside(by, spec, act, given, digest, now)  # a refused id may be tried again


def _run_or_set_aside(by: Actor, spec: ActionSpec, act: Act, given: Input, digest: str, now: datetime) -> Receipt:
    try:
        return _run(by, spec, act, given, digest, now)
    except NeedsReview as review:
        return _write_aside(by, spec, act, given, digest, now, Outcome.NEEDS_REVIEW, review)
    except Refusal as refusal:
        return _write_aside(by, spec, act, given, digest, now, Outcome.REFUSED, refusal)


def do(
    by: Actor,
    name: str,
    given: Input | Mapping[str, Any],
    *,
    now: datetime,
    act_id: uuid.UUID,
    via: str = "desk",
) -> dict[str, Any]:
    """Perform and hand back the result of a done act; raises `Refusal` with the reasons otherwise."""
    receipt = perform(by, Act(name, act_id, given, via=via), now=now)
    if receipt.outcome != Outcome.DONE:
        kind = NeedsReview if receipt.outcome == Outcome.NEEDS_REVIEW else Refusal
        raise kind([Reason(**row) for row in receipt.reasons])
    return dict(receipt.result)


def read_input(spec: ActionSpec, payload: Mapping[str, Any] | Input) -> Input:
    """The validated input of an action. Raises `InvalidInput` with a sentence per field."""
    if isinstance(payload, Input):
        return payload
    try:
        return spec.input.model_validate(payload)
    except ValidationError as problem:
        raise InvalidInput(reasons_from(problem)) from problem


def payload_digest(spec: ActionSpec, given: Input) -> str:
    """Keyed digest of the meaning of a payload: equal inputs in other spellings have the same digest.

    Only what was said counts: in a change, a field left out is not touched and one that is None becomes unknown.
    """
    said = given.model_dump(mode="json", exclude_unset=True)
    content = {"action": spec.name, "version": spec.version, "given": said}
    return crypto.keyed_digest(crypto.keyring().digest, crypto.canonical(content))


def _standing_receipt(by: Actor, act_id: uuid.UUID) -> Receipt | None:
    return Receipt.objects.filter(actor_id=str(by.id), act_id=act_id).first()


def _same_or_reused(standing: Receipt, digest: str) -> Receipt:
    if standing.digest != digest:
        raise IdReused
    return standing


def _unit_for(by: Actor, act: Act, now: datetime) -> unit.Unit:
    return unit.Unit(
        actor_id=str(by.id),
        actor_role=by.role_code,
        home_code=by.home_code,
        at=now,
        via=act.via,
        act_id=act.act_id,
    )


def _run(by: Actor, spec: ActionSpec, act: Act, given: Input, digest: str, now: datetime) -> Receipt:
    with acting_as(by), unit.unit_of_work(_unit_for(by, act, now)) as open_unit:
        result = spec.run(by=by, given=given, now=now)
        _check_that_it_asked(spec, open_unit)
        return _save_receipt(by, spec, act, given, digest, now, Outcome.DONE, result_of(result), [])


def _check_that_it_asked(spec: ActionSpec, open_unit: unit.Unit) -> None:
    """Raises `PermissionNotAsked`."""
    asked = open_unit.permissions_asked
    if not (asked if spec.permission is None else spec.permission.value in asked):
        raise PermissionNotAsked(spec.name)


def result_of(result: Any) -> dict[str, Any]:
    """What a receipt keeps of an action's result: a document, or the id of a row."""
    if isinstance(result, models.Model):
        return {"id": str(result.pk)}
    return dict(result or {})


def _write_aside(
    by: Actor,
    spec: ActionSpec,
    act: Act,
    given: Input,
    digest: str,
    now: datetime,
    outcome: Outcome,
    why: Refusal,
) -> Receipt:
    """After the act was rolled back: keep the refusal (or the sealed payload to review) and its audit event."""
    reasons = [reason.as_dict() for reason in why.reasons]
    with acting_as(by), unit.unit_of_work(_unit_for(by, act, now)):
        receipt = _save_receipt(by, spec, act, given, digest, now, outcome, {}, reasons)
        if isinstance(why, NeedsReview):
            sealed = crypto.seal(
                crypto.keyring().review, given.model_dump_json(exclude_unset=True).encode(), place=review_place(receipt)
            )
            ends = now + timedelta(days=why.keep_days)
            ReviewPayload.objects.create(receipt=receipt, sealed=sealed, expires_at=ends)
        unit.record(
            f"act.{outcome.value}",
            village_code=_village_if_allowed(by, given),
            action=spec.name,
            codes=[reason.code for reason in why.reasons],
        )
    return receipt


def review_place(receipt: Receipt) -> str:
    """Where a payload under review is sealed for."""
    return f"review:{receipt.id}"


def _village_if_allowed(by: Actor, given: Input) -> str:
    """A stranger's refused act belongs to the stranger's own chain, never to the village it aimed at."""
    code = getattr(given, "village_code", "") or ""
    return code if any(by.may(permission, code) for permission in Permission) else ""


def _save_receipt(
    by: Actor,
    spec: ActionSpec,
    act: Act,
    given: Input,
    digest: str,
    now: datetime,
    outcome: Outcome,
    result: dict[str, Any],
    reasons: list[dict[str, str]],
) -> Receipt:
    values = {
        "action": spec.name,
        "version": spec.version,
        "digest": digest,
        "outcome": outcome,
        "reasons": reasons,
        "result": result,
        "village_code": _village_if_allowed(by, given) or by.home_code,
        "via": act.via,
        "made_at": act.made_at,
        "at": now,
    }
    refused = Receipt.objects.filter(actor_id=str(by.id), act_id=act.act_id, outcome=Outcome.REFUSED)
    with transaction.atomic():
        if refused.update(**values):
            return Receipt.objects.get(actor_id=str(by.id), act_id=act.act_id)
        return Receipt.objects.create(actor_id=str(by.id), act_id=act.act_id, **values)

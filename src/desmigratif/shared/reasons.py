"""Reasons: how a rule says no, and how an action refuses. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something may not be done, in words for a person.

    `code` is stable and meant for programs; `text` is one Indonesian sentence; `citation` names the
    article when law is the reason; `field` is the path of the input it belongs to ("papers.0.name");
    `way_out` says what can be done instead.
    """

    code: str
    text: str
    citation: str = ""
    field: str = ""
    way_out: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


class Refusal(Exception):
    """An action says no. Nothing was written; the reasons say why. May be tried again."""

    code = "refused"

    def __init__(self, reasons: Sequence[Reason] | Reason) -> None:
        self.reasons: tuple[Reason, ...] = (reasons,) if isinstance(reasons, Reason) else tuple(reasons)
        super().__init__("; ".join(reason.code for reason in self.reasons))


class NotFoundOrNotYours(Refusal):
    """The record does not exist, or is none of this person's business: the answer is the same (404)."""

    code = "not_found"

    def __init__(self, field: str = "") -> None:
        super().__init__(Reason("not_found", "Tidak ditemukan atau bukan wewenang Anda.", field=field))


class InvalidInput(Refusal):
    """The input has the wrong shape or impossible values. Leaves no receipt."""

    code = "invalid_input"


class NeedsReview(Refusal):
    """The act is kept, sealed, for a person to decide (a clash that must not merge by itself), so many days long."""

    code = "needs_review"
    keep_days = 30

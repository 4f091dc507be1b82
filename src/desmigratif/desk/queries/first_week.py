"""The guide of the first week: what of it somebody has done, from their own receipts and looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant
from desmigratif.audit.models import Event, Outcome, Receipt
from desmigratif.desk.rules.first_week import DAYS_NEW, all_signs, counts

SHOW = "desk.show_first_week"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was seen of this person, and whether they put the guide away."""

    seen: frozenset[str]
    hidden: bool

    @property
    def done(self) -> int:
        return counts(self.seen)[0]

    @property
    def tasks(self) -> int:
        return counts(self.seen)[1]


def progress_of(by: Actor, village_code: str) -> Progress:
    """Two questions: the receipts of this person's acts, and their looks in this village."""
    signs = all_signs()
    acts = Receipt.objects.filter(actor_id=str(by.id), outcome=Outcome.DONE, action__in=[*signs, SHOW])
    answers = list(acts.order_by("at").values_list("action", "result"))
    looks = Event.objects.filter(village_code=village_code, event__in=signs, actor_id=str(by.id))
    shown = [result.get("shown", True) for action, result in answers if action == SHOW]
    seen = {action for action, _result in answers} | set(looks.values_list("event", flat=True).distinct())
    return Progress(frozenset(seen & signs), hidden=bool(shown) and not shown[-1])


def is_new_here(by: Actor, village_code: str, *, today: date) -> bool:
    """Whether this person's first role in the village began in the last two weeks."""
    grants = Grant.objects.filter(user_id=by.id, region_code=village_code).order_by("valid_from")
    first = grants.values_list("valid_from", flat=True).first()
    return first is not None and (today - first).days < DAYS_NEW

"""Keeping bundles: what every action that touches one does. Called inside an action's own unit."""

from __future__ import annotations

from datetime import date

from desmigratif.audit import memory, unit
from desmigratif.cases.models import AT_OFFICE, Bundle, BundleState, Case

FIRST_TIME_RIGHT = "A12"
COUNTED_OFFICE = "manpower_office"  # the office whose first answer the programme's indicator is about


def waiting(case: Case, step: str) -> Bundle | None:
    """The bundle of a step that lies at an office now."""
    rows = Bundle.objects.in_village(case.village_code).filter(case=case, step=step, state__in=AT_OFFICE)
    return rows.first()


def accept(bundle: Bundle, on: date) -> None:
    """The office took the papers: they were right."""
    if bundle.state == BundleState.SENT:
        _count(bundle, on, right=1, of=1)
    bundle.state, bundle.accepted_on = BundleState.ACCEPTED, bundle.accepted_on or on


def give_back(bundle: Bundle, on: date, *, because: str, papers: tuple[str, ...] = ()) -> None:
    """The papers went back: they were not right, whatever was thought of them before."""
    if bundle.state == BundleState.SENT:
        _count(bundle, on, right=0, of=1)
    else:
        _count(bundle, bundle.accepted_on or on, right=-1, of=0)
    bundle.state, bundle.returned_on = BundleState.RETURNED, on
    bundle.returned_because, bundle.returned_papers = because, list(papers)


def answer(bundle: Bundle, on: date) -> None:
    accept(bundle, on)
    bundle.state, bundle.answered_on = BundleState.ANSWERED, on


def answered_by_hand(case: Case, step: str, on: date) -> None:
    """The village wrote the step's result down itself: its bundle, if one waits, is answered with it."""
    if bundle := waiting(case, step):
        bundle.by_hand = True
        answer(bundle, max(on, bundle.sent_on))
        keep(bundle)


def returned_by_hand(case: Case, step: str, on: date) -> None:
    """The village wrote down that papers were asked for once more."""
    if bundle := waiting(case, step):
        bundle.by_hand = True
        give_back(bundle, max(on, bundle.sent_on), because="")
        keep(bundle)


def recall(case: Case, step: str | None = None) -> None:
    """What lies at offices is not needed any more: the plan ended, or the law does not ask for the step."""
    rows = Bundle.objects.in_village(case.village_code).filter(case=case, state__in=AT_OFFICE)
    for bundle in rows.filter(step=step) if step else rows:
        bundle.state = BundleState.RECALLED
        keep(bundle)


def keep(bundle: Bundle) -> None:
    bundle.version += 1
    bundle.save()
    unit.changed("cases.bundle", bundle.village_code, bundle.id)


def _count(bundle: Bundle, on: date, *, right: int, of: int) -> None:
    """First-time-right: of the first bundles that the manpower office judged, those that it took."""
    if bundle.round == 1 and bundle.office == COUNTED_OFFICE:
        memory.add_fact(FIRST_TIME_RIGHT, bundle.village_code, on, numerator=right, denominator=of, key=str(bundle.id))

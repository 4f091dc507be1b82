"""What is known of children on a day, for the signs; a few queries however many children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count

from desmigratif.parenting.models import Child, Quarter
from desmigratif.parenting.queries.sessions import absent_in_a_row
from desmigratif.parenting.rules.children import must_learn
from desmigratif.parenting.rules.growing import percent_of
from desmigratif.parenting.rules.risk import Situation
from desmigratif.shared.dates import age_on


def situations_of(children: Sequence[Child], on: date) -> dict[UUID, Situation]:
    """By child; all of one village, with `resident` and `caregiver` loaded. Three queries."""
    if not children:
        return {}
    village_code = children[0].village_code
    quarters = _last_quarters(village_code, [one.id for one in children])
    missed = absent_in_a_row([one.id for one in children], village_code)
    shares = _children_by_caregiver(village_code, [one.caregiver_id for one in children if one.caregiver_id])
    return {one.id: _situation(one, quarters.get(one.id), shares, missed.get(one.id, 0), on) for one in children}


def _situation(
    child: Child, last: Quarter | None, shares: Mapping[UUID | None, int], missed: int, on: date
) -> Situation:
    born, caregiver = child.resident.birth_date, child.caregiver
    return Situation(
        must_learn=born is not None and must_learn(born, on),
        schooling=child.schooling,
        parent=child.parent,
        has_caregiver=child.caregiver_id is not None or child.caregiver_relation != "",
        caregiver_age=age_on(caregiver.birth_date, on) if caregiver is not None and caregiver.birth_date else None,
        caregiver_children=shares.get(child.caregiver_id, 1),
        heavy_load=child.caregiver_load == "heavy",
        days_silent=(on - child.last_contact_on).days if child.last_contact_on else None,
        attendance_percent=percent_of(last.attended, last.school_days) if last else None,
        absences=missed,
        wellbeing=last.wellbeing if last else None,
    )


def _last_quarters(village_code: str, child_ids: Sequence[UUID]) -> dict[UUID, Quarter]:
    rows = Quarter.objects.in_village(village_code).filter(child_id__in=child_ids).order_by("year", "quarter")
    return {row.child_id: row for row in rows.defer("said_sealed")}


def _children_by_caregiver(village_code: str, caregivers: Sequence[UUID]) -> dict[UUID | None, int]:
    rows = Child.objects.in_village(village_code).enrolled().filter(caregiver_id__in=caregivers).order_by()
    return dict(rows.values_list("caregiver_id").annotate(Count("id")))

"""What a letter to a parent abroad says of a quarter: what the child is proud of; no sign, no worry, no need."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.documents.attachments import content_of
from desmigratif.parenting.child_sealing import opened_json, quarter_place
from desmigratif.parenting.models import Child, Quarter, RollMark
from desmigratif.parenting.rules import growing
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.rules.letter import Badge, Letter, body_badge, centre_badge, reading_badge, school_badge
from desmigratif.parenting.rules.roll import PRESENT
from desmigratif.people.models import Sex
from desmigratif.people.rules.names import given_name, softened
from desmigratif.regions.queries import village
from desmigratif.shared.dates import age_on, format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

TREND = 4  # quarters in the picture


def letter_of(child: Child, year: int, quarter: int, *, today: date) -> Letter:
    """Raises `NotFoundOrNotYours` for a quarter that nobody wrote down. Five queries."""
    rows = Quarter.objects.in_village(child.village_code).filter(child=child).select_related("picture")
    all_rows = [row for row in rows.order_by("year", "quarter") if (row.year, row.quarter) <= (year, quarter)]
    if not all_rows or (all_rows[-1].year, all_rows[-1].quarter) != (year, quarter):
        raise NotFoundOrNotYours
    this, before = all_rows[-1], all_rows[-2] if len(all_rows) > 1 else None
    key = key_of(child.resident_id)
    said = opened_json(key, this.said_sealed, place=quarter_place(this.id))
    born = child.resident.birth_date
    trend = [
        (growing.quarter_short(row.year, row.quarter), percent)
        for row in all_rows[-TREND:]
        if (percent := growing.percent_of(row.attended, row.school_days)) is not None
    ]
    return Letter(
        child=given_name(child.resident.name),
        age=age_on(born, today) if born else None,
        parent=_parent(child),
        where=_("Rumah belajar %s") % village(child.village_code).label,
        when=growing.quarter_words(year, quarter),
        school=" ".join(
            part for part in (child.school, child.school_class and _("kelas %s") % child.school_class) if part
        ),
        caregiver=_caregiver(child, today),
        words=said.get("words", ""),
        tutor_words=said.get("tutor_words", ""),
        badges=_badges(this, before, _came(this), today),
        trend=tuple(trend) if len(trend) > 1 else (),
        picture=content_of(this.picture) if this.picture is not None else None,
        written=format_date(this.recorded_on),
    )


def _badges(this: Quarter, before: Quarter | None, came: int, today: date) -> tuple[Badge, ...]:
    reading = growing.listed("reading", today)
    climbed = growing.climbed(before.reading, this.reading, today) if before else False
    found = (
        centre_badge(came),
        school_badge(this.attended, this.school_days),
        reading_badge(reading.get(this.reading, ""), reading.get(before.reading, "") if before and climbed else ""),
        body_badge(this.height_cm, this.weight_tenths, before.height_cm if before else None),
    )
    return tuple(badge for badge in found if badge is not None)


def _came(this: Quarter) -> int:
    """How often the child was at the centre in the quarter."""
    first, last = growing.days_of(this.year, this.quarter)
    rows = RollMark.objects.in_village(this.village_code).filter(child_id=this.child_id, mark=PRESENT)
    return rows.filter(on__range=(first, last)).count()


def _parent(child: Child) -> str:
    """Ibu Siti; who it is when no name is known."""
    worker = child.worker
    if worker is None:
        return {"mother": _("Ibu"), "father": _("Bapak"), "both": _("Ibu dan Bapak")}.get(
            child.parent, _("Ibu dan Bapak")
        )
    title = {Sex.FEMALE: _("Ibu"), Sex.MALE: _("Bapak")}.get(Sex(worker.sex)) if worker.sex else ""
    return " ".join(part for part in (title, given_name(worker.name)) if part)


def _caregiver(child: Child, today: date) -> str:
    relation = labels("caregiver_relations", today).get(child.caregiver_relation, "")
    if child.caregiver is None:
        return relation
    title = {"grandparent": _("Kakek") if child.caregiver.sex == Sex.MALE else _("Nenek")}.get(
        child.caregiver_relation, relation
    )
    return f"{title} {softened(given_name(child.caregiver.name))}".strip()

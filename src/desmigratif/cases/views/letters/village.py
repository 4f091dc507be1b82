"""The letters of one resident: what there is, what can be written, and writing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit.unit import Subject
from desmigratif.cases.forms.letters.village import VillageLetterForm
from desmigratif.cases.queries import open_case_id
from desmigratif.cases.queries.letters.village import Holder, holder_of, standing_numbers
from desmigratif.cases.views.before.checklist import sureness
from desmigratif.cases.views.common import as_desk, called, person_strip, resident_named
from desmigratif.documents.acting import attempt
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import letter_content, letters_of
from desmigratif.documents.register import OfficeNotSetUp, office_of
from desmigratif.documents.rows import letter_row
from desmigratif.documents.rules.letter_page import Paragraph
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION
from desmigratif.documents.rules.village_kinds import Kind, kind_on, kinds_on
from desmigratif.documents.rules.village_text import VillageLetterContent, body_of
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

ASKED_BELOW = "…"


@scoped(Permission.LETTER_SEE)
def letters_of_resident(request: HttpRequest) -> HttpResponse:
    """What was written for a resident, and which letters can be written today, or why not yet."""
    desk = as_desk(request)
    resident = resident_named(desk)
    today = today_in(resident.village_code, desk.now)
    may_issue = desk.actor.may(Permission.LETTER_ISSUE, resident.village_code)
    shown = {
        "resident": resident,
        "person": person_strip(resident, today),
        "called": called(resident, today),
        "recorded": _opened(desk, resident),
        "letters": [letter_row(letter, today) for letter in _letters(desk, resident)],
        "kinds": _kinds(desk, resident, today) if may_issue else [],
        "case_id": open_case_id(desk.actor, resident.id),
    }
    return render(request, "cases/letters/letters_of_resident.html", shown)


def _letters(desk: DeskRequest, resident: Resident) -> Iterable[Letter]:
    return letters_of(desk.actor, resident_id=resident.id).select_related("replaced_by")


def _opened(desk: DeskRequest, resident: Resident) -> bool:
    subjects = [Subject("resident", resident.id)]
    return reads.opened(
        desk.actor, "letter.history_opened", village_code=resident.village_code, subjects=subjects, now=desk.now
    )


def _kinds(desk: DeskRequest, resident: Resident, today: date) -> list[dict[str, Any]]:
    holder = holder_of(desk.actor, resident)
    standing = standing_numbers(resident.village_code, [resident.id], today)
    here = reverse("cases:issue_village_letter")
    rows = []
    for kind in kinds_on(today):
        number = standing.get((resident.id, kind.code), "")
        reasons = holder.reasons_before_asking(kind, on=today, standing_number=number)
        rows.append(
            {
                "label": kind.label,
                "use": kind.use,
                "url": "" if reasons else f"{here}?warga={resident.id}&jenis={kind.code}",
                "reasons": reasons,
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Page:
    """A letter that is being written: of which kind, for whom, in whose place."""

    desk: DeskRequest
    holder: Holder
    kind: Kind
    today: date
    old: Letter | None = None
    asked: dict[str, Any] | None = None

    @property
    def resident(self) -> Resident:
        return self.holder.resident


@scoped(Permission.LETTER_ISSUE, methods=("GET", "POST"))
def issue_village_letter(request: HttpRequest) -> HttpResponse:
    """Show what the letter will say, ask the rest; one submit numbers, signs and keeps it."""
    desk = as_desk(request)
    resident = resident_named(desk)
    require(desk.actor, Permission.LETTER_ISSUE, resident.village_code)
    today = today_in(resident.village_code, desk.now)
    kind = kind_on(request.GET.get("jenis", ""), today)
    if kind is None:
        return redirect(f"{reverse('cases:letters_of_resident')}?warga={resident.id}")
    return _write(request, _Page(desk, holder_of(desk.actor, resident), kind, today))


@scoped(Permission.LETTER_ISSUE, methods=("GET", "POST"))
def replace_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Write a letter in the place of one that is wrong: the old one is taken back in the same act."""
    desk = as_desk(request)
    old, content = letter_content(desk.actor, letter_id)
    require(desk.actor, Permission.LETTER_ISSUE, old.village_code)
    require(desk.actor, Permission.LETTER_REVOKE, old.village_code)
    today = today_in(old.village_code, desk.now)
    if old.revoked_on is not None and request.method != "POST":
        return redirect("documents:letter", old.id)
    if old.kind == FAMILY_PERMISSION:
        case_id = open_case_id(desk.actor, old.resident_id)
        if case_id is None:
            return redirect("documents:letter", old.id)
        return redirect(f"{reverse('cases:issue_letter', args=[case_id])}?ganti={old.id}")
    kind = kind_on(old.kind, today)
    if kind is None or not isinstance(content, VillageLetterContent):
        raise NotFoundOrNotYours
    residents = Resident.objects.visible_to(desk.actor).select_related("household")
    resident = get_or_refuse(residents, id=old.resident_id)
    asked = {**_as_typed(kind, content), "asked_by": content.asked_by}
    return _write(request, _Page(desk, holder_of(desk.actor, resident), kind, today, old, asked))


def _as_typed(kind: Kind, content: VillageLetterContent) -> dict[str, Any]:
    return {
        one.code: date.fromisoformat(content.asked[one.code]) if one.is_day else content.asked[one.code]
        for one in kind.asks
        if one.code in content.asked
    }


def _write(request: HttpRequest, page: _Page) -> HttpResponse:
    born = page.resident.birth_date
    form = VillageLetterForm(
        request.POST or None,
        kind=page.kind,
        age=age_on(born, page.today) if born else None,
        today=page.today,
        known=page.asked or _from_the_plan(page.holder),
        replaces=page.old is not None,
    )
    if request.method == "POST" and form.is_valid():
        payload = {
            **form.payload(), "village_code": page.resident.village_code, "resident_id": page.resident.id,
            "replaces": page.old.id if page.old else None,
        }  # fmt: skip
        if attempt(page.desk, form, "cases.issue_village_letter", payload):
            messages.success(request, _("Surat sudah bernomor. Cetak, lalu minta tanda tangan."))
            return redirect("documents:letter", payload["letter_id"])
    reasons = _reasons(page)
    shown = {
        "form": form,
        "kind": page.kind,
        "resident": page.resident,
        "old": page.old,
        "recorded": _opened(page.desk, page.resident),
        "person": person_strip(page.resident, page.today),
        "reasons": reasons,
        "sureness": sureness(page.kind.status),
        "draft": _draft(page) if not reasons else None,
        "back": f"{reverse('cases:letters_of_resident')}?warga={page.resident.id}",
    }
    return render(request, "cases/letters/issue_village_letter.html", shown)


def _from_the_plan(holder: Holder) -> dict[str, str]:
    """What the plan says already need not be typed."""
    country = holder.known["plan_country"]
    return {"purpose": _("Syarat bekerja di %s") % country} if country else {}


def _reasons(page: _Page) -> list[Reason]:
    """What stands against the letter whatever is filled in."""
    standing = standing_numbers(page.resident.village_code, [page.resident.id], page.today)
    number = standing.get((page.resident.id, page.kind.code), "")
    if page.old is not None and number == page.old.number:
        number = ""
    reasons = page.holder.reasons_before_asking(page.kind, on=page.today, standing_number=number)
    try:
        office_of(page.resident.village_code)
    except OfficeNotSetUp as refusal:
        reasons += refusal.reasons
    return reasons


def _draft(page: _Page) -> list[dict[str, Any]]:
    """The letter's own words before it has a number; a NIK shows its last four digits here."""
    known = page.holder.known
    shown = {**known, "nik": f"••••{known['nik'][-4:]}" if known["nik"] else ""}
    shown |= {one.code: ASKED_BELOW for one in page.kind.asks if one.required}
    blocks = body_of(page.kind, shown, office_of(page.resident.village_code))
    return [
        {"text": block.text}
        if isinstance(block, Paragraph)
        else {"facts": [{"label": fact.label, "value": fact.value} for fact in block]}
        for block in blocks
    ]

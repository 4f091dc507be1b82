"""The family's permission as a letter: what it will say, what stands against it; asks once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms import LetterForm
from desmigratif.cases.queries import CaseFile, case_file
from desmigratif.cases.rules.labels import EMPLOYER_TYPES, JOBS
from desmigratif.cases.sealing import answers_of
from desmigratif.cases.views.before.steps import against_letter, next_step
from desmigratif.cases.views.common import as_desk, may_see_specific, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import letter_content
from desmigratif.documents.register import OfficeNotSetUp, office_of
from desmigratif.documents.rules.letter_text import CAPACITIES, FAMILY_PERMISSION, LetterContent, Person
from desmigratif.people.letters import as_named_in_letter
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason


@scoped(Permission.LETTER_ISSUE, methods=("GET", "POST"))
def issue_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show exactly what the letter will say; one submit numbers, signs and keeps it."""
    desk = as_desk(request)
    file = case_file(desk.actor, case_id, now=desk.now)
    require(desk.actor, Permission.LETTER_ISSUE, file.case.village_code)
    on_hold = file.check is not None and file.check.level == "hold"
    old = _to_replace(request, file)
    agency, months = _as_before(desk, old) if old else (_agency(file), None)
    form = LetterForm(
        request.POST or None, today=file.today, agency=agency, on_hold=on_hold, months=months, replaces=old is not None
    )
    if request.method == "POST" and form.is_valid():
        payload = {
            **form.payload(), "village_code": file.case.village_code, "case_id": file.case.id,
            "replaces": old.id if old else None,
        }  # fmt: skip
        if attempt(desk, form, "cases.issue_family_permission", payload):
            messages.success(request, _("Surat sudah bernomor. Cetak, lalu minta tanda tangan."))
            return redirect("documents:letter", payload["letter_id"])
    if request.method == "GET" and file.standing_letter is not None and old is None:
        return redirect("documents:letter", file.standing_letter.id)
    recorded = opened(desk, file.case)  # also when a form comes back: it shows the same
    reasons = _reasons(file, specific=may_see_specific(desk, file.case, recorded=recorded))
    shown = {
        "form": form,
        "case": file.case,
        "old": old,
        "recorded": recorded,
        "person": person_strip(file.case.resident, file.today),
        "reasons": reasons,
        "first_do": _first_do(file) if reasons else None,
        "letter": _draft(file) if not reasons else None,
        "to_check": [flag["reason"] for flag in file.check.flags if flag["level"] == "hold"] if file.check else [],
    }
    return render(request, "cases/letters/issue_letter.html", shown)


def _to_replace(request: HttpRequest, file: CaseFile) -> Letter | None:
    """`?ganti=`: the letter of this plan whose place the new one takes."""
    wanted = request.GET.get("ganti", "")
    letters = (letter for letter in file.letters if letter.kind == FAMILY_PERMISSION)
    return next((letter for letter in letters if str(letter.id) == wanted), None)


def _as_before(desk: DeskRequest, old: Letter) -> tuple[str, int | None]:
    """Company and length of contract as the letter said that is replaced."""
    _letter, content = letter_content(desk.actor, old.id)
    return (content.agency or "", content.contract_months) if isinstance(content, LetterContent) else ("", None)


def _reasons(file: CaseFile, *, specific: bool) -> list[Reason]:
    """What stands against the letter, without what is answered in the form itself."""
    reasons = against_letter(file, specific=specific)
    try:
        office_of(file.case.village_code)
    except OfficeNotSetUp as refusal:
        reasons += refusal.reasons
    return reasons


def _first_do(file: CaseFile) -> dict[str, str]:
    """The step that helps first."""
    steps = {
        "check": ("cases:check_offer", _("Periksa tawaran")),
        "talk": ("cases:record_family_talk", _("Catat bicara keluarga")),
    }
    step = next_step(file)
    if step == "register":
        return {
            "url": reverse("people:correct_resident", args=[file.case.resident_id]),
            "label": _("Lengkapi data calon"),
        }
    name, label = steps.get(step, ("cases:case", _("Kembali ke rencana")))
    return {"url": reverse(name, args=[file.case.id]), "label": label}


def _agency(file: CaseFile) -> str:
    """The company of the last check, as it was told then."""
    answers = answers_of(file.check, file.key or key_of(file.case.resident_id)) if file.check else None
    return (answers.offer.agency.name or "") if answers else ""


def _draft(file: CaseFile) -> dict[str, Any]:
    """The letter's own words, before it has a number; a NIK shows its last four digits here."""
    talk = file.talk
    assert talk is not None, "the rules refuse a letter without a talk"  # noqa: S101
    title, giver_is, receiver_is = CAPACITIES[talk.giver_capacity]
    giver = as_named_in_letter(talk.giver) if talk.giver else Person(name=talk.giver_name)
    case = file.case
    return {
        "title": title.capitalize(),
        "giver": _identity(giver, _("%s dari penerima izin") % giver_is),
        "receiver": _identity(as_named_in_letter(case.resident), _("%s dari pemberi izin") % receiver_is),
        "work": [
            {"label": _("Negara tujuan"), "value": country_name(case.country)},
            {"label": _("Jabatan / pekerjaan"), "value": JOBS[case.job]},
            {"label": _("Pemberi kerja"), "value": EMPLOYER_TYPES.get(case.employer_type)},
        ],
    }


def _identity(person: Person, relation: str) -> list[dict[str, str | None]]:
    born = ", ".join(
        part for part in (person.birth_place, format_date(person.birth_date) if person.birth_date else "") if part
    )
    return [
        {"label": _("Nama lengkap"), "value": person.name},
        {"label": "NIK", "value": f"••••{person.nik[-4:]}" if person.nik else None},
        {"label": _("Tempat, tanggal lahir"), "value": born or None},
        {"label": _("Alamat"), "value": person.address or None},
        {"label": _("Hubungan"), "value": relation},
    ]

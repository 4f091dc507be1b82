"""The offer check: the questions, and the answer as one strong panel."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.forms import OfferCheckForm
from desmigratif.cases.models import ENDED, LEFT, Case, CaseState, OfferCheck
from desmigratif.cases.queries import case_of, check_of, latest_check, unsure_citations
from desmigratif.cases.queries.papers.papers import facts_on_papers
from desmigratif.cases.rules.offer.input import Offer, OfferCheckInput
from desmigratif.cases.rules.offer.unknown import ESSENTIAL, QUESTIONS, question_for, says_too_little
from desmigratif.cases.sealing import answers_of, looked_into_place, opened_text
from desmigratif.cases.views.before.from_sheet import SHEET, day_of_sheet, from_sheet, next_sheet_url
from desmigratif.cases.views.common import (
    LEVEL_STATES,
    as_desk,
    called,
    goal_of,
    may_see_specific,
    opened,
    person_strip,
    register_facts,
    verdict,
)
from desmigratif.cases.views.offer.alternatives import lawful_vacancies
from desmigratif.cases.views.offer.list_facts import said_by_lists
from desmigratif.cases.views.offer.told_before import told_before
from desmigratif.documents.acting import attempt
from desmigratif.people import envelopes
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date

QUESTIONS_SHOWN = 8
REASONS_ON_PAPER = 5  # the family's paper is one A4 page
VACANCIES_ON_PAPER = 3
FEW_REASONS = 2  # with more of them, what the lists say and some vacancies stay on the screen
# Asked in the talk with the family, known from the register, or part of another question.
ASKED_ELSEWHERE = ("family.", "candidate.nik", "offer.wage.per")
PRIVATE_FLAGS = {"FAMILY_PERMISSION"}  # may tell of pressure: never on the family's paper
TALK_ORDER = {path: number for number, path in enumerate(QUESTIONS)}


@scoped(Permission.OFFER_CHECK, methods=("GET", "POST"))
def check_offer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Six groups of questions; what was answered before is there again."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.OFFER_CHECK, case.village_code)
    if case.state in ENDED:
        return redirect("cases:case", case.id)
    today = today_in(case.village_code, desk.now)
    recorded = request.method == "GET" and opened(desk, case)
    form = OfferCheckForm(
        request.POST or None,
        known=_known_answers(case) if recorded or request.method == "POST" else OfferCheckInput(),
        in_register=facts_in_register(case.resident) | facts_on_papers(case.resident),
        today=today,
    )
    day_of_sheet(desk, form)
    if request.method == "POST" and form.is_valid() and form.answers is not None:
        check_id = form.cleaned_data["record_id"]
        payload = {
            "check_id": check_id,
            "village_code": case.village_code,
            "case_id": case.id,
            "on": form.cleaned_data["on"],
            "answers": form.answers.model_dump(mode="json"),
        }
        if attempt(desk, form, *from_sheet(desk, "cases.check_offer", payload)):
            result = reverse("cases:offer_result", args=[check_id])  # a stop is read before the next sheet
            number = request.GET.get(SHEET)
            return redirect(f"{result}?{urlencode({SHEET: number})}" if number else result)
    if request.method == "POST":  # the form that comes back shows the same as the one that was opened
        recorded = opened(desk, case)
    shown = {
        "form": form,
        "case": case,
        "recorded": recorded,
        "person": person_strip(case.resident, today),
        "facts": register_facts(case.resident, today),
    }
    return render(request, "cases/offer/check_offer.html", shown)


def facts_in_register(resident: Resident) -> frozenset[str]:
    """Paths of what the register knows of the candidate: shown, not asked."""
    values = {
        "candidate.birth_date": resident.birth_date,
        "candidate.sex": resident.sex,
        "candidate.marital_status": resident.marital_status,
    }
    return frozenset(path for path, value in values.items() if value)


def _known_answers(case: Case) -> OfferCheckInput:
    """The last check's answers; before the first, what the plan knows of the work."""
    last = latest_check(case)
    known = answers_of(last, key_of(case.resident_id)) if last else None
    if known is not None:
        return known
    work = {"country": case.country or None, "job": case.job or None, "employer_type": case.employer_type or None}
    return OfferCheckInput(offer=Offer.model_validate(work))


@scoped(Permission.CASE_SEE)
def offer_result(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """The result with its reasons, the lawful ways, and what to ask next; prints on one page for the family."""
    desk = as_desk(request)
    check = check_of(desk.actor, check_id)
    case = check.case
    today = today_in(case.village_code, desk.now)
    recorded = opened(desk, case)
    specific = may_see_specific(desk, case, recorded=recorded)
    asking, reasons = _questions(check), [row for row in _reasons(check) if specific or not row["private"]]
    vacancies, few = _vacancies(desk, check, today), len(reasons) <= FEW_REASONS
    room = 5 - len(reasons) - (2 if few and check.list_facts else 0)  # the family's paper is one page
    on_paper = min(VACANCIES_ON_PAPER, max(1, room))
    shown = {
        "check": check,
        "case": case,
        "recorded": recorded,
        "person": person_strip(case.resident, today),
        "called": called(case.resident, today),
        "goal": goal_of(case),
        "verdict": verdict(check.level, check.unknown),
        "meaning": _meaning(check, len(asking)),
        "reasons": reasons,
        "not_on_paper": sum(not reason["on_paper"] and not reason["private"] for reason in reasons),
        "asked_on_paper": max(0, QUESTIONS_SHOWN - 2 * len(reasons)),
        "ask_next": asking[:QUESTIONS_SHOWN],
        "ask_later": asking[QUESTIONS_SHOWN:],
        "checked_on": format_date(check.on),
        "rules_as_of": format_date(check.rules_as_of),
        "actions": _actions(desk, check),
        "looked_into": _looked_into(check) if specific else "",
        "lists": said_by_lists(check.list_facts),
        "told": told_before(check.list_facts),
        "lists_on_paper": few,
        "may_seal": check.level != "stop" or envelopes.key_for(case.village_code) is not None,
        "vacancies": vacancies,
        "vacancies_on_paper": f":{on_paper}",
        "more_vacancies": vacancies["rows"][on_paper:] if vacancies else [],
        "sheet": request.GET.get(SHEET, ""),
        "next_sheet_url": next_sheet_url(request.GET.get(SHEET, ""), check.on),
    }
    return render(request, "cases/offer/offer_result.html", shown)


def _vacancies(desk: DeskRequest, check: OfferCheck, today: date) -> dict[str, Any] | None:
    """Lawful vacancies beside an offer that stops or waits; who is abroad needs protection, not another offer."""
    if check.level not in ("stop", "hold") or check.case.state in LEFT:
        return None
    return lawful_vacancies(desk, check.case, today)


def _looked_into(check: OfferCheck) -> str:
    """What the officer found out about an offer on hold."""
    key = key_of(check.case.resident_id) if check.looked_into_sealed else None
    return opened_text(key, check.looked_into_sealed, place=looked_into_place(check.id))


def _meaning(check: OfferCheck, unanswered: int) -> str:
    """What the level means for the talk; a calm answer says how much nobody has asked yet."""
    if says_too_little(check.level, check.unknown):
        return _("Belum ada tanda bahaya, tetapi %(n)s pertanyaan pokok belum terjawab. Ini belum berarti aman.") % {
            "n": len(ESSENTIAL.intersection(check.unknown))
        }
    meaning = {
        "stop": _("Tawaran ini jangan dilanjutkan."),
        "hold": _("Jangan membayar atau menandatangani apa pun sebelum hal di bawah ini jelas."),
        "advise": _("Boleh dilanjutkan. Siapkan hal di bawah ini sebelum berangkat."),
        "clear": _("Dari jawaban hari ini tidak ada tanda bahaya."),
    }[check.level]
    if check.level != "clear" or not unanswered:
        return meaning
    return f"{meaning} {_('Yang belum dijawab: %(n)s pertanyaan.') % {'n': unanswered}}"


def _reasons(check: OfferCheck) -> list[dict[str, Any]]:
    """Flags from grave to light, with a short note where we know the rule only second hand."""
    gravity = ["stop", "hold", "advise"]
    unsure = unsure_citations(check)
    words = {
        "press": _("aturan ini kami kutip dari berita; pastikan ke Disnaker"),
        "to_confirm": _("naskah aturannya belum kami baca; pastikan ke Disnaker"),
    }
    rows: list[dict[str, Any]] = []
    for flag in sorted(check.flags, key=lambda flag: gravity.index(flag["level"])):
        status = next((unsure[part] for part in flag["citation"].split("; ") if part in unsure), None)
        private = flag["code"] in PRIVATE_FLAGS
        on_paper = not private and sum(row["on_paper"] for row in rows) < REASONS_ON_PAPER
        rows.append(
            {
                "level": LEVEL_STATES[flag["level"]] if flag["level"] != "advise" else "cek",
                "text": flag["reason"],
                "citation": flag["citation"],
                "note": words[status] if status else "",
                "way": flag["lawful_alternative"],
                "private": private,
                "on_paper": on_paper,
            }
        )
    return rows


def _questions(check: OfferCheck) -> list[str]:
    """What to find out still, in the order a talk goes."""
    paths = [path for path in check.unknown if not path.startswith(ASKED_ELSEWHERE)]
    questions = {question_for(path): TALK_ORDER.get(path, len(TALK_ORDER)) for path in paths}
    return sorted(questions, key=lambda question: questions[question])


def _actions(desk: DeskRequest, check: OfferCheck) -> list[dict[str, Any]]:
    """What to do next by level; the first is the page's one main button."""
    case = check.case
    to_case = {"label": _("Kembali ke rencana"), "url": reverse("cases:case", args=[case.id]), "icon": "list-check"}
    if case.state in ENDED or not desk.actor.may(Permission.OFFER_CHECK, case.village_code):
        return [to_case]
    again = {"url": reverse("cases:check_offer", args=[case.id]), "icon": "refresh"}
    talk = {
        "label": _("Catat bicara keluarga"),
        "url": reverse("cases:record_family_talk", args=[case.id]),
        "icon": "messages",
    }
    recruiter = {"label": _("Catat perekrut"), "url": reverse("cases:report_broker", args=[case.id]), "icon": "flag"}
    if check.level == "stop":
        return [to_case, again | {"label": _("Periksa tawaran lain")}, recruiter]
    if check.level == "hold" or says_too_little(check.level, check.unknown):
        return [again | {"label": _("Tanyakan, lalu periksa lagi")}, talk, recruiter, to_case]
    if case.state not in (CaseState.INTENT, CaseState.OFFER_CHECKED):
        return [to_case]
    return [talk, to_case]

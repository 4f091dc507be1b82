"""One resident's page, and the acts about them: unmask, correct, phone, wish, consent, choosing a source."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.fields import KK, LABELS, NIK
from desmigratif.people.forms import ConsentForm, CorrectionForm, PhoneForm, ReasonForm, WishForm, initial_of
from desmigratif.people.models import Consent, Fact, LifeStatus, Resident
from desmigratif.people.queries.doubles import standing_merges
from desmigratif.people.queries.household import classes_for
from desmigratif.people.queries.meanwhile import resident_changed_since
from desmigratif.people.queries.moves import records_here
from desmigratif.people.queries.resident import ResidentFile, Shown, full_number, resident_file, resident_of
from desmigratif.people.queries.values import resident_values
from desmigratif.people.rules.consent import purposes_on
from desmigratif.people.rules.departure import may_be_asked
from desmigratif.people.views.common import Meanwhile, act_page, as_desk, called, opened, person_strip, with_resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import age_on
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

_LEFT = (LifeStatus.MOVED, LifeStatus.INVALID)


@scoped(Permission.RESIDENT_SEE)
def resident(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """What is known of a resident, with its source; numbers masked."""
    desk = as_desk(request)
    row = resident_of(desk.actor, resident_id)
    noted = opened(desk, "resident.opened", row.village_code, [Subject("resident", row.id)])
    return _page(desk, row, noted=noted)


@scoped(Permission.RESIDENT_UNMASK, methods=("POST",))
def unmask(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Show one number in full, once: a trace is left first, and without it the number stays closed."""
    desk = as_desk(request)
    row = resident_of(desk.actor, resident_id)
    require(desk.actor, Permission.RESIDENT_UNMASK, row.village_code)
    what = request.POST.get("nomor", "")
    if what not in (NIK, KK):
        what = _phone_id(what)
    event = {NIK: "resident.nik_unmasked", KK: "household.kk_unmasked"}.get(what, "resident.phone_unmasked")
    noted = opened(desk, event, row.village_code, [Subject("resident", row.id)])
    number = full_number(row, what) if noted else None
    return _page(desk, row, noted=noted, unmasked={what: number} if number else {})


def _phone_id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise NotFoundOrNotYours("nomor") from None


def _page(desk: DeskRequest, row: Resident, *, noted: bool, unmasked: dict[str, str] | None = None) -> HttpResponse:
    today = today_in(row.village_code, desk.now)
    may_see = noted and PrivacyClass.SPECIFIC in classes_for(desk.actor, row.village_code)
    file = resident_file(desk.actor, row, today=today, with_specific=may_see)
    usual = _usual_source([*file.facts, *file.details])
    shown = {
        "resident": row,
        "called": called(row, today),
        "person": person_strip(row, today),
        "household_url": reverse("people:household", args=[row.household_id]),
        "numbers": _numbers(file, unmasked or {}),
        "phones": [{"phone": phone, "full": (unmasked or {}).get(str(phone.id))} for phone in file.phones],
        "usual_source": usual,
        "facts": [_fact(fact, usual) for fact in file.facts],
        "details": [_fact(fact, usual) for fact in file.details],
        "wish": file.wish,
        "answers": file.answers,
        "others": file.others,
        "visit_url": with_resident("cases:record_visit", row.id),
        "letters_url": with_resident("cases:letters_of_resident", row.id),
        "may_see_letters": desk.actor.may(Permission.LETTER_SEE, row.village_code),
        "plan_url": _plan_url(row, today),
        "may_register": desk.actor.may(Permission.RESIDENT_REGISTER, row.village_code),
        "may_unmask": desk.actor.may(Permission.RESIDENT_UNMASK, row.village_code),
        "may_consent": desk.actor.may(Permission.CONSENT_RECORD, row.village_code),
        "may_serve": desk.actor.may(Permission.VISIT_RECORD, row.village_code),
        "may_protect": desk.actor.may(Permission.PROTECTIVE_SEE, row.village_code),
        "may_see_traces": desk.actor.may(Permission.RESIDENT_TRACE_SEE, row.village_code),
        "merges": standing_merges(row),
        **_other_records(row),
        "not_noted": not noted,
        "act_id": new_id(),
    }
    return render(desk, "people/resident.html", shown)


def _plan_url(row: Resident, today: date) -> str | None:
    age = age_on(row.birth_date, today) if row.birth_date else None
    return with_resident("cases:open_case", row.id) if may_be_asked(age, today) else None


def _other_records(row: Resident) -> dict[str, Any]:
    """Where this person's file goes on in the village, and what was written before they moved inside it."""
    first, *others = records_here(row)
    if row.merged_into_id is not None:
        return {}
    earlier = [one for one in others if one.life_status == LifeStatus.MOVED] if first.id == row.id else []
    goes_on = first if first.id != row.id and first.life_status not in _LEFT else None
    return {"goes_on_at": goes_on, "earlier_records": earlier}


def _numbers(file: ResidentFile, unmasked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"field": shown.field, "label": shown.label, "end": shown.value, "full": unmasked.get(shown.field)}
        for shown in file.numbers
    ]


def _usual_source(facts: list[Shown]) -> str:
    """Where most facts come from: said once, so that the others stand out."""
    sources = Counter(fact.source for fact in facts if fact.source)
    (source, times), *_others = sources.most_common(1) or [("", 0)]
    return source if times > 1 else ""


def _fact(shown: Shown, usual_source: str) -> dict[str, Any]:
    value = _("berakhir %(end)s") % {"end": shown.value} if shown.masked and shown.value else shown.value
    return {"label": shown.label, "value": value, "source": "" if shown.source == usual_source else shown.source}


# --- acts ---


def _to_write_about(desk: DeskRequest, resident_id: UUID, permission: Permission) -> Resident:
    row = resident_of(desk.actor, resident_id)
    require(desk.actor, permission, row.village_code)
    return row


def _act(
    desk: DeskRequest,
    row: Resident,
    form: Any,
    action: str,
    *,
    title: str,
    done: str,
    lead: str = "",
    template: str = "people/act.html",
    meanwhile: Meanwhile | None = None,
    **payload: Any,
) -> HttpResponse:
    today = today_in(row.village_code, desk.now)
    return act_page(
        desk,
        form,
        action,
        {"village_code": row.village_code, "on": today, **payload},
        done=done,
        back=reverse("people:resident", args=[row.id]),
        template=template,
        shown={
            "resident": row,
            "person": person_strip(row, today),
            "title": title,
            "lead": lead,
            "meanwhile": meanwhile,
        },
    )


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def correct_resident(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Put right what is written; a field that somebody else changed meanwhile goes to a person."""
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.RESIDENT_REGISTER)
    initial: dict[str, Any] = {}
    if request.method == "GET":
        opened(desk, "resident.opened", row.village_code, [Subject("resident", row.id)])
        values = _known(row)
        initial = {"seen_version": row.version, **initial_of(values, CorrectionForm.CORRECTED)}
    form = CorrectionForm(request.POST or None, today=today_in(row.village_code, desk.now), initial=initial)
    meanwhile = Meanwhile(form, partial(resident_changed_since, row), lambda: _known(row))
    return _act(
        desk, row, form, "people.correct_resident", resident_id=row.id, meanwhile=meanwhile, title=_("Perbaiki data"),
        done=_("Data sudah diperbaiki. Isi yang lama tetap tersimpan bersama sumbernya."),
        lead=_("Ubah hanya yang keliru. Isi yang lama tetap tersimpan."), template="people/correct_resident.html",
    )  # fmt: skip


def _known(row: Resident) -> dict[str, Any]:
    return resident_values(row, sealing.open_resident(row, key_of(row.id)))


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def add_phone(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.RESIDENT_REGISTER)
    form = PhoneForm(request.POST or None)
    return _act(
        desk, row, form, "people.add_phone", resident_id=row.id, title=_("Tambah nomor HP"),
        done=_("Nomor HP sudah dicatat."),
    )  # fmt: skip


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def contact_wish(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.RESIDENT_REGISTER)
    form = WishForm(request.POST or None)
    return _act(
        desk, row, form, "people.record_contact_wish", resident_id=row.id, title=_("Cara aman dihubungi"),
        done=_("Keinginannya sudah dicatat."), lead=_("Yang baru menggantikan yang lama."),
    )  # fmt: skip


@scoped(Permission.CONSENT_RECORD, methods=("GET", "POST"))
def consent(request: HttpRequest, resident_id: UUID, purpose: str) -> HttpResponse:
    """Read the sentence out, then record the answer."""
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.CONSENT_RECORD)
    today = today_in(row.village_code, desk.now)
    if purpose not in purposes_on(today):
        raise NotFoundOrNotYours
    form = ConsentForm(request.POST or None, purpose=purpose, today=today)
    return _act(
        desk, row, form, "people.record_consent", resident_id=row.id, title=form.purpose.label,
        done=_("Jawabannya sudah dicatat."), template="people/consent.html",
    )  # fmt: skip


@scoped(Permission.CONSENT_RECORD, methods=("POST",))
def withdraw_consent(request: HttpRequest, resident_id: UUID, consent_id: UUID) -> HttpResponse:
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.CONSENT_RECORD)
    get_or_refuse(Consent.objects.filter(resident=row), id=consent_id)
    given = {
        "village_code": row.village_code,
        "consent_id": consent_id,
        "on": today_in(row.village_code, desk.now),
    }
    try:
        do(desk.actor, "people.withdraw_consent", given, now=desk.now, act_id=act_id_of(request))
        messages.success(request, _("Persetujuan sudah ditarik."))
    except Refusal as refusal:
        messages.error(request, refusal.reasons[0].text)
    return redirect("people:resident", row.id)


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def choose_fact(request: HttpRequest, resident_id: UUID, fact_id: UUID) -> HttpResponse:
    """Of several sources, say which one counts."""
    desk = as_desk(request)
    row = _to_write_about(desk, resident_id, Permission.RESIDENT_REGISTER)
    fact = get_or_refuse(Fact.objects.filter(resident=row), id=fact_id)
    form = ReasonForm(request.POST or None)
    field = LABELS.get(fact.field, fact.field)
    return _act(
        desk, row, form, "people.choose_fact", fact_id=fact.id, done=_("Sumbernya sudah dipilih."),
        title=_("Pakai %(field)s menurut %(source)s") % {"field": field.lower(), "source": fact.source},
    )  # fmt: skip

"""Trainings: the list, one training, inviting, a day, scores, the end and its certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import ActForm
from desmigratif.enterprises.forms import will as forms
from desmigratif.enterprises.models import Participant, Training
from desmigratif.enterprises.press.certificates import certificates_pdf
from desmigratif.enterprises.queries.training import attended_hours, participants_of, training_of, trainings_seen
from desmigratif.enterprises.queries.will import potentials_seen, proposed_in
from desmigratif.enterprises.rules.training import gain_of
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    act_page,
    as_desk,
    mentor_village,
    mentors_a_village,
    only_mentor,
    opened,
    place,
    section_page,
    today_of,
)
from desmigratif.people.queries.by_name import named_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 25
MOST_PROPOSED = 30


@scoped(P.ENTERPRISE_SEE)
def trainings(request: HttpRequest) -> HttpResponse:
    """The trainings of one's villages, the latest first."""
    desk = as_desk(request)
    page = Paginator(trainings_seen(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    shown = {
        "recorded": opened(desk, "trainings.listed", desk.actor.home_code),
        "rows": [_row(one) for one in page], "page": page, "may_mentor": mentors_a_village(desk),
    }  # fmt: skip
    return section_page(desk, "trainings", "trainings", shown)


def _row(one: Any) -> dict[str, Any]:
    facts = [format_date(one.starts_on), _("%s jam") % one.hours, _("%s peserta") % one.invited]
    over = {"name": "aman", "label": _("Selesai")} if one.closed_on else {"name": "next", "label": _("Berjalan")}
    return {
        "title": one.title, "detail": " · ".join(facts), "icon": "school", "url": place("training", one.id),
        "states": [over],
    }  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def plan_training(request: HttpRequest) -> HttpResponse:
    """A new course."""
    desk = as_desk(request)
    code = mentor_village(desk)
    form = forms.TrainingForm(request.POST or None)
    return act_page(
        desk, form, "plan_training", lambda: {**form.payload(), "village_code": code, "on": today_of(desk, code)},
        said=_("Pelatihan sudah dicatat. Sekarang undang pesertanya."),
        then=lambda: place("training", form.cleaned_data["record_id"]), title=_("Pelatihan baru"),
        back=place("trainings"),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def training(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Who came, for how long, what they learnt."""
    desk = as_desk(request)
    one = training_of(desk.actor, training_id)
    people, hours = list(participants_of(one)), attended_hours(one)
    subjects = [Subject("resident", each.resident_id) for each in people]
    shown = {
        "recorded": opened(desk, "training.opened", one.village_code, Subject("training", one.id), *subjects),
        "training": one, "may_mentor": desk.actor.may(MENTOR, one.village_code) and one.closed_on is None,
        "days": list(one.days.in_village(one.village_code).order_by("on")),
        "people": [{"row": each, "name": each.resident.shown_name, "hours": hours.get(each.id, 0)} for each in people],
        "gain": gain_of([(each.pre_score, each.post_score) for each in people]),
        "prints": desk.actor.may(MENTOR, one.village_code) and one.closed_on is not None,
    }  # fmt: skip
    return section_page(desk, "training", "trainings", shown)


def _at(request: HttpRequest, training_id: UUID) -> tuple[DeskRequest, Training]:
    desk = as_desk(request)
    one = training_of(desk.actor, training_id)
    only_mentor(desk, one.village_code)
    return desk, one


def _act(desk: DeskRequest, one: Training, form: ActForm, action: str, *, said: str, **shown: Any) -> HttpResponse:
    given = {"village_code": one.village_code, "training_id": one.id, "on": today_of(desk, one.village_code)}
    return act_page(
        desk, form, action, lambda: {**given, **form.payload()}, said=said,  # type: ignore[attr-defined]
        then=place("training", one.id), back=place("training", one.id), **shown,
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def invite(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """Those who want to, or stay at home while another is abroad; `?cari=` finds anybody else."""
    desk, one = _at(request, training_id)
    sought = desk.GET.get("cari", "")
    people = _found(desk, one, sought) if sought else _proposed(desk, one)
    form = forms.InviteForm(request.POST or None, people=people)
    return _act(
        desk, one, form, "invite", said=_("Undangan sudah dicatat."), title=_("Undang ke %s") % one.title,
        submit=_("Undang"), template="invite", sought=sought, has_people=bool(people),
    )  # fmt: skip


def _proposed(desk: DeskRequest, one: Training) -> list[tuple[UUID, str]]:
    known = set(participants_of(one).values_list("resident_id", flat=True))
    willing = potentials_seen(desk.actor).filter(village_code=one.village_code).exclude(will="no")
    asked = willing.exclude(resident__in=known)[:MOST_PROPOSED]
    people = {each.resident_id: (each.resident.shown_name, each.resident.household.hamlet) for each in asked}
    for each in proposed_in(one.village_code, today=today_of(desk, one.village_code)):
        if each.resident.id not in known:
            people.setdefault(each.resident.id, (each.resident.shown_name, each.resident.household.hamlet))
    return [(id, _named(*said)) for id, said in people.items()]


def _found(desk: DeskRequest, one: Training, sought: str) -> list[tuple[UUID, str]]:
    today = today_of(desk, one.village_code)
    found = named_in(desk.actor, MENTOR, one.village_code, sought, today=today)
    return [(each.id, _named(each.name, each.hamlet)) for each in found]


def _named(name: str, hamlet: str) -> str:
    return f"{name} · {hamlet}" if hamlet else name


@scoped(MENTOR, methods=BOTH)
def record_day(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """A day that was held, and who was there."""
    desk, one = _at(request, training_id)
    people = [(each.id, each.resident.shown_name) for each in participants_of(one)]
    form = forms.DayForm(request.POST or None, people=people, today=today_of(desk, one.village_code))
    return _act(
        desk, one, form, "record_day", said=_("Daftar hadir sudah disimpan."), title=_("Daftar hadir %s") % one.title,
        lead=_("Tanggal yang sama sekali lagi menggantikan daftar hadir hari itu."),
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def record_scores(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """What each knew before and after."""
    desk, one = _at(request, training_id)
    people = [(each.id, each.resident.shown_name, each.pre_score, each.post_score) for each in participants_of(one)]
    form = forms.ScoresForm(request.POST or None, people=people)
    return _act(
        desk, one, form, "record_scores", said=_("Nilai sudah disimpan."), title=_("Nilai %s") % one.title,
        lead=_("Nilai dari 0 sampai 100. Kosongkan yang tidak ikut tes."), template="scores",
    )  # fmt: skip


class CloseForm(ActForm):
    """Nothing to type."""

    def payload(self) -> dict[str, Any]:
        return {}


@scoped(MENTOR, methods=BOTH)
def close_training(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """The end: certificates are numbered, nothing changes any more."""
    desk, one = _at(request, training_id)
    form = CloseForm(request.POST or None)
    return _act(
        desk, one, form, "close_training", said=_("Pelatihan selesai. Sertifikatnya bisa dicetak."),
        title=_("Selesaikan %s") % one.title, submit=_("Selesaikan"),
        lead=_("Yang cukup hadir mendapat sertifikat. Sesudah ini daftar hadir dan nilai tidak bisa diubah lagi."),
    )  # fmt: skip


@scoped(MENTOR)
def certificates(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """All certificates of a training as one PDF to print; `?peserta=` only one."""
    desk, one = _at(request, training_id)
    rows = list(_asked_for(desk, participants_of(one).exclude(certificate="")))
    subjects = [Subject("resident", each.resident_id) for each in rows]
    if not rows or not opened(desk, "training.certificates_printed", one.village_code, *subjects):
        raise NotFoundOrNotYours
    answer = HttpResponse(certificates_pdf(one, rows, attended_hours(one)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="sertifikat.pdf"'
    return answer


def _asked_for(desk: DeskRequest, rows: Iterable[Participant]) -> Iterable[Participant]:
    asked = desk.GET.get("peserta", "")
    return (each for each in rows if not asked or str(each.id) == asked)

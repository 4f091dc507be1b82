"""Monthly reports of villages: what is owed, one report with its versions, writing it, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.documents.acting import attempt
from desmigratif.documents.office_papers import paper_pdf
from desmigratif.documents.sealing import sealed
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.queries import UnknownRegion, near_name, today_in, village
from desmigratif.reports import forms
from desmigratif.reports.actions.signing import said_of
from desmigratif.reports.models import VillageReport
from desmigratif.reports.queries import monthly as queries
from desmigratif.reports.queries.figures import figures_of_month
from desmigratif.reports.queries.monthly import MonthOwed
from desmigratif.reports.rules import monthly as rules
from desmigratif.reports.rules.figures import Figure, changed_since, figures_from
from desmigratif.reports.views.region import parts_of
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 24
BOTH = ("GET", "POST")
LOOKS = {"": gettext_lazy("Semua"), "menunggu": gettext_lazy("Menunggu kabupaten"),
         "terlambat": gettext_lazy("Terlambat")}  # fmt: skip
# What each may do in which state: (permission, {decision: (action, label, what is said afterwards)}).
_STEPS: Mapping[str, tuple[P, Mapping[str, tuple[str, Any, Any]]]] = {
    rules.DRAFT: (P.REPORT_WRITE, {
        "sign": ("sign_report", gettext_lazy("Tanda tangani"),
                 gettext_lazy("Ditandatangani. Sekarang menunggu kepala desa.")),
    }),
    rules.CHECKED: (P.REPORT_SIGN, {
        "sign": ("send_report", gettext_lazy("Tanda tangani dan kirim"),
                 gettext_lazy("Ditandatangani dan terkirim ke kabupaten.")),
        "back": ("hand_back", gettext_lazy("Kembalikan kepada petugas"),
                 gettext_lazy("Dikembalikan; petugas melihat catatan Anda.")),
    }),
    rules.SENT: (P.REPORT_ACCEPT, {
        "accept": ("accept_report", gettext_lazy("Terima"), gettext_lazy("Laporan sudah diterima.")),
        "back": ("return_report", gettext_lazy("Kembalikan ke desa"),
                 gettext_lazy("Dikembalikan; desa melihat catatan Anda.")),
    }),
}  # fmt: skip


@scoped(P.REPORT_SEE)
def monthly_reports(request: HttpRequest) -> HttpResponse:
    """The months that one's villages owe, the newest first, and where each report stands."""
    desk = cast(DeskRequest, request)
    look = desk.GET.get("lihat", "")
    look = look if look in LOOKS else ""
    today = today_in(desk.actor.home_code, desk.now)
    page = Paginator(queries.owed(desk.actor, look=look, today=today), PER_PAGE).get_page(desk.GET.get("hal"))
    months = queries.months_of(desk.actor, page)
    own = own_village(desk.actor)
    waiting = queries.waiting_for(desk.actor, today)
    shown = {
        "rows": [_row(one, today, named=own is None) for one in months],
        "page": page,
        "page_query": f"lihat={look}&" if look else "",
        "chips": [
            {"label": label, "url": f"?lihat={name}" if name else "?", "current": name == look}
            for name, label in LOOKS.items()
        ],
        "lead": _lead(waiting, desk),
        "write_url": _to_write(desk, own, months),
        "filtered": bool(look),
    }
    return render(desk, "reports/monthly_reports.html", shown)


def _lead(waiting: queries.Waiting, desk: DeskRequest) -> str:
    if desk.actor.may_anywhere(P.REPORT_ACCEPT):
        read = (
            _("%s menunggu Anda baca") % waiting.to_read if waiting.to_read else _("Tidak ada yang menunggu Anda baca")
        )
        late = _("%s terlambat") % waiting.late if waiting.late else _("tidak ada yang terlambat")
        return f"{read}; {late}."
    if desk.actor.may_anywhere(P.REPORT_SIGN):
        if not waiting.to_sign:
            return _("Tidak ada yang menunggu tanda tangan Anda.")
        return _("%s menunggu tanda tangan Anda.") % waiting.to_sign
    return _("%s belum selesai.") % waiting.to_write if waiting.to_write else _("Semua laporan sudah selesai.")


def _to_write(desk: DeskRequest, own: str | None, months: list[MonthOwed]) -> str:
    """The oldest month that waits for the officer's pen."""
    if own is None or not desk.actor.may(P.REPORT_WRITE, own):
        return ""
    wants = [
        one
        for one in months
        if one.state == rules.RETURNED or (one.state in ("", rules.DRAFT) and not (one.frozen and not one.due.sent_on))
    ]
    month = (
        Month(wants[-1].due.year, wants[-1].due.month)
        if wants else Month.of(today_in(own, desk.now)).previous() if not months else None
    )  # fmt: skip
    return _write_url(own, month) if month else ""


def _write_url(village_code: str, month: Month) -> str:
    return f"{reverse('reports:write_report')}?desa={village_code}&bulan={month}"


def _row(one: MonthOwed, today: date, *, named: bool) -> dict[str, Any]:
    words = rules.month_words(one.due.year, one.due.month)
    title = f"{near_name(one.due.village_code)}, {words}" if named else words
    late = one.is_late(today)
    name, label = ("henti", _("Terlambat")) if late else ("tidaktahu", _("Belum ditulis"))
    if late and one.frozen:
        name, label = "tidaktahu", _("Tidak dikirim")
    if one.report and not (late and one.report.state == rules.DRAFT):
        name, label = rules.LOOKS[one.report.state], rules.STATES[one.report.state]
    detail = _("batas %s") % format_date(one.due.due_on)
    if one.due.sent_on:
        detail = _("dikirim %s") % format_date(one.due.sent_on)
        if one.due.sent_on > one.due.due_on:
            detail += _(", lewat batas %s") % format_date(one.due.due_on)
    url = (
        reverse("reports:village_report", args=[one.report.id]) if one.report
        else "" if named else _write_url(one.due.village_code, Month(one.due.year, one.due.month))
    )  # fmt: skip
    return {"icon": "file-text", "title": title, "detail": detail, "url": url,
            "states": [{"name": name, "label": label}]}  # fmt: skip


@scoped(P.REPORT_SEE)
def village_report(request: HttpRequest, village_report_id: UUID) -> HttpResponse:
    """One version of a report: figures, words, signatures, remarks, versions; `?bentuk=pdf` is its paper."""
    desk = cast(DeskRequest, request)
    report = queries.report_of(desk.actor, village_report_id)
    if desk.GET.get("bentuk") == "pdf":
        return _pdf(desk, report)
    return render(desk, "reports/village_report.html", _shown(desk, report, _step_form(desk, report)))


def _shown(desk: DeskRequest, report: VillageReport, form: forms.StepForm | None) -> dict[str, Any]:
    figures = (
        figures_from(report.figures) if report.figures is not None
        else figures_of_month(desk.actor, report.village_code, report.year, report.month)
    )  # fmt: skip
    before = figures_from(report.earlier.figures or []) if report.earlier else []
    later = getattr(report, "later", None)
    may_write = desk.actor.may(P.REPORT_WRITE, report.village_code) and later is None
    return {
        "report": report,
        "month": rules.month_words(report.year, report.month),
        "name": near_name(report.village_code),
        "state": {"name": rules.LOOKS[report.state], "label": rules.STATES[report.state]},
        "figures": [_figure(one) for one in figures],
        "changed": [
            {"name": f"{old.code} {old.name}", "old": parts_of(old), "new": parts_of(new)}
            for old, new in changed_since(before, figures)
        ],
        "later": later,
        "remarks": queries.remarks_on(desk.actor, report),
        "fingerprint": rules.fingerprint_of(said_of(report)) if report.paper else "",
        "form": form,
        "form_button": next(iter(_choices(report).values()), "") if form else "",
        "write_url": _write_url(report.village_code, Month(report.year, report.month))
        if may_write and report.state in (rules.DRAFT, rules.RETURNED, rules.ACCEPTED) else "",
    }  # fmt: skip


def _figure(one: Figure) -> dict[str, str]:
    return {"name": f"{one.code} {one.name}", "parts": parts_of(one), "said": one.said, "as_of": one.as_of_words}


def _choices(report: VillageReport) -> dict[str, Any]:
    """Decision -> its label, for whoever is to take the next step."""
    _permission, steps = _STEPS.get(report.state, (None, {}))
    return {decision: label for decision, (_action, label, _said) in steps.items()}


def _step_form(desk: DeskRequest, report: VillageReport) -> forms.StepForm | None:
    """The form of the next step, for whoever is to take it."""
    permission, steps = _STEPS.get(report.state, (None, {}))
    if permission is None or not desk.actor.may(permission, report.village_code):
        return None
    if permission == P.REPORT_SIGN and report.officer_id == desk.actor.id:
        return None
    return forms.StepForm(desk.POST or None, choices={name: one[1] for name, one in steps.items()})


@scoped(P.REPORT_WRITE, P.REPORT_SIGN, P.REPORT_ACCEPT, methods=BOTH)
def report_step(request: HttpRequest, village_report_id: UUID) -> HttpResponse:
    """Sign, send, accept or send back: whatever comes next for this person."""
    desk = cast(DeskRequest, request)
    report = queries.report_of(desk.actor, village_report_id)
    here = reverse("reports:village_report", args=[report.id])
    form = _step_form(desk, report)
    if form is None:
        if desk.method == "POST":
            messages.error(desk, _("Laporan ini tidak sedang menunggu Anda: %s.") % rules.STATES[report.state].lower())
        return HttpResponseRedirect(here)
    if desk.method == "POST" and form.is_valid():
        steps = _STEPS[report.state][1]
        action, _label, said = steps[form.cleaned_data.get("decision") or next(iter(steps))]
        if attempt(desk, form, f"reports.{action}", _payload(report, action, form)):
            messages.success(desk, said)
            return HttpResponseRedirect(here)
    return render(desk, "reports/village_report.html", _shown(desk, report, form))


def _payload(report: VillageReport, action: str, form: forms.StepForm) -> dict[str, Any]:
    given = {"village_code": report.village_code, "report_id": report.id}
    if action == "send_report":
        return {**given, "paper_id": form.cleaned_data["record_id"]}
    if action in ("hand_back", "return_report"):
        return {**given, "remark_id": form.cleaned_data["record_id"], "text": form.cleaned_data["text"]}
    return given


def _pdf(desk: DeskRequest, report: VillageReport) -> HttpResponse:
    """The signed paper. Raises `NotFoundOrNotYours` while there is none."""
    if report.paper is None:
        raise NotFoundOrNotYours
    pdf = paper_pdf(report.paper)
    if report.paper.voided_on is None:
        pdf = sealed(pdf, desk.now)
    name = report.paper.number.replace("/", "-")
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@scoped(P.REPORT_WRITE, methods=BOTH)
def write_report(request: HttpRequest) -> HttpResponse:
    """The words of a month (`?desa=CODE&bulan=2026-10`, else one's own village and the last month)."""
    desk = cast(DeskRequest, request)
    code, month = _asked(desk)
    newest = queries.newest_of(desk.actor, code, month.year, month.month)
    form = forms.WordsForm(desk.POST or None, report=newest)
    given = {"village_code": code, "year": month.year, "month": month.month}
    sent = desk.method == "POST" and form.is_valid()
    if sent and attempt(desk, form, "reports.write_report", {**form.payload(), **given}):
        messages.success(desk, _("Tersimpan. Periksa angkanya, lalu tanda tangani."))
        report = queries.newest_of(desk.actor, code, month.year, month.month)
        assert report is not None  # noqa: S101  just written
        return HttpResponseRedirect(reverse("reports:village_report", args=[report.id]))
    shown = {
        "form": form,
        "month": rules.month_words(month.year, month.month),
        "name": near_name(code),
        "due": rules.due_on(month.year, month.month),
        "newest": newest,
        "remarks": queries.remarks_on(desk.actor, newest) if newest else [],
        "back": reverse("reports:monthly_reports"),
    }
    return render(desk, "reports/write_report.html", shown)


def _asked(desk: DeskRequest) -> tuple[str, Month]:
    """The village and the month. Raises `NotFoundOrNotYours`."""
    code = desk.GET.get("desa") or own_village(desk.actor) or ""
    try:
        village(code)
        text = desk.GET.get("bulan")
        month = Month.parse(text) if text else Month.of(today_in(code, desk.now)).previous()
    except (UnknownRegion, ValueError):
        raise NotFoundOrNotYours from None
    require(desk.actor, P.REPORT_WRITE, code)
    return code, month

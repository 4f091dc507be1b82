"""The health score: each ratio opened to its figures, and why a year is not judged yet."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.forms.annual.health import AnswersForm
from desmigratif.cooperative.queries.annual.health import answers_of, assessed, judged_apart
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.rules.annual.health import FIGURE_WORDS, FORMS, Health, Ratio, form_on, word_on_sharia
from desmigratif.cooperative.views.common import act_page, as_desk, opened, page, place, today_of
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah


def asked_year(request: HttpRequest, newest: int) -> int:
    """The year that `?tahun=` names, there or not; the newest when it names none."""
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else newest


@scoped(P.COOPERATIVE_SEE)
def health(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One form of one year."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    years = list(range(today.year, found.opened_on.year - 1, -1))
    year = asked_year(request, years[0] if len(years) == 1 else years[1])
    asked = request.GET.get("bentuk", "")
    form = asked if asked in FORMS else "2016"
    seen = assessed(found, year, form, today)
    here = place("health", found.id)
    shown = {
        "recorded": opened(desk, found, "health.opened"), "year": year, "reasons": seen.reasons,
        "health": seen.health, "aspects": aspects_of(seen.health) if seen.health else [],
        "years": [{"label": str(one), "url": f"{here}?tahun={one}&bentuk={form}", "current": one == year}
                  for one in years],
        "chips": [{"label": _("Formulir %s") % one, "url": f"{here}?tahun={year}&bentuk={one}", "current": one == form}
                  for one in FORMS],
        "may_answer": form == "2016" and not seen.reasons and voice_of(desk.actor, found) == "supervisors",
        "apart": [{"name": one.name, "url": f"{place('health', one.id)}?tahun={year}"} for one in judged_apart(found)],
        "answer_url": f"{place('answer_health', found.id)}?tahun={year}",
        "of_sharia": word_on_sharia(found.sharia_since, year),
    }  # fmt: skip
    return page(desk, "annual/health", found, "books", shown)


def aspects_of(health: Health) -> list[dict[str, Any]]:
    return [
        {"title": aspect.title, "score": aspect.score, "most": aspect.most, "percent": aspect.percent,
         "unknown": aspect.unknown, "rows": [_row(ratio) for ratio in aspect.ratios]}
        for aspect in health.aspects
    ]  # fmt: skip


def _row(ratio: Ratio) -> dict[str, Any]:
    def named(terms: tuple[tuple[str, int], ...]) -> list[tuple[str, str]]:
        return [(FIGURE_WORDS[name], format_rupiah(amount)) for name, amount in terms]

    return {"ratio": ratio, "over": named(ratio.over), "under": named(ratio.under)}


@scoped(P.COOPERATIVE_SEE, methods=("GET", "POST"))
def answer_health(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The supervisors' answers about the management."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    if voice_of(desk.actor, found) != "supervisors":
        raise NotFoundOrNotYours
    year = asked_year(request, today_of(desk, found).year - 1)
    parts = form_on("2016", date(max(year, 2017), 12, 31)).value["questions"]
    form = AnswersForm(request.POST or None, parts=parts, year=year, initial=answers_of(found, year))
    here = f"{place('health', found.id)}?tahun={year}"
    return act_page(
        desk, form, "answer_health", form.payload, cooperative=found, said=_("Jawaban sudah disimpan."), then=here,
        title=_("Penilaian manajemen tahun %s") % year,
        lead=_("Diisi pengawas menurut daftar pertanyaan formulir; hitung berapa yang dijawab ya."),
    )  # fmt: skip

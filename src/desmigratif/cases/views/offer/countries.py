"""One card for each country: on screen, on one page of paper, and as text to share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.cases.queries.offer.country_cards import Wages, wages_in
from desmigratif.cases.rules.labels import EMPLOYER_TYPES
from desmigratif.cases.rules.offer.country_card import CountryCard, Openness, Said, card_of, countries_shown_first
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.views.before.checklist import sureness
from desmigratif.cases.views.common import as_desk
from desmigratif.placement.queries import loaded_destinations
from desmigratif.placement.views import here_and_today
from desmigratif.regulations.countries import country_name, country_names
from desmigratif.shared.dates import format_date

STATES = {"open": "aman", "closed": "henti", "not_listed": "cek", "unknown": "tidaktahu"}


def _word(standing: str) -> str:
    return {
        "open": _("Terbuka"),
        "closed": _("Ditutup"),
        "not_listed": _("Tidak ada dalam daftar tujuan"),
        "unknown": _("Belum diketahui"),
    }[standing]


@scoped(Permission.LIST_SEE)
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that people ask for most, then the others on the list of destinations."""
    desk = as_desk(request)
    code, today = here_and_today(desk)
    first = countries_shown_first(today)
    listed, _ground = Law(today, loaded_destinations(code, today)).destinations() or ([], "")
    others = sorted((one for one in listed if one not in first), key=country_name)
    shown = {"rows": [_row(code) for code in first], "others": [_row(code) for code in others]}
    return render(request, "cases/offer/countries.html", shown)


def _row(code: str) -> dict[str, Any]:
    return {"icon": "map", "title": country_name(code), "url": reverse("cases:country", args=[code])}


@scoped(Permission.LIST_SEE)
def country(request: HttpRequest, country: str) -> HttpResponse:
    """The card; prints on one A4 page."""
    card, shown = _card(as_desk(request), country)
    return render(
        request, "cases/offer/country.html", {**shown, "card": card, "text": _as_text(shown), "for_everybody": True}
    )


@scoped(Permission.LIST_SEE)
def country_text(request: HttpRequest, country: str) -> HttpResponse:
    """The same as plain text, to copy into a message."""
    _found, shown = _card(as_desk(request), country)
    return HttpResponse(_as_text(shown), content_type="text/plain; charset=utf-8")


def _card(desk: DeskRequest, code: str) -> tuple[CountryCard, dict[str, Any]]:
    if code not in country_names() or code == "IDN":
        raise Http404
    here, today = here_and_today(desk)
    card = card_of(code, today, loaded_destinations(here, today))
    wages = wages_in(code, here, today)
    unknown = _("belum diketahui")
    placed = f"{card.placed_2023:,}".replace(",", ".") if card.placed_2023 is not None else unknown
    facts = [
        (_("Pemberi kerja rumah tangga"), _open_text(card.household)),
        (_("Pemberi kerja perusahaan"), _open_text(card.company)),
        (_("Gaji"), _wage_text(wages) or unknown),
        (_("Lowongan resmi hari ini"), _orders_text(wages) or unknown),
        (_("Berangkat resmi tahun 2023"), placed),
        (_("Kantor Indonesia di sana"), _said_text(card.mission) if card.mission else unknown),
        (_("Nomor telepon dan nomor darurat"), _("belum diketahui; tanyakan ke Disnaker atau BP3MI")),
    ]
    return card, {
        "name": card.name,
        "as_of": format_date(today),
        "states": [
            {"label": EMPLOYER_TYPES[kind], "state": STATES[how.standing], "word": _word(how.standing)}
            for kind, how in (("household", card.household), ("company", card.company))
        ],
        "facts": [{"label": label, "value": value} for label, value in facts],
        "costs": [_said_text(one) for one in card.costs] or [_("Biaya yang sah belum diketahui.")],
        "warnings": [_said_text(one) for one in card.warnings],
    }


def _open_text(how: Openness) -> str:
    ground = _based_on(how.citation, how.status)
    return f"{_word(how.standing)} ({ground})" if ground else _word(how.standing)


def _based_on(citation: str, status: str) -> str:
    """The article, and how sure we are of it: one remark in brackets."""
    unsure = sureness(status).rstrip(".") if status else ""
    return "; ".join(part for part in (citation, f"{unsure[:1].lower()}{unsure[1:]}") if part)


def _said_text(said: Said) -> str:
    return f"{said.text} ({_based_on(said.citation, said.status)})"


def _wage_text(wages: Wages | None) -> str:
    if wages is None or not wages.ranges:
        return ""
    parts = [
        f"{currency} {_number(least)}" + (f"–{_number(most)}" if most != least else "")
        for currency, least, most in wages.ranges
    ]
    said = {"wages": ", ".join(parts), "day": format_date(wages.as_of)}
    return _("%(wages)s sebulan, menurut lowongan resmi per %(day)s") % said


def _orders_text(wages: Wages | None) -> str:
    if wages is None:
        return ""
    count = str(wages.orders) if wages.orders else _("Tidak ada")
    return _("%(count)s, menurut daftar per %(day)s") % {"count": count, "day": format_date(wages.as_of)}


def _number(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _as_text(shown: dict[str, Any]) -> str:
    """Short lines, as a message is read."""
    lines = [f"*{shown['name']}*", _("Per %s") % shown["as_of"], ""]
    lines += [f"{fact['label']}: {fact['value']}" for fact in shown["facts"]]
    lines += ["", _("Biaya:"), *(f"- {text}" for text in shown["costs"])]
    if shown["warnings"]:
        lines += ["", _("Hati-hati:"), *(f"- {text}" for text in shown["warnings"])]
    lines += ["", _("Jangan membayar atau menyerahkan surat asli sebelum tawarannya diperiksa di balai desa.")]
    return "\n".join(lines) + "\n"

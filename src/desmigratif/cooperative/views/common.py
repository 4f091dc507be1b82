"""What the cooperative's pages share: whose books, where one is, a form that does one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.models import Cooperative, Member, MemberStatus
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.people.queries.sharing import shared_situation
from desmigratif.regions.queries import today_in

MEMBER_STATES = {
    MemberStatus.CANDIDATE: "cek", MemberStatus.MEMBER: "aman", MemberStatus.LEFT: "tidaktahu",
}  # fmt: skip
SLIP_WORDS = {
    "ledger.opening": "Saldo awal",
    "loan.disbursed": "Pencairan pinjaman", "loan.payment": "Angsuran pinjaman",
    "loan.prepayment": "Angsuran pinjaman lebih awal", "loan.payoff": "Pelunasan pinjaman",
    "loan.set_off": "Pelunasan pinjaman dari simpanan",
    "savings.deposited": "Setoran", "savings.withdrawn": "Pengambilan", "savings.interest": "Jasa simpanan",
    "savings.bonus": "Bonus wadiah", "savings.profit_share": "Bagi hasil",
    "savings.tax": "Pajak jasa simpanan", "savings.penalty": "Potongan pencairan awal",
    "savings.moved": "Jasa berjangka masuk",
    "term.matured": "Jasa berjangka",
    "member.settled": "Penyelesaian keluar", "owed.paid_out": "Pembayaran simpanan",
}  # fmt: skip
USE_WORDS = {
    "savings_principal": "Simpanan pokok", "savings_compulsory": "Simpanan wajib",
    "savings_voluntary": "Simpanan sukarela", "savings_term": "Simpanan berjangka",
    "savings_mudharabah": "Simpanan mudharabah",
    "savings_purpose": "Simpanan khusus", "leavers_payable": "Simpanan anggota keluar",
    "interest_receivable": "Jasa pinjaman buku lama", "late_fee_receivable": "Denda buku lama",
    "savings_interest_payable": "Jasa simpanan yang belum diambil", "shu_payable": "SHU yang belum diambil",
    "loans": "Pinjaman",
}  # fmt: skip


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def may(desk: DeskRequest, cooperative: Cooperative, permission: Permission) -> bool:
    return desk.actor.may(permission, cooperative.village_code)


def only_with(desk: DeskRequest, cooperative: Cooperative, permission: Permission) -> None:
    """Raises `NotFoundOrNotYours` for whoever may look at these books but not do this."""
    require(desk.actor, permission, cooperative.village_code)


def today_of(desk: DeskRequest, cooperative: Cooperative) -> date:
    return today_in(cooperative.village_code, desk.now)


def opened(desk: DeskRequest, cooperative: Cooperative, event: str, *subjects: Subject) -> bool:
    """Leave the trace of a look into the books, or at a member."""
    about = [Subject("cooperative", cooperative.id), *subjects]
    return reads.opened(desk.actor, event, village_code=cooperative.village_code, subjects=about, now=desk.now)


def tabs_of(desk: DeskRequest, cooperative: Cooperative, here: str) -> list[dict[str, Any]]:
    """The places of one cooperative; the till only for those who handle money."""
    places = [("cooperative", _("Ringkasan"), "home"), ("members", _("Anggota"), "users")]
    if may(desk, cooperative, Permission.MONEY_TAKE):
        places.insert(1, ("till", _("Kas"), "cash"))
    lending = ("sharia", _("Akad"), "wallet") if cooperative.sharia_since else ("loans", _("Pinjaman"), "wallet")
    places += [lending, ("businesses", _("Usaha"), "building-bank")]
    if cooperative.parent_id is None:  # a unit holds no meeting of its own
        places.append(("meetings", _("Rapat"), "messages"))
    places += [("books", _("Buku"), "clipboard-list"), ("settings", _("Pengaturan"), "settings")]
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(f"cooperative:{name}", args=[cooperative.id]),
            "current": name == here,
        }
        for name, label, icon in places
    ]


def page(
    desk: DeskRequest, template: str, cooperative: Cooperative, here: str, shown: Mapping[str, Any]
) -> HttpResponse:
    """A page among the tabs of a cooperative."""
    base = {
        "print_body": cooperative.name,
        "cooperative": cooperative,
        "tabs": tabs_of(desk, cooperative, here),
        "today": today_of(desk, cooperative),
    }
    return render(desk, f"cooperative/{template}.html", {**base, **shown})


def act_page(
    desk: DeskRequest, form: ActForm, action: str, payload: Callable[[], Mapping[str, Any]], *,
    cooperative: Cooperative, said: str, then: str, title: str, back: str = "", template: str = "act", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and valid, do its act and go on to `then`."""
    if desk.method == "POST" and form.is_valid():
        given = {"cooperative_id": cooperative.id, **payload()}
        if attempt(desk, form, f"cooperative.{action}", given):
            messages.success(desk, said)
            return HttpResponseRedirect(then)
    return render(
        desk, f"cooperative/{template}.html",
        {
            "form": form, "title": title, "back": back or then, "cooperative": cooperative,
            "takes_back": title.startswith(_("Batalkan")), **shown,
        },
    )  # fmt: skip


def place(name: str, id: UUID) -> str:
    """The address of a page of the cooperative about one record."""
    return reverse(f"cooperative:{name}", args=[id])


def member_strip(member: Member, states: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Whose page this is."""
    number = _("Nomor %s") % member.number if member.number else ""
    joined = _("masuk %s") % member.joined_on.strftime("%d-%m-%Y") if member.joined_on else ""
    return {
        "name": member.name,
        "url": place("member", member.id),
        "facts": [fact for fact in (number, joined) if fact],
        "states": [{"name": MEMBER_STATES[MemberStatus(member.status)], "label": MemberStatus(member.status).label}]
        + (states or []),
    }


def owed_rows(owed: Mapping[str, int]) -> list[dict[str, Any]]:
    """What waits for a member or the heirs to be fetched, by name."""
    return [{"name": USE_WORDS.get(use, use), "rupiah": rupiah} for use, rupiah in owed.items()]


def families_of(members: Iterable[Member], today: date) -> dict[UUID, list[dict[str, str]]]:
    """By member what stands of the family in the village's memory, where the member agreed that we may know it."""
    linked = {one.resident.id: one for one in members if one.resident is not None}
    said = shared_situation([one.resident for one in linked.values() if one.resident is not None], today)
    return {
        linked[id].id: [{"name": state, "label": label} for state, label in words] for id, words in said.items()
    }  # fmt: skip

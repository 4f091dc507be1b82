"""Accounts of a region, and one's own."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access.door import do
from desmigratif.access.entry_codes import digest_of, entry_code
from desmigratif.access.forms import NewAccountForm
from desmigratif.access.inputs import CreateAccount, DisableAccount
from desmigratif.access.keys import recovery
from desmigratif.access.models import User
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import (
    Account,
    account_of,
    accounts_managed_by,
    factor_resets_waiting,
    is_region,
    manages_everything,
    name_of_region,
    only_village,
    regions_managed_by,
    regions_to_choose,
    users_managed_by,
)
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.roles import ROLES
from desmigratif.access.routes import scoped, signed_in
from desmigratif.access.scope import get_or_refuse
from desmigratif.access.views.parts import handed_over, put_reasons
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal


@scoped(Permission.ACCOUNT_MANAGE)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has a sign-in in my regions."""
    desk = cast(DeskRequest, request)
    found = accounts_managed_by(desk.actor, today=timezone.localdate(desk.now))
    return render(request, "access/accounts.html", {"accounts": found, "own_id": desk.actor.id})


@scoped(Permission.ACCOUNT_MANAGE, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Choose the place, then make the account; the one-time code is shown once, on the answer."""
    desk = cast(DeskRequest, request)
    if request.method == "GET":
        code = _chosen_region(desk)
        if code is None:
            return _choose_region(desk)
        today = f"{timezone.localdate(desk.now):%d-%m-%Y}"
        return _account_form(
            desk, NewAccountForm(initial={**NewAccountForm.fresh_ids(), "region_code": code, "valid_from": today})
        )
    form = NewAccountForm(request.POST)
    if form.is_valid() and _create(desk, form):
        account = {
            "name": form.cleaned_data["name"],
            "username": form.cleaned_data["username"],
            "grants": [f"{ROLES[form.cleaned_data['role']].label}, {name_of_region(form.cleaned_data['region_code'])}"],
            **handed_over(desk, form.cleaned_data["act_id"], form.cleaned_data["user_id"]),
        }
        return render(request, "access/account_created.html", {"account": account})
    return _account_form(desk, form)


def _chosen_region(desk: DeskRequest) -> str | None:
    """The region named in the address when it is one's own to manage, or the only one there is to choose."""
    code = desk.GET.get("wilayah", "")
    if is_region(code) and desk.actor.may(Permission.ACCOUNT_MANAGE, code):
        return code
    return only_village(desk.actor)


def _choose_region(desk: DeskRequest) -> HttpResponse:
    text = desk.GET.get("q", "")[:100]
    context = {"search": text, "found": regions_to_choose(desk.actor, text), "own": regions_managed_by(desk.actor)}
    return render(desk, "access/choose_region.html", context)


def _account_form(desk: DeskRequest, form: NewAccountForm) -> HttpResponse:
    code = str(form["region_code"].value() or "")
    context = {"form": form, "place": name_of_region(code), "may_choose": only_village(desk.actor) is None}
    return render(desk, "access/create_account.html", context)


def _create(desk: DeskRequest, form: NewAccountForm) -> bool:
    given = {key: value for key, value in form.cleaned_data.items() if key != "act_id"}
    act_id = form.cleaned_data["act_id"]
    if not is_region(given["region_code"]):
        form.add_error(None, _("Kode ini tidak ada dalam daftar wilayah."))
        return False
    if not desk.actor.may(Permission.ACCOUNT_MANAGE, given["region_code"]):
        form.add_error(None, _("Wilayah ini bukan wewenang Anda."))
        return False
    if given["valid_until"] and given["valid_until"] < given["valid_from"]:
        form.add_error("valid_until", _("Tanggal berakhir tidak boleh sebelum mulai bertugas."))
        return False
    try:
        account = CreateAccount(**given, code_digest=digest_of(entry_code(act_id), given["user_id"]))
        do(desk.actor, "access.create_account", account, now=desk.now, act_id=act_id)
    except Refusal as refusal:
        put_reasons(form, refusal.reasons)
        return False
    return True


@scoped(Permission.ACCOUNT_MANAGE, methods=("GET", "POST"))
def disable(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Say what closing an account does, ask once, close it."""
    desk = cast(DeskRequest, request)
    user = get_or_refuse(users_managed_by(desk.actor).prefetch_related("grants"), id=user_id)
    account = account_of(user, today=timezone.localdate(desk.now))
    reasons: tuple[Any, ...] = ()
    if request.method == "POST":
        try:
            do(
                desk.actor,
                "access.disable_account",
                DisableAccount(user_id=user_id),
                now=desk.now,
                act_id=act_id_of(request),
            )
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Akun %(name)s sudah ditutup.") % {"name": account.name})
            return redirect("access:accounts")
    context = {"account": account, "confirm": _closing(account), "reasons": reasons}
    return render(request, "access/disable_account.html", context)


def _closing(account: Account) -> dict[str, Any]:
    """For the shared confirmation box."""
    return {
        "title": _("Tutup akun %(name)s?") % {"name": account.name},
        "icon": "lock",
        "effects": [
            _("%(name)s langsung keluar dari semua komputer dan HP.") % {"name": account.name},
            _("Kata sandinya tidak berlaku lagi."),
            _("Catatan pekerjaannya tetap tersimpan."),
        ],
        "hidden": {"act_id": new_id()},
        "action": reverse("access:disable_account", args=[account.id]),
        "submit": _("Tutup akun"),
        "back_url": reverse("access:accounts"),
        "stop": True,
    }


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """One's own account: name, roles, regions, second factor."""
    desk = cast(DeskRequest, request)
    user = User.objects.prefetch_related("grants").get(id=desk.actor.id)
    may_manage = desk.actor.may_anywhere(Permission.ACCOUNT_MANAGE)
    may_restore = desk.actor.may_anywhere(Permission.SECOND_FACTOR_RESTORE)
    context = {
        "account": account_of(user, today=timezone.localdate(desk.now)),
        "has_second_factor": is_mfa_enabled(user),
        "may_manage": may_manage,
        "may_restore": may_restore,
        "resets_waiting": len(factor_resets_waiting(desk.actor, now=desk.now)) if may_restore else 0,
        "sheet": _sheet_words() if may_manage and manages_everything(desk.actor) else None,
    }
    return render(request, "access/mine.html", context)


def _sheet_words() -> dict[str, str]:
    kept = recovery.kept(settings.DATA_DIR)
    if kept is None:
        return {"state": "cek", "text": _("Belum ada. Cadangan belum disandi.")}
    return {"state": "aman", "text": f"{kept.fingerprint} · {format_date(kept.made_on)}"}

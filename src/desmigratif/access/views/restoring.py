"""Whoever forgot a password gets a one-time code from an administrator; a lost second factor takes two people."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access import rules
from desmigratif.access.door import do
from desmigratif.access.entry_codes import digest_of, entry_code
from desmigratif.access.inputs import AskFactorReset, RenewPassword, ResetSecondFactor
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import (
    Account,
    WaitingReset,
    account_of,
    factor_resets_waiting,
    users_managed_by,
)
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.access.views.parts import handed_over
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

_GET_POST = ("GET", "POST")


def _managed(desk: DeskRequest, user_id: UUID) -> Account:
    user = get_or_refuse(users_managed_by(desk.actor).prefetch_related("grants"), id=user_id)
    return account_of(user, today=timezone.localdate(desk.now))


def _page(request: HttpRequest, account: Account, confirm: dict[str, Any], reasons: tuple[Reason, ...]) -> HttpResponse:
    return render(request, "access/restore.html", {"account": account, "confirm": confirm, "reasons": reasons})


@scoped(Permission.ACCOUNT_MANAGE, methods=_GET_POST)
def renew_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Say what a one-time code does, ask once; the answer shows it this once (again when the form came twice)."""
    desk = cast(DeskRequest, request)
    account = _managed(desk, user_id)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        act_id = act_id_of(request)
        given = RenewPassword(user_id=user_id, code_digest=digest_of(entry_code(act_id), user_id))
        try:
            do(desk.actor, "access.renew_password", given, now=desk.now, act_id=act_id)
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            shown = {
                "name": account.name,
                "username": account.username,
                "grants": [f"{grant.role}, {grant.region}" for grant in account.grants if grant.holds],
                **handed_over(desk, act_id, user_id),
            }
            return render(request, "access/code_made.html", {"account": shown})
    confirm = {
        "title": _("Buat kode sekali pakai untuk %(name)s?") % {"name": account.name},
        "icon": "key",
        "effects": [
            _("Kata sandi lamanya tidak berlaku lagi."),
            _("%(name)s keluar dari semua komputer dan HP.") % {"name": account.name},
            _("Kode tampil sekali di layar Anda, untuk diserahkan langsung; berlaku 48 jam."),
            _("Dengan kode itu ia memilih kata sandi sendiri. Pengaman di HP-nya tetap sama."),
        ],
        "hidden": {"act_id": new_id()},
        "action": reverse("access:renew_password", args=[user_id]),
        "submit": _("Buat kode"),
        "back_url": reverse("access:accounts"),
    }
    return _page(request, account, confirm, reasons)


@scoped(Permission.ACCOUNT_MANAGE, methods=_GET_POST)
def ask_factor_reset(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The first of two people says that somebody's phone and backup codes are lost."""
    desk = cast(DeskRequest, request)
    account = _managed(desk, user_id)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        given = AskFactorReset(reset_id=_id_in(request, "reset_id"), user_id=user_id)
        try:
            do(desk.actor, "access.ask_factor_reset", given, now=desk.now, act_id=act_id_of(request))
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            text = _("Sudah diminta. Sekarang orang kedua menyetujuinya dari akunnya sendiri, dalam 24 jam.")
            messages.success(request, text)
            return redirect("access:factor_resets")
    confirm = {
        "title": _("HP dan kode cadangan %(name)s hilang?") % {"name": account.name},
        "icon": "shield-lock",
        "effects": [
            _("Permintaan ini menunggu orang kedua: pengelola lain atau kepala desa."),
            _("Belum ada yang berubah sebelum orang kedua setuju. Setelah 24 jam permintaan gugur."),
        ],
        "hidden": {"act_id": new_id(), "reset_id": new_id()},
        "action": reverse("access:ask_factor_reset", args=[user_id]),
        "submit": _("Minta pemulihan"),
        "back_url": reverse("access:accounts"),
    }
    return _page(request, account, confirm, reasons)


@scoped(Permission.SECOND_FACTOR_RESTORE)
def factor_resets(request: HttpRequest) -> HttpResponse:
    """Who waits for a second person."""
    desk = cast(DeskRequest, request)
    return render(request, "access/factor_resets.html", {"waiting": factor_resets_waiting(desk.actor, now=desk.now)})


@scoped(Permission.SECOND_FACTOR_RESTORE, methods=_GET_POST)
def reset_factor(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """The second person, with the owner of the account in front of them."""
    desk = cast(DeskRequest, request)
    found = [row for row in factor_resets_waiting(desk.actor, now=desk.now) if row.id == reset_id]
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        given = ResetSecondFactor(reset_id=reset_id)
        try:
            do(desk.actor, "access.reset_second_factor", given, now=desk.now, act_id=act_id_of(request))
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Pengaman sudah dilepas. Pemilik akun memasang yang baru saat masuk."))
            return redirect("access:factor_resets")
    if not found and (not reasons or reasons[0].code == NotFoundOrNotYours.code):
        raise NotFoundOrNotYours
    row = found[0] if found else None
    if row and not reasons:
        reasons = tuple(_reasons_not_to_agree(desk, row))
    confirm = _agreeing(row) if row and not reasons else None
    return render(request, "access/reset_factor.html", {"row": row, "confirm": confirm, "reasons": reasons})


def _reasons_not_to_agree(desk: DeskRequest, row: WaitingReset) -> list[Reason]:
    """So that who asked, and whose account it is, read at once that it takes somebody else."""
    return rules.reasons_not_to_reset(
        is_own=row.user_id == desk.actor.id,
        is_asker=row.asked_by_id == desk.actor.id,
        is_active=True,
        is_done=False,
        asked_at=row.asked_at,
        now=desk.now,
    )


def _agreeing(row: WaitingReset) -> dict[str, Any]:
    return {
        "title": _("Lepas pengaman %(name)s?") % {"name": row.name},
        "icon": "shield-lock",
        "effects": [
            _("Aplikasi pengaman di HP lama dan semua kode cadangannya tidak berlaku lagi."),
            _("%(name)s keluar dari semua komputer dan HP.") % {"name": row.name},
            _("Saat masuk lagi dengan kata sandinya, ia memasang pengaman baru dan membaca siapa yang memulihkan."),
        ],
        "hidden": {"act_id": new_id()},
        "action": reverse("access:reset_factor", args=[row.id]),
        "submit": _("Saya melihat orangnya, setuju"),
        "back_url": reverse("access:factor_resets"),
        "stop": True,
    }


def _id_in(request: HttpRequest, field: str) -> UUID:
    """The id that the form carries for the new record; a fresh one when it was lost."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        return new_id()

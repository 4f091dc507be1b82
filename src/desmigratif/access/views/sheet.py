"""A new recovery sheet for an installation at work: for administrators, after proving again who they are."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access.door import do
from desmigratif.access.forms import SheetPartsForm
from desmigratif.access.inputs import RecoverySheet
from desmigratif.access.keys import recovery
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import manages_everything, name_of_region
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.views.parts import challenge_of, forget_challenge, keep_challenge
from desmigratif.shared.crypto import keyring
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours


@scoped(Permission.ACCOUNT_MANAGE, methods=("GET", "POST"))
@reauthentication_required
def replace(request: HttpRequest) -> HttpResponse:
    """GET explains and names the sheet in force; POST makes a new one and shows it this once."""
    desk = _of_the_installation(request)
    made = None
    if request.method == "POST":
        made = recovery.new_sheet(timezone.localdate(desk.now))
        keep_challenge(request, made)
    context = {
        "sheet": made,
        "kept": recovery.kept(settings.DATA_DIR),
        "place": name_of_region(desk.actor.home_code),
        "next_url": "access:confirm_sheet",
    }
    return render(request, "access/replace_sheet.html", context)


@scoped(Permission.ACCOUNT_MANAGE, methods=("GET", "POST"))
@reauthentication_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Two groups typed back; from then on backups are for the new sheet."""
    desk, challenge = _of_the_installation(request), challenge_of(request)
    if challenge is None:
        return redirect("access:replace_sheet")
    form = SheetPartsForm(challenge.positions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if recovery.confirm_parts(challenge, form.answers(), keyring()):
            given = RecoverySheet(recipient=challenge.recipient, made_on=challenge.made_on)
            do(desk.actor, "access.replace_sheet", given, now=desk.now, act_id=new_id())
            forget_challenge(request)
            messages.success(request, _("Lembar baru berlaku untuk cadangan berikutnya. Simpan juga lembar lama."))
            return redirect("access:mine")
        form.add_error(None, _("Belum sama dengan lembar yang terakhir dibuat. Lihat lagi lembarnya."))
    return render(request, "access/confirm_sheet.html", {"form": form, "back_url": "access:replace_sheet"})


def _of_the_installation(request: HttpRequest) -> DeskRequest:
    """One sheet opens the data of every region here, so only who manages them all may change it."""
    desk = cast(DeskRequest, request)
    if not manages_everything(desk.actor):
        raise NotFoundOrNotYours
    return desk

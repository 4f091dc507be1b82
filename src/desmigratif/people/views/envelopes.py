"""The coordinator's page of sealed notes: how many lie there, opened with the key; and how the key is made."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desmigratif.access.keys import age, recovery
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import name_of_region
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit import unit
from desmigratif.documents.acting import RecordForm, attempt
from desmigratif.people.queries.envelopes import (
    OLD_OPENED,
    OPENED,
    Opened,
    WrongPassphrase,
    identities_from,
    opened_with,
    regencies_of,
    waiting_in,
)
from desmigratif.people.rules.envelopes import FLAGS, SIGNS, Note
from desmigratif.people.views.common import as_desk
from desmigratif.regions.queries import UnknownRegion, village
from desmigratif.shared import crypto
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

log = logging.getLogger("desmigratif.people")
SHORTEST = 16  # letters of a passphrase: whoever copies the database can try as many as they like


class SecretForm(forms.Form):
    """What opens the envelopes."""

    secret = forms.CharField(
        label=lazy("Kalimat sandi, atau kode lembar kunci"),
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": lazy("Tulis kalimat sandinya.")},
    )
    again = forms.BooleanField(label=lazy("Buka juga yang sudah pernah dibuka"), required=False)


class KeyForm(RecordForm):
    """A passphrase for a new key; with what opens the present one, the new one opens its envelopes too."""

    passphrase = forms.CharField(
        label=lazy("Kalimat sandi baru"), max_length=300, min_length=SHORTEST,
        help_text=lazy("Paling sedikit 16 huruf, misalnya empat kata yang tidak berhubungan."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": lazy("Tulis kalimat sandinya."), "min_length": lazy("Kalimat sandi paling sedikit 16 huruf."),
        },
    )  # fmt: skip
    again = forms.CharField(
        label=lazy("Tulis sekali lagi"), max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": lazy("Tulis kalimat sandinya sekali lagi.")},
    )  # fmt: skip

    def __init__(self, *args: Any, has_key: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_key:
            self.fields["present"] = forms.CharField(
                label=lazy("Kalimat sandi atau kode lembar yang sekarang"), max_length=300, required=False,
                help_text=lazy("Kosongkan bila hilang: titipan yang lama tidak bisa dibuka lagi."),
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("passphrase", again):
            raise forms.ValidationError(_("Kedua tulisan belum sama."))
        return again


@scoped(Permission.PROTECTIVE_SEE, methods=("GET", "POST"))
def sealed_notes(request: HttpRequest) -> HttpResponse:
    """Counts for each regency; with the passphrase what the full new envelopes say. Each opening is an event."""
    desk = as_desk(request)
    regencies = regencies_of(desk.actor)
    form = SecretForm(request.POST or None)
    opened: Opened | None = None
    code = request.POST.get("region", "")
    if request.method == "POST" and code in regencies and form.is_valid():
        opened = _open(desk, code, form)
    shown = {
        "form": form,
        "places": [
            {"name": name_of_region(one), "waiting": waiting_in(one), "may_make": _may_make(desk, one)}
            for one in regencies
        ],
        "opened": opened,
        "opened_place": name_of_region(code) if opened else "",
        "notes": [_note(one) for one in opened.notes] if opened else [],
    }
    answer = render(request, "people/sealed_notes.html", shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_make(desk: DeskRequest, region_code: str) -> bool:
    return region_code.count(".") == 1 and desk.actor.may(Permission.PROTECTIVE_RECORD, region_code)


def _open(desk: DeskRequest, region_code: str, form: SecretForm) -> Opened | None:
    try:
        identities = identities_from(region_code, form.cleaned_data["secret"])
    except WrongPassphrase as wrong:
        _note_look(desk, "protective.notes_refused", region_code)
        form.add_error("secret", f"{wrong.reasons[0].text} {wrong.reasons[0].way_out}")
        return None
    waiting = waiting_in(region_code)
    opens_new = waiting.key is None or waiting.key.recipient in {one.recipient for one in identities}
    if not _note_look(desk, OPENED if opens_new else OLD_OPENED, region_code, envelopes=waiting.count):
        form.add_error(None, _("Pembukaan ini belum bisa dicatat, jadi titipan tetap tertutup. Coba lagi."))
        return None
    only_new = opens_new and not form.cleaned_data["again"]
    return opened_with(region_code, identities, since=waiting.opened_at if only_new else None)


def _note_look(desk: DeskRequest, event: str, region_code: str, **details: Any) -> bool:
    """An event of the regency's own chain; of whom the notes speak stands in no event."""
    by = desk.actor
    look = unit.Unit(actor_id=str(by.id), actor_role=by.role_code, home_code=by.home_code, at=desk.now, via="desk")
    try:
        with unit.unit_of_work(look):
            unit.record(event, village_code=region_code, **details)
    except DatabaseError:
        log.exception("read event %s could not be written", event)
        return False
    return True


def _note(note: Note) -> dict[str, Any]:
    try:
        place = village(note.village_code).full_name
    except (UnknownRegion, ValueError):
        place = note.village_code
    return {
        "on": date.fromisoformat(note.on),
        "place": place,
        "name": note.name,
        "resident_id": UUID(note.resident_id),
        "case_id": UUID(note.case_id),
        "signs": [SIGNS.get(code, code) for code in note.signs],
        "flags": [FLAGS.get(code, code) for code in note.flags],
        "text": note.text,
    }


@scoped(Permission.PROTECTIVE_RECORD, methods=("GET", "POST"))
def make_key(request: HttpRequest) -> HttpResponse:
    """A new key for the regency, shown once to be printed; the machine keeps it only locked."""
    desk = as_desk(request)
    region_code = _own_regency(desk)
    standing = waiting_in(region_code).key
    form = KeyForm(request.POST or None, has_key=standing is not None)
    sheet = None
    if request.method == "POST" and form.is_valid():
        sheet = _made(desk, form, region_code)
    shown = {"form": form, "place": name_of_region(region_code), "standing": standing, "sheet": sheet}
    answer = render(request, "people/make_protective_key.html", shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _own_regency(desk: DeskRequest) -> str:
    """The one regency this person coordinates. Raises `NotFoundOrNotYours`."""
    codes = [code for code in desk.actor.regions_for(Permission.PROTECTIVE_RECORD) if code.count(".") == 1]
    if not codes:
        raise NotFoundOrNotYours
    return codes[0]


def _made(desk: DeskRequest, form: KeyForm, region_code: str) -> recovery.Sheet | None:
    """The sheet of a key that was just made; None when it was refused."""
    carried: list[age.Identity] = []
    if present := form.cleaned_data.get("present"):
        try:
            carried = identities_from(region_code, present)
        except WrongPassphrase as wrong:
            form.refuse((Reason("wrong_passphrase", wrong.reasons[0].text, field="present"),))
            return None
    today = timezone.localdate(desk.now)
    sheet = recovery.new_sheet(today)
    secrets = json.dumps([sheet.secret, *(one.secret for one in carried)]).encode()
    payload = {
        "key_id": form.cleaned_data["record_id"],
        "region_code": region_code,
        "recipient": sheet.recipient,
        "secret_locked": crypto.lock(secrets, form.cleaned_data["passphrase"]),
        "on": today,
    }
    if not attempt(desk, form, "people.make_protective_key", payload):
        return None
    messages.success(desk, _("Kunci berlaku mulai sekarang. Cetak lembarnya sebelum meninggalkan halaman ini."))
    return sheet

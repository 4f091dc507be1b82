"""The door for phones, and the trial page that goes through it."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from desmigratif.access.actor import Actor
from desmigratif.access.door import REGISTRY
from desmigratif.access.permissions import Permission
from desmigratif.access.reads import opened
from desmigratif.access.requests import DeskRequest
from desmigratif.access.reviews import decisions_about
from desmigratif.access.routes import machine, public, scoped
from desmigratif.access.signin import second_factor
from desmigratif.audit.unit import Subject
from desmigratif.cases.rules.before.visits import PLACES, PURPOSES, topics_on
from desmigratif.cooperative.queries.collection.sheets import next_seal, sheet_for_phone
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.regions.queries import UnknownRegion, VillageInfo, today_in, village
from desmigratif.shared.reasons import InvalidInput, NotFoundOrNotYours, Reason
from desmigratif.sync import queries, registry
from desmigratif.sync.actions import take
from desmigratif.sync.inputs import MAX_BATCH, MAX_BODY_BYTES, AskSheet, Pull, Push

SHELL_FILES = (
    "dist/desk.css",
    "dist/desk.js",
    "dist/outbox.css",
    "dist/outbox.js",
    "dist/sheet.js",
    "dist/icons.svg",
    "desk/favicon.svg",
)

SHEET_WORDS = {
    "compulsory": _lazy("Simpanan wajib"),
    "loan": _lazy("Angsuran"),
    "asked": _lazy("ditagih"),
    "fill": _lazy("Isi"),
    "member": _lazy("anggota"),
    "sheet": _lazy("Lembar"),
    "of": _lazy("dari"),
    "taken": _lazy("dibawa"),
    "meeting": _lazy("Pertemuan"),
    "payments": _lazy("setoran"),
    "slip": _lazy("bukti nomor"),
    "not_a_sum": _lazy("Tulis jumlahnya dengan angka, misalnya 20.000."),
    "nothing": _lazy("Isi paling sedikit satu jumlah."),
    "count_first": _lazy("Hitung dulu uang tunainya, lalu tulis jumlahnya."),
    "no_day": _lazy("Pilih tanggal pertemuannya."),
    "written": _lazy("Menurut lembar"),
    "less": _lazy("uang yang dihitung kurang"),
    "more": _lazy("uang yang dihitung lebih"),
    "applied": _lazy("Uangnya sudah masuk ke kas bendahara"),
    "nothing_taken": _lazy("Tidak ada yang masuk ke kas"),
    "handed_back": _lazy("dikembalikan kepada anggota"),
    "discarded": _lazy("Tidak dimasukkan ke kas."),
    "expired": _lazy("Tidak diputuskan sampai lewat waktunya; isinya sudah dihapus. Bicarakan dengan bendahara."),
    "full": _lazy(
        "Belum tersimpan: ruang di HP ini penuh. Isian masih ada di layar. Kosongkan ruang, lalu simpan lagi."
    ),
    "sure": _lazy("Ya, uangnya sudah dikembalikan; buang lembar ini"),
}


@machine(methods=("POST",))
def push(request: DeskRequest) -> JsonResponse:
    """Take intentions. A device that knows another epoch is told so first: what it sent waits until it offered
    again, in order, all that the earlier life of this server had acknowledged."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
        return _told(413, Reason("too_large", "Kiriman ini terlalu besar. Kirim sebagian-sebagian."))
    try:
        sent = Push.read(json.loads(request.body))
    except (ValueError, RecursionError):
        return _told(400, Reason("not_json", "Kiriman ini tidak dapat dibaca."))
    except InvalidInput as refusal:
        return _told(400, *refusal.reasons)
    if sent.person not in (None, request.actor.id):
        return _another_person()
    if len(sent.actions) > MAX_BATCH:
        return _told(413, Reason("too_many", f"Paling banyak {MAX_BATCH} catatan dalam satu kiriman."))
    if _must_prove(request, sent.actions):
        return _told(
            401, Reason("second_factor", "Masuk lagi dengan pengaman kedua, lalu kirim. Catatan tetap ada di HP.")
        )
    epoch = queries.current_epoch()
    known = sent.epoch in (None, epoch)
    return JsonResponse(
        {"epoch": epoch, "receipts": take(request.actor, sent.actions, now=request.now) if known else []}
    )


@machine
def pull(request: DeskRequest) -> JsonResponse:
    """What is new in a village. Handing records out is one event in the village's memory."""
    try:
        asked = Pull.read(_numbers_in(request.GET.dict(), "after", "limit"))
    except InvalidInput as refusal:
        return _told(400, *refusal.reasons)
    if asked.person not in (None, request.actor.id):
        return _another_person()
    news = queries.news(request.actor, asked.village, after=asked.after, limit=asked.limit)
    if news.holds_records:
        opened(request.actor, "pack.pulled", village_code=asked.village, now=request.now, via="sync")
    return JsonResponse(news.as_dict())


@scoped(Permission.VISIT_RECORD)
def trial(request: DeskRequest) -> HttpResponse:
    """Log a visit with or without a signal, in one of the actor's villages (`?desa=`)."""
    here = _village_of(request.actor, request.GET.get("desa"))
    return render(
        request,
        "sync/trial.html",
        {
            "here": here,
            "places": PLACES,
            "purposes": PURPOSES,
            "topics": topics_on(today_in(here.code, request.now)),
            "words": {"places": PLACES, "purposes": PURPOSES, "sure": _("Ya, buang catatan ini")},
        },
    )


@machine(Permission.MONEY_TAKE)
def take_sheet(request: DeskRequest) -> JsonResponse:
    """One meeting's sheet for the phone of its cashier. Handing it out is one event in the village's memory, and
    without that event nothing is handed out."""
    try:
        asked = AskSheet.read(_numbers_in(request.GET.dict(), "have"))
    except InvalidInput as refusal:
        return _told(400, *refusal.reasons)
    if asked.person not in (None, request.actor.id):
        return _another_person()
    found = cooperative_of(request.actor, asked.koperasi)
    if not request.actor.may(Permission.MONEY_TAKE, found.village_code):
        raise NotFoundOrNotYours("koperasi")
    epoch = queries.current_epoch()
    told: list[dict[str, Any]] = []
    if asked.ambil != "tidak" and asked.have != next_seal(found):
        record = sheet_for_phone(found, request.GET.dict(), today_in(found.village_code, request.now))
        subjects = [Subject("cooperative", found.id)]
        if not opened(
            request.actor, "sheet.taken_along", village_code=found.village_code, subjects=subjects, now=request.now,
            via="sync", members=len(record["members"]),
        ):  # fmt: skip
            return _told(503, Reason("no_trace", "Jejaknya belum dapat ditulis. Coba lagi sebentar lagi."))
        told = [{"id": str(found.id), "model": "cooperative.sheet", "record": record}]
    decided = decisions_about(request.actor, asked.asked_about, now=request.now) if asked.tanya else []
    return JsonResponse({
        "epoch": epoch, "change_no": 0, "changes": told, "more": False, "decisions": decided,
        "safe_mark": queries.safe_mark_of(found.village_code, epoch),
    })  # fmt: skip


@scoped(Permission.MONEY_TAKE)
def sheet(request: DeskRequest) -> HttpResponse:
    """A meeting's sheet, with or without a signal. The page names nobody: what it shows lies on the phone."""
    return render(request, "sync/sheet.html", {"words": SHEET_WORDS})


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the shells of the field pages, and nothing else, on the device."""
    context = {
        "version": _shell_version(),
        "pages": [reverse("sync:trial"), reverse("sync:sheet")],
        "files": [static(name) for name in SHELL_FILES],
    }
    answer = render(
        request, "sync/sw.js", {"shell": json.dumps(context)}, content_type="text/javascript; charset=utf-8"
    )
    answer.headers["Service-Worker-Allowed"] = "/lapangan/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _numbers_in(asked: dict[str, str], *names: str) -> dict[str, Any]:
    """An address carries text only; what is no number stays text and is refused as such."""
    return {
        name: int(value) if name in names and value.isascii() and value.isdecimal() and len(value) < 19 else value
        for name, value in asked.items()
    }


def _village_of(by: Actor, wanted: str | None) -> VillageInfo:
    """One village in which this person may log visits. Raises `NotFoundOrNotYours`."""
    own = [code for code in by.regions_for(Permission.VISIT_RECORD) if code.count(".") == 3]
    code = wanted or (own[0] if own else "")
    try:
        here = village(code)
    except (UnknownRegion, ValueError):
        raise NotFoundOrNotYours("desa") from None
    if not by.may(Permission.VISIT_RECORD, code):
        raise NotFoundOrNotYours("desa")
    return here


@functools.cache
def _shell_version() -> str:
    """Changes when any file of the shell does, so that devices fetch it anew."""
    digest = hashlib.sha256()
    for name in SHELL_FILES:
        found = finders.find(name)
        digest.update(Path(found).read_bytes() if isinstance(found, str) else b"")
    return digest.hexdigest()[:16]


def _must_prove(request: DeskRequest, sent: Iterable[Any]) -> bool:
    """Whether something sent wants the second factor of this hour: money does, from a phone as at the desk."""
    names = {str(one.get("action")) for one in sent if isinstance(one, dict)} & registry.ACTIONS
    permissions = [permission for name in names if (permission := REGISTRY[name].permission)]
    return any(second_factor.is_wanted(request, [permission]) for permission in permissions)


def _another_person() -> JsonResponse:
    return _told(401, Reason("another_person", "Yang masuk sekarang orang lain. Masuklah dengan akun Anda sendiri."))


def _told(status: int, *reasons: Reason) -> JsonResponse:
    return JsonResponse({"reasons": [reason.as_dict() for reason in reasons]}, status=status)

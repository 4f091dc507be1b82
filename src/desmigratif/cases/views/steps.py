"""A case as steps: how far it is, what comes next. Reads nothing, only arranges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.cases.forms.talk import PERMISSIONS
from desmigratif.cases.models import CaseState
from desmigratif.cases.queries import CaseFile
from desmigratif.cases.rules.labels import LEVELS
from desmigratif.cases.rules.permission import CAPACITIES
from desmigratif.cases.views.common import LEVEL_STATES, goal_of
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

Next = Literal["check", "talk", "register", "letter", "done", "closed"]
CHECK_REASONS = {"offer_not_checked", "offer_stopped", "country_missing", "job_missing", "under_age"}
TALK_REASONS = {
    "no_family_talk", "permission_not_given", "permission_not_free", "own_choice_not_confirmed", "giver_not_entitled",
}  # fmt: skip
ASKED_WITH_LETTER = "hold_not_explained"  # answered in the letter's own form, so it stops nobody here
REGISTER_REASONS = {"birth_date_unknown", "marital_status_unknown"}


def next_step(file: CaseFile) -> Next:
    """The one thing to do now."""
    codes = {reason.code for reason in file.reasons}
    if file.case.state == CaseState.WITHDREW:
        return "closed"
    if file.standing_letter is not None:
        return "done"
    if codes & CHECK_REASONS:
        return "check"
    if codes & TALK_REASONS:
        return "talk"
    return "register" if codes & REGISTER_REASONS else "letter"


def reasons_to_show(file: CaseFile, *, specific: bool) -> list[Reason]:
    """What stands against the letter; who may not see specific facts is not told of pressure or dispute."""
    if file.standing_letter is not None or file.case.state == CaseState.WITHDREW:
        return []
    return against_letter(file, specific=specific)


def against_letter(file: CaseFile, *, specific: bool) -> list[Reason]:
    """The same without a look at whether a letter stands; without what is answered in the letter's own form."""
    reasons = [reason for reason in file.reasons if reason.code != ASKED_WITH_LETTER]
    if not specific:
        reasons = [_hidden(reason) if reason.code == "permission_not_free" else reason for reason in reasons]
    return [cited_once(reason) for reason in reasons]


def cited_once(reason: Reason) -> Reason:
    """A flag's sentence names its articles already; they need not stand below it again."""
    if reason.citation and all(part in reason.text for part in reason.citation.split("; ")):
        return replace(reason, citation="")
    return reason


def _hidden(reason: Reason) -> Reason:
    text = _("Izin keluarga belum bisa dipakai; tanyakan kepada petugas.")
    return Reason(reason.code, text, citation=reason.citation)


def step_groups(file: CaseFile, *, may_act: bool) -> list[dict[str, Any]]:
    """The steps before departure, the next one open with its button."""
    now = next_step(file)
    steps = [_wish(file), _check(file, now), _talk(file, now), _letter(file, now)]
    if not may_act or now == "closed":
        for step in steps:
            if "documents" not in step.get("act_kind", ""):
                step.pop("act_url", None)
    return [{"title": _("Sebelum berangkat"), "steps": steps}]


def _wish(file: CaseFile) -> dict[str, Any]:
    return {
        "title": _("Niat tercatat"),
        "state": "aman",
        "word": format_date(file.case.opened_on),
        "detail": goal_of(file.case),
    }


def _check(file: CaseFile, now: Next) -> dict[str, Any]:
    check, is_next = file.check, now == "check"
    step: dict[str, Any] = {
        "title": _("Tawaran diperiksa"),
        "open": is_next,
        "act_url": reverse("cases:check_offer", args=[file.case.id]),
    }
    if check is None:
        return step | {
            "state": "next",
            "word": _("Berikutnya"),
            "detail": _("Sekitar dua puluh pertanyaan. Yang belum tahu boleh dijawab tidak tahu."),
            "act_label": _("Periksa tawaran"),
        }
    return step | {
        "state": LEVEL_STATES[check.level],
        "word": f"{LEVELS[check.level]}, {format_date(check.on)}",
        "detail": _check_detail(file, check.level),
        "act_label": _("Periksa tawaran lain") if check.level == "stop" else _("Periksa sekali lagi"),
    }


def _check_detail(file: CaseFile, level: str) -> str:
    if any(reason.code in ("country_missing", "job_missing") for reason in file.reasons):
        return _("Negara tujuan dan pekerjaan harus diketahui sebelum surat dibuat.")
    return {
        "stop": _("Tawaran ini jangan dilanjutkan. Tawaran lain boleh diperiksa kapan saja."),
        "hold": _("Cek dulu hal yang disebut di hasilnya. Bicara dengan keluarga boleh jalan terus."),
    }.get(level, "")


def _talk(file: CaseFile, now: Next) -> dict[str, Any]:
    talk, is_next = file.talk, now == "talk"
    step: dict[str, Any] = {
        "title": _("Bicara dengan keluarga"),
        "open": is_next,
        "act_url": reverse("cases:record_family_talk", args=[file.case.id]),
        "act_label": _("Catat bicara keluarga") if talk is None else _("Catat pembicaraan baru"),
    }
    if talk is None:
        return step | {
            "state": "next" if is_next else "later",
            "word": _("Berikutnya") if is_next else "",
            "detail": _("Bertemu pemberi izin, lalu bicara berdua saja dengan calon."),
        }
    good = not {reason.code for reason in file.reasons} & TALK_REASONS
    giver = " ".join(part for part in (CAPACITIES.get(talk.giver_capacity, ""), talk.giver_name) if part)
    return step | {
        "state": "aman" if good else "cek",
        "word": f"{PERMISSIONS[talk.permission]}, {format_date(talk.on)}",
        "detail": _("Pemberi izin: %s.") % giver if giver else "",
    }


def _letter_detail(file: CaseFile) -> str:
    if file.check is not None and file.check.level == "hold":
        return _("Bisa dibuat setelah Anda menulis apa yang sudah dicek dan hasilnya.")
    return _("Semua sudah ada. Suratnya bernomor dan bisa diperiksa siapa pun.")


def _letter(file: CaseFile, now: Next) -> dict[str, Any]:
    letter = file.standing_letter
    if letter is not None:
        return {
            "title": _("Surat izin keluarga"),
            "state": "aman",
            "word": _("Terbit %s") % format_date(letter.issued_on),
            "detail": _("Nomor %s.") % letter.number,
            "open": True,
            "act_kind": "documents",
            "act_url": reverse("documents:letter", args=[letter.id]),
            "act_label": _("Buka dan cetak surat"),
        }
    step: dict[str, Any] = {"title": _("Surat izin keluarga"), "open": now in ("letter", "register")}
    if now == "register":
        return step | {
            "state": "cek",
            "word": _("Data calon belum lengkap"),
            "detail": _("Lengkapi tanggal lahir atau status perkawinan calon."),
            "act_url": reverse("people:correct_resident", args=[file.case.resident_id]),
            "act_label": _("Lengkapi data calon"),
        }
    if now == "letter":
        return step | {
            "state": "next",
            "word": _("Berikutnya"),
            "detail": _letter_detail(file),
            "act_url": reverse("cases:issue_letter", args=[file.case.id]),
            "act_label": _("Buat surat izin"),
        }
    return step | {"state": "later", "word": _("Setelah langkah di atas")}

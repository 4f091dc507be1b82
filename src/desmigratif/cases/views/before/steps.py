"""A case as steps: how far it is, what comes next. Reads nothing, only arranges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.cases.forms.before.talks import PERMISSIONS
from desmigratif.cases.models import Bundle, OfferCheck
from desmigratif.cases.queries import CaseFile
from desmigratif.cases.queries.before.steps import standings_of
from desmigratif.cases.rules.journey import Step, next_steps
from desmigratif.cases.rules.letters.permission import CAPACITIES
from desmigratif.cases.rules.offer.unknown import says_too_little
from desmigratif.cases.views.before.checklist import GROUPS, after_leaving, first_open, line_of
from desmigratif.cases.views.common import decision_words, verdict
from desmigratif.cases.views.papers.bundles import bundle_words, is_late
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

# What the page leads to: a thing of the letter, the code of a step, or nothing more to do here.
Next = str
STEP_OF = {"check": "offer_check", "talk": "intention", "register": "family_permission", "letter": "family_permission"}
CHECK_REASONS = {"offer_not_checked", "offer_stopped", "country_missing", "job_missing", "under_age"}
TALK_REASONS = {
    "no_family_talk", "permission_not_given", "permission_not_free", "own_choice_not_confirmed", "giver_not_entitled",
}  # fmt: skip
ASKED_WITH_LETTER = "hold_not_explained"  # answered in the letter's own form, so it stops nobody here
REGISTER_REASONS = {"birth_date_unknown", "marital_status_unknown"}


def next_step(file: CaseFile) -> Next:
    """The one thing to do now."""
    codes = {reason.code for reason in file.reasons}
    if file.is_over:
        return "closed"
    if file.has_left:
        return "abroad"
    if file.standing_letter is not None:
        return _after_letter(file)
    if codes & CHECK_REASONS:
        return "check"
    if codes & TALK_REASONS:
        return "talk"
    return "register" if codes & REGISTER_REASONS else "letter"


def _after_letter(file: CaseFile) -> Next:
    """With the letter, the steps lead on; a check that stopped the offer meanwhile goes before all of them."""
    standings = standings_of(file.case, file.steps, holds=True)
    step = first_open(file.journey, file.steps, next_steps(file.journey, standings))
    if step is None:
        return "done"
    return {"offer_check": "check", "intention": "talk"}.get(step.code, step.code)


def reasons_to_show(file: CaseFile, *, specific: bool) -> list[Reason]:
    """What stands against the letter; who may not see specific facts is not told of pressure or dispute."""
    if file.standing_letter is not None or file.is_over or file.has_left:
        return []
    return against_letter(file, specific=specific)


def against_letter(file: CaseFile, *, specific: bool) -> list[Reason]:
    """The same without a look at whether a letter stands; without what is answered in the letter's own form."""
    reasons = [reason for reason in file.reasons if reason.code != ASKED_WITH_LETTER]
    if not specific:
        reasons = [hidden_reason(reason) for reason in reasons]
    return [cited_once(reason) for reason in reasons]


def cited_once(reason: Reason) -> Reason:
    """A flag's sentence names its articles already; they need not stand below it again."""
    if reason.citation and all(part in reason.text for part in reason.citation.split("; ")):
        return replace(reason, citation="")
    return reason


def hidden_reason(reason: Reason) -> Reason:
    """Pressure and dispute are told to nobody who may not see specific facts."""
    if reason.code != "permission_not_free":
        return reason
    text = _("Izin keluarga belum bisa dipakai; tanyakan kepada petugas.")
    return Reason(reason.code, text, citation=reason.citation)


def step_groups(file: CaseFile, *, may_act: bool) -> list[dict[str, Any]]:
    """The whole journey, the next step open with its button."""
    now = next_step(file)
    writes = may_act and now not in ("closed", "abroad")
    groups: dict[str, list[dict[str, Any]]] = {part: [] for part in GROUPS}
    for step in file.journey.steps:
        line = _line(file, step, now, may_act=writes)
        if not writes and "documents" not in line.get("act_kind", ""):
            line.pop("act_url", None)
        groups[step.part].append(line)
    before = [{"title": GROUPS[part], "steps": lines} for part, lines in groups.items()]
    rest = after_leaving(file.journey, file.case, file.stay, may_act=may_act)
    return [_folded(group) for group in (rest if file.case.found_abroad else [*before, *rest])]


def _folded(group: dict[str, Any]) -> dict[str, Any]:
    """A part of the journey that has not begun is one line: what is to be done now stands on the first screen."""
    far = all(step["state"] == "later" and not step.get("act_url") and not step.get("open") for step in group["steps"])
    return group | {"folded": far}


def _line(file: CaseFile, step: Step, now: Next, *, may_act: bool) -> dict[str, Any]:
    """One step; those that the letter rests on say more than their row."""
    row = file.steps.get(step.code)
    is_next = STEP_OF.get(now, now) == step.code
    line = line_of(file.journey, step, row, file.today, is_next=is_next, may_act=may_act)
    if step.written in ("talk", "check", "letter"):
        more = {"talk": _talk, "check": _check, "letter": _letter}[step.written](file, now)
        return {**line, **more, "title": line["title"]}
    if row is not None and (bundle := file.bundles.get(step.code)):
        line |= _at_office(file, bundle)
    return line


def _at_office(file: CaseFile, bundle: Bundle) -> dict[str, Any]:
    """Where the papers of a step lie, while the step is not finished."""
    said = bundle_words(bundle, file.journey, file.today)
    if not said or file.steps[bundle.step].done_on is not None:
        return {}
    late = is_late(bundle, file.today)
    return {"detail": said, **({"state": "cek", "word": _("Terlambat dijawab")} if late else {})}


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
    found = verdict(check.level, check.unknown)
    return step | {
        "state": found["name"],
        "word": f"{found['label']}, {format_date(check.on)}",
        "detail": _check_detail(file, check),
        "act_label": _("Periksa tawaran lain") if check.level == "stop" else _("Periksa sekali lagi"),
    }


def _check_detail(file: CaseFile, check: OfferCheck) -> str:
    if any(reason.code in ("country_missing", "job_missing") for reason in file.reasons):
        return _("Negara tujuan dan pekerjaan harus diketahui sebelum surat dibuat.")
    if says_too_little(check.level, check.unknown):
        return _("Pertanyaan pokok belum terjawab, jadi belum bisa disebut aman.")
    return {
        "stop": _("Tawaran ini jangan dilanjutkan. Tawaran lain boleh diperiksa kapan saja."),
        "hold": _("Cek dulu hal yang disebut di hasilnya. Bicara dengan keluarga boleh jalan terus."),
    }.get(check.level, "")


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
            "open": now == "done",
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
            "detail": " ".join(part for part in (_letter_detail(file), decision_words(file.decision)) if part),
            "act_url": reverse("cases:issue_letter", args=[file.case.id]),
            "act_label": _("Buat surat izin"),
        }
    return step | {"state": "later", "word": _("Setelah langkah di atas")}

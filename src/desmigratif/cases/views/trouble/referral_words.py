"""A referral in words and rows: its badge, its clock, its history, what the body sees of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import CaseStep, Referral, ReferralState, ReferralStep, StepSide, StepState
from desmigratif.cases.queries.trouble.referrals import facts_of, history_of, of_matter
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.cases.sealing import opened_text, referral_note_place, referral_why_place
from desmigratif.shared import working_days
from desmigratif.shared.dates import format_date

MOST = 20  # referrals of one person on a page
_LOOKS = {
    ReferralState.SENT: "next", ReferralState.ACKNOWLEDGED: "next", ReferralState.ACCEPTED: "next",
    ReferralState.STANDBY: "cek", ReferralState.IN_PROCESS: "next", ReferralState.ANSWERED: "cek",
    ReferralState.CONFIRMED: "aman", ReferralState.REFUSED: "henti", ReferralState.RECALLED: "tidaktahu",
}  # fmt: skip
_STEP_ICONS = {
    "sent": "arrow-right", "acknowledged": "clipboard-check", "accepted": "check", "standby": "help-circle",
    "in_process": "hourglass", "answered": "messages", "confirmed": "circle-check", "refused": "arrow-back-up",
    "recalled": "arrow-back-up", "reminded": "phone", "escalated": "hourglass",
    "late_answer": "messages", "letter": "file-text",
}  # fmt: skip


def badge(referral: Referral, today: date) -> dict[str, str]:
    """Icon, word, colour: lateness first, else the state."""
    urgency = rules.urgency(referral.state, referral, today)
    if urgency in ("late", "escalate"):
        label = _("Terlambat dijawab") if urgency == "late" else _("Terlalu lama tidak dijawab")
        return {"name": "henti", "label": label}
    state = ReferralState(referral.state)
    if state == ReferralState.CONFIRMED and not referral.solved:
        return {"name": "cek", "label": _("Ditutup, belum tertolong")}
    return {"name": _LOOKS[state], "label": str(state.label)}


def clock_words(referral: Referral, today: date) -> str:
    """How many working days the body still has, or by how many it is late."""
    if referral.state not in rules.WITH_BODY:
        return ""
    closed = working_days.closed_days(referral.sent_on, max(referral.due_on, today))
    left = working_days.clock_of(referral.sent_on, referral.due_on, None, today, closed).left or 0
    due = format_date(referral.due_on)
    if left < 0:
        return _("terlambat %(n)s hari kerja, batas jawab %(due)s") % {"n": -left, "due": due}
    if left == 0:
        return _("batas jawab hari ini, %(due)s") % {"due": due}
    return _("tinggal %(n)s hari kerja, sampai %(due)s") % {"n": left, "due": due}


def about_words(referral: Referral) -> str:
    about = rules.abouts_on(referral.sent_on).get(referral.about)
    return about.label if about else referral.about


def whom(referral: Referral) -> str:
    """The person, or what stands in the person's place."""
    return referral.resident.shown_name if referral.resident else _("Tanpa nama")


def shared_facts(referral: Referral, *, specific: bool) -> list[dict[str, Any]]:
    """The chosen fields as they stand now; what is unknown says so. Specific ones only for the body and for whoever may
    see them in the file."""
    labels = rules.labels_on("fields", referral.sent_on)
    hidden = set() if specific else rules.specific_fields_on(referral.sent_on)
    return [
        {"label": labels.get(code, code), "value": text or None}
        for code, text in facts_of(referral).items()
        if code not in hidden
    ]


def why_of(referral: Referral) -> str:
    key = key_of(referral.subject_id)
    return opened_text(key, referral.why_sealed, place=referral_why_place(referral.id))


def task_lines(referral: Referral, today: date) -> list[dict[str, Any]]:
    """What was open when it was sent, and whether it is done by now."""
    if not referral.tasks:
        return []
    titles = {step.code: step.title for step in journey_on(today).steps}
    cases = {one["case"] for one in referral.tasks}
    rows = CaseStep.objects.in_village(_village_of(referral)).filter(case_id__in=cases)
    over = {
        (str(case), step)
        for case, step in rows.filter(state__in=[StepState.DONE, StepState.LEFT_OUT]).values_list("case_id", "step")
    }
    return [
        {"title": titles.get(one["step"], one["step"]), "done": (one["case"], one["step"]) in over}
        for one in referral.tasks
    ]


def _village_of(referral: Referral) -> str:
    return referral.resident.village_code if referral.resident else referral.village_code


def history_rows(referral: Referral, today: date, *, notes: bool) -> list[dict[str, Any]]:
    """What happened, the newest first, as lines of a timeline."""
    key = key_of(referral.subject_id) if notes else None
    words = _words_of(today)
    return [
        {
            "icon": _STEP_ICONS.get(step.what, "circle-dot"),
            "state": {"late_answer": "cek", "refused": "henti", "answered": "aman", "confirmed": "aman"}.get(step.what),
            "title": _title(step, referral, words),
            "detail": opened_text(key, step.note_sealed, place=referral_note_place(step.id)),
            "when": format_date(step.on),
            "who": _side(step, referral),
        }
        for step in history_of(referral)
    ]


def _words_of(today: date) -> Mapping[str, str]:
    return {
        **{one.code: one.label for one in rules.refusals_on(today).values()},
        **rules.labels_on("outcomes", today),
        **rules.labels_on("recalled", today),
        **rules.WAYS,
        "solved": _("sudah tertolong"),
        "not_solved": _("belum tertolong"),
    }


def _title(step: ReferralStep, referral: Referral, words: Mapping[str, str]) -> str:
    said = {
        "sent": _("Dikirim ke %s") % referral.body_name, "acknowledged": _("Diterima, masih dibaca"),
        "accepted": _("Disanggupi"), "standby": _("Menyanggupi, tetapi lembaga lain lebih dulu"),
        "in_process": _("Sedang dikerjakan"), "answered": _("Dijawab"), "confirmed": _("Ditutup pengirim"),
        "refused": _("Ditolak"), "recalled": _("Ditarik kembali"), "reminded": _("Diingatkan"),
        "escalated": _("Dibawa ke kabupaten karena lama tidak dijawab"),
        "late_answer": _("Jawaban lewat alamat yang sudah tidak berlaku"), "letter": _("Surat rujukan dibuat"),
    }.get(step.what, step.what)  # fmt: skip
    word = words.get(step.word, "")
    return f"{said}: {word[:1].lower()}{word[1:]}" if word and step.what != "late_answer" else said


def _side(step: ReferralStep, referral: Referral) -> str:
    if step.side == StepSide.VILLAGE:
        return ""
    suffix = {StepSide.LINK: _("lewat alamat jawaban"), StepSide.HAND: _("dicatat pengirim")}.get(
        StepSide(step.side), ""
    )
    return f"{referral.body_name}, {suffix}" if suffix else referral.body_name


def refused_words(referral: Referral) -> str:
    """Why, and what the sender does now."""
    why = rules.refusals_on(referral.since).get(referral.refused_because)
    return why.way_out if why else ""


def matter_url(referral: Referral) -> str:
    """Where the matter itself is open; empty where it has no page."""
    if referral.matter_kind == "case":
        return reverse("cases:case", args=[referral.matter_id])
    if referral.matter_kind == "complaint":
        return reverse("cases:complaint", args=[referral.matter_id])
    if referral.matter_kind == "return":
        return reverse("cases:back", args=[referral.matter_id])
    if referral.household_id and not referral.is_kept_by_regency:
        return reverse("people:household", args=[referral.household_id])
    return ""


def rows_of_person(by: Actor, resident_id: UUID, today: date) -> list[dict[str, Any]]:
    """Where this person was referred to, the newest first."""
    found = Referral.objects.visible_to(by).filter(resident_id=resident_id).order_by("-sent_on", "-id")
    return [_line(one, today) for one in found[:MOST]]


def rows_of_matter(by: Actor, kind: str, matter_id: UUID, today: date) -> list[dict[str, Any]]:
    """Where this matter was referred to, the newest first."""
    return [_line(one, today) for one in of_matter(by, kind, matter_id)[:MOST]]


def _line(one: Referral, today: date) -> dict[str, Any]:
    return {
        "icon": "arrow-right",
        "title": about_words(one),
        "detail": f"{one.body_name}, {clock_words(one, today) or format_date(one.since)}",
        "url": reverse("cases:referral", args=[one.id]),
        "states": [badge(one, today)],
        "waits": one.state in rules.WITH_BODY,
    }


def refer_url(kind: str, matter_id: UUID) -> str:
    """Where a matter is handed to a body."""
    return f"{reverse('cases:send_referral')}?hal={kind}:{matter_id}"

"""A bundle in words: where it lies, since when, until when an answer is due, why it came back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.cases.models import AT_OFFICE, Bundle, BundleState
from desmigratif.cases.rules.journey import Journey
from desmigratif.cases.rules.papers.offices import why_returned
from desmigratif.cases.sealing import bundle_note_place, opened_text
from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date


def office_name(journey: Journey, code: str) -> str:
    return journey.holders.get(code, code)


def is_late(bundle: Bundle, today: date) -> bool:
    return bundle.state in AT_OFFICE and bundle.due_on < today


def clock_of_bundle(bundle: Bundle, today: date) -> str:
    """How many working days the office still has, or by how many it is late."""
    if bundle.state not in AT_OFFICE:
        return ""
    closed = working_days.closed_days(bundle.sent_on, max(bundle.due_on, today))
    left = working_days.clock_of(bundle.sent_on, bundle.due_on, None, today, closed).left or 0
    due = format_date(bundle.due_on)
    if left < 0:
        return _("terlambat %(n)s hari kerja, batas jawab %(due)s") % {"n": -left, "due": due}
    if left == 0:
        return _("batas jawab hari ini, %(due)s") % {"due": due}
    return _("tinggal %(n)s hari kerja, sampai %(due)s") % {"n": left, "due": due}


def bundle_state(bundle: Bundle, today: date) -> dict[str, str]:
    """A badge: icon, word, colour."""
    if is_late(bundle, today):
        return {"name": "henti", "label": _("Terlambat dijawab")}
    name = {
        BundleState.SENT: "next", BundleState.ACCEPTED: "next", BundleState.RETURNED: "cek",
        BundleState.ANSWERED: "aman", BundleState.RECALLED: "tidaktahu",
    }[BundleState(bundle.state)]  # fmt: skip
    return {"name": name, "label": str(BundleState(bundle.state).label)}


def bundle_words(bundle: Bundle, journey: Journey, today: date) -> str:
    """One sentence for the checklist of the village."""
    words = {
        "office": office_name(journey, bundle.office), "sent": format_date(bundle.sent_on),
        "clock": clock_of_bundle(bundle, today), "round": bundle.round,
    }  # fmt: skip
    if bundle.state == BundleState.SENT:
        return _("Berkas dikirim ke %(office)s %(sent)s, belum diterima; %(clock)s.") % words
    if bundle.state == BundleState.ACCEPTED:
        day = format_date(bundle.accepted_on) if bundle.accepted_on else ""
        return _("%(office)s menerima berkas %(day)s; %(clock)s.") % {**words, "day": day}
    if bundle.state == BundleState.RETURNED:
        return f"{returned_words(bundle, words['office'])} {_way_out(bundle)}".strip()
    return ""


def returned_words(bundle: Bundle, office: Any) -> str:
    """Who sent it back, when, why, and which papers."""
    day = format_date(bundle.returned_on) if bundle.returned_on else ""
    said = _("%(office)s mengembalikan berkas %(day)s") % {"office": office, "day": day}
    why = why_returned(bundle.returned_because, bundle.returned_on or bundle.sent_on)
    if why is not None:
        said += f": {why.label[:1].lower()}{why.label[1:]}"
    if bundle.returned_papers:
        said += f" ({', '.join(paper_names(bundle.returned_papers, bundle.sent_on))})"
    return f"{said}."


def note_of(bundle: Bundle | None) -> str:
    """What the office wrote to the village, when it can still be opened."""
    if bundle is None or bundle.note_sealed is None:
        return ""
    return opened_text(key_of(bundle.case.resident_id), bundle.note_sealed, place=bundle_note_place(bundle.id))


def _way_out(bundle: Bundle) -> str:
    why = why_returned(bundle.returned_because, bundle.returned_on or bundle.sent_on)
    return why.way_out if why else ""


def paper_names(codes: Collection[str], day: date) -> list[str]:
    """The papers by name, in the order of the regulations."""
    names = {row["code"]: row["document"] for row in value_on("required_papers.papers", day)}
    listed = [name for code, name in names.items() if code in codes]
    return listed + [code for code in codes if code not in names]

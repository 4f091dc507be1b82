"""What happened to a complaint, its referrals among it: each with the body's name, the oldest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.cases.actions.trouble.complaint_states import TIED
from desmigratif.cases.actions.trouble.raising import RAISED
from desmigratif.cases.complaint_sealing import whys_of
from desmigratif.cases.models import Complaint, ComplaintMove, ComplaintState, MatterKind, ReferralStep
from desmigratif.cases.queries.trouble.referrals import steps_of_matter
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.regions.rules import utc_offset_of
from desmigratif.shared.dates import format_moment


def history_of_complaint(by: Actor, row: Complaint) -> list[dict[str, Any]]:
    """Its own moves with why, and what was said between this office and each body. For a look that left its trace."""
    moves = list(row.moves.in_village(row.village_code).order_by("at", "id"))
    whys = whys_of(row, moves)
    said = [
        (step.at, words, "") for step in steps_of_matter(by, MatterKind.COMPLAINT, row.id) if (words := _said(step))
    ]
    told = {at for at, _words, _why in said}
    mine = [(move.at, _move_words(move), whys[move.id]) for move in moves if not _is_told(move, told)]
    offset = utc_offset_of(row.village_code)
    lines = sorted([*mine, *said], key=lambda line: line[0])
    return [{"label": words, "at": format_moment(at, offset), "why": why} for at, words, why in lines]


def _is_told(move: ComplaintMove, told: set[datetime]) -> bool:
    """Whether a line of a referral says the same with the body's name: both were written by one act."""
    return move.act.startswith("referral.") and move.at in told


def _move_words(move: ComplaintMove) -> str:
    if move.act == RAISED:
        return _("Dibawa ke kabupaten karena lewat batas")
    if move.act == TIED:
        return _("Disambungkan ke warga terdata")
    return str(ComplaintState(move.to_state).label)


def _said(step: ReferralStep) -> str:
    words = {
        rules.SENT: _("Dirujuk ke %s"), rules.ACCEPTED: _("Disanggupi %s"), rules.IN_PROCESS: _("Dikerjakan %s"),
        rules.ANSWERED: _("Dijawab %s"), rules.REFUSED: _("Ditolak %s"),
        rules.RECALLED: _("Rujukan ditarik kembali dari %s"),
    }.get(step.what)  # fmt: skip
    return words % step.referral.body_name if words else ""

"""What may leave the books though it was not paid: a loan that is lost by the dated bands, or for a named ground."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desmigratif.cooperative.rules.loans.collectibility import CLASS_LABELS, Class
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason

RULE = "cooperative_collectibility.write_off"
ARREARS = "arrears"


def grounds_on(on: date) -> Mapping[str, str]:
    """Why something may be written off on a day, by code, as a screen says it."""
    found: Mapping[str, str] = dated_on(RULE, on).value["grounds"]
    return found


def reasons_not_to_write_off(ground: str, grade: Class, on: date) -> list[Reason]:
    """Why it may not leave the books for this ground; an empty list means it may."""
    rule = dated_on(RULE, on)
    if ground not in rule.value["grounds"]:
        return [Reason("ground_unknown", "Pilih salah satu alasannya.", field="ground", citation=rule.citation)]
    if ground != ARREARS or grade in rule.value["classes"]:
        return []
    text = f"Tunggakannya masih tergolong {CLASS_LABELS[grade].lower()}, belum macet, jadi belum dapat dihapus buku."
    way_out = "Bila keluarga sedang kesulitan, buat jadwal ulang. Bila ada kematian atau bencana, pilih alasan itu."
    return [Reason("not_lost_yet", text, field="ground", citation=rule.citation, way_out=way_out)]


def reasons_not_to_agree(*, is_proposer: bool, decides: bool, what: str = "Hapus buku") -> list[Reason]:
    """Why this person may not say yes to a proposal: two persons take part, and the second is of the board."""
    if is_proposer:
        text = "Yang mengusulkan dan yang menyetujui harus dua orang."
        return [Reason("same_person", text, field="answer", way_out="Minta pengurus lain memutuskan.")]
    if not decides:
        return [Reason("not_board", f"{what} disetujui pengurus.", field="answer")]
    return []

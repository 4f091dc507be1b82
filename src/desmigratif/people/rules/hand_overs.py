"""One pillar hands a family over to another: which kinds there are, and what stands against one. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

SERVICE_CENTRE, ENTERPRISE, PARENTING, COOPERATIVE = "service_centre", "enterprise", "parenting", "cooperative"
PILLARS = {
    SERVICE_CENTRE: "Pusat layanan migrasi",
    ENTERPRISE: "Usaha produktif",
    PARENTING: "Rumah belajar",
    COOPERATIVE: "Koperasi",
}

IN_PROCESS, CLOSED = "in_process", "closed"
GOES_ON = {IN_PROCESS: "Sedang dikerjakan", CLOSED: "Selesai"}
FOLLOWED = (SERVICE_CENTRE,)  # pillars of which the sender hears how it went on, and no more than that


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hand-over of `regulations/hand_overs.yaml`: from which pillar to which, its title and its why."""

    code: str
    from_pillar: str
    to_pillar: str
    title: str
    why: str

    def why_for(self, name: str) -> str:
        return self.why.format(name=name)


def kinds_on(day: date) -> Mapping[str, Kind]:
    """The kinds that hold on a day, in the order of the file."""
    return {
        code: Kind(code, said["from"], said["to"], said["title"], said["why"])
        for code, said in value_on("hand_overs.kinds", day).items()
    }


def declines_on(day: date) -> Mapping[str, str]:
    """Why a pillar may decline: code -> label."""
    declines: Mapping[str, str] = value_on("hand_overs.declines", day)
    return declines


def standing_of(*, taken: bool | None, went_on: str) -> str:
    """Where it stands, in the words of whoever handed it over; never what is the matter."""
    if taken is None:
        return "Menunggu"
    return GOES_ON.get(went_on, "Diterima") if taken else "Ditolak"


def reasons_not_to_go_on(*, taken: bool | None, went_on: str) -> list[Reason]:
    """Why nothing more can be said of how it went on."""
    if not taken:
        return [Reason("not_taken", "Serahan ini belum diterima.", way_out="Terima dulu serahannya.")]
    return [Reason("closed_before", "Serahan ini sudah ditandai selesai.")] if went_on == CLOSED else []


def reasons_not_to_hand_over(kind: str, *, on: date, waiting: bool) -> list[Reason]:
    """Why this cannot be handed over; empty means it can. `waiting`: the same one waits already."""
    if kind not in kinds_on(on):
        return [Reason("unknown_kind", "Pilih salah satu serahan yang tersedia.", field="kind")]
    if waiting:
        return [Reason("already_handed_over", "Keluarga ini sudah diserahkan untuk hal yang sama dan masih menunggu.")]
    return []


def reasons_not_to_answer(
    *, handed_on: date, answered_on: date | None, declined_because: str, on: date
) -> list[Reason]:
    """Why this answer cannot be recorded; empty means it can. `declined_because` is empty for a yes."""
    reasons = []
    if answered_on is not None:
        reasons.append(Reason("already_answered", "Serahan ini sudah dijawab."))
    if on < handed_on:
        text = "Tanggal jawaban tidak boleh sebelum tanggal serahan."
        reasons.append(Reason("before_hand_over", text, field="on"))
    if declined_because and declined_because not in declines_on(on):
        reasons.append(Reason("unknown_reason", "Pilih salah satu alasan yang tersedia.", field="because"))
    return reasons

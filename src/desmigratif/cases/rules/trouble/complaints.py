"""Complaints: what kinds there are, who may see them, their clocks, and what may follow what. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from desmigratif.shared import working_days
from desmigratif.shared.dated import Dated, NoValueOnDate, dated_on, value_on
from desmigratif.shared.dates import local_day
from desmigratif.shared.reasons import Reason

VILLAGE, REGENCY, PROTECTIVE = "village", "regency", "protective"
_STRICTNESS = (VILLAGE, REGENCY, PROTECTIVE)
CLOSED_WITHIN_DAYS = 90  # of indicator B3
OPENING_HOUR = 8  # what came on an earlier day counts from when the offices opened that day


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the taxonomy; `tier` is who may see it at least."""

    code: str
    group: str
    label: str
    stage: str
    tier: str
    bodies: tuple[str, ...]
    emergency: bool = False
    signal: str = ""


def kinds_on(day: date) -> dict[str, Kind]:
    """The taxonomy of a day, by code."""
    rows = value_on("complaints.kinds", day)
    return {code: Kind(code, **{**row, "bodies": tuple(row["bodies"])}) for code, row in rows.items()}


def groups_on(day: date) -> dict[str, str]:
    return dict(value_on("complaints.groups", day))


def clocks_on(day: date) -> Mapping[str, int]:
    """How many hours each clock runs."""
    return dict(value_on("complaints.clocks", day))


def tier_for(kind: Kind | None, *, wanted: str = VILLAGE, about_officer: bool = False) -> str:
    """Who may see it: the strictest of what the kind needs, what the reporter wants, and whom it is about."""
    asked = [wanted, kind.tier if kind else VILLAGE, REGENCY if about_officer else VILLAGE]
    return max(asked, key=_STRICTNESS.index)


def stricter(one: str, other: str) -> str:
    return max(one, other, key=_STRICTNESS.index)


def kept_under(code: str, tier: str) -> str:
    """Under whose code a complaint is kept: what the village must not see is not the village's at all."""
    return code if tier == VILLAGE else ".".join(code.split(".")[:2])


def received_at(on: date, today: date, now: datetime, utc_offset: int) -> datetime:
    """The moment from which the clock runs: now, or the opening of the office on the day when it came."""
    if on == today:
        return now
    zone = timezone(timedelta(hours=utc_offset))
    return datetime(on.year, on.month, on.day, OPENING_HOUR, tzinfo=zone)


def triage_due(start: datetime, *, emergency: bool, utc_offset: int) -> datetime:
    """Until when somebody must have looked at a complaint that came in at that moment."""
    return _due(start, "triage_hours", emergency=emergency, utc_offset=utc_offset)


def verify_due(start: datetime, *, emergency: bool, utc_offset: int) -> datetime:
    """Until when it must have been verified, counted from triage."""
    return _due(start, "verify_hours", emergency=emergency, utc_offset=utc_offset)


def raised_from(due: datetime, *, emergency: bool, utc_offset: int) -> datetime:
    """From when a clock that ran out in a village is the regency's matter too."""
    return _due(due, "raise_hours", emergency=emergency, utc_offset=utc_offset)


def _due(start: datetime, clock: str, *, emergency: bool, utc_offset: int) -> datetime:
    hours = clocks_on(local_day(start, utc_offset))
    if emergency:
        return start + timedelta(hours=hours[f"emergency_{clock}"])
    return after_open_hours(start, hours[clock], utc_offset)


def after_open_hours(start: datetime, hours: int, utc_offset: int) -> datetime:
    """The moment when so many hours are full, without those of days on which offices are closed there."""
    here = start.astimezone(timezone(timedelta(hours=utc_offset)))
    closed = working_days.closed_days(here.date(), here.date())
    left = timedelta(hours=hours)
    while True:
        midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        if working_days.is_working(here.date(), closed):
            if left <= midnight - here:
                return (here + left).astimezone(start.tzinfo)
            left -= midnight - here
        here = midnight


def in_time(done_at: datetime, due_at: datetime) -> bool:
    """The last moment still counts."""
    return done_at <= due_at


def benefits_on(day: date) -> dict[str, dict[str, str]]:
    """What social security pays, by code: {label, proof}; nothing before the regulation."""
    try:
        return dict(value_on("complaints.benefits", day))
    except NoValueOnDate:
        return {}


def claim_law(today: date) -> Dated:
    """For how many years a benefit may be claimed, with its article."""
    return dated_on("complaints.claim_years", today)


def last_claim_day(event_on: date, today: date) -> date:
    """Until when a benefit may be claimed; who was hurt on 29 February has until 1 March."""
    year = event_on.year + int(claim_law(today).value)
    try:
        return event_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def reasons_not_to_take_in(
    *,
    on: date,
    today: date,
    kind: str | None,
    kinds: Mapping[str, Kind],
    benefit: str | None,
    benefit_on: date | None,
    benefits: Mapping[str, Mapping[str, str]],
) -> list[Reason]:
    """What cannot be in a complaint; unknown always can."""
    reasons = []
    if on > today:
        reasons.append(Reason("date_in_future", "Tanggal tidak boleh sesudah hari ini.", field="on"))
    if kind is not None and kind not in kinds:
        reasons.append(Reason("unknown_kind", "Pilih jenis masalahnya dari daftar, atau Tidak tahu.", field="kind"))
    if benefit is not None and benefit not in benefits:
        reasons.append(Reason("unknown_benefit", "Pilih manfaatnya dari daftar.", field="benefit"))
    if benefit_on is not None and benefit_on > today:
        text = "Tanggal kejadiannya tidak boleh sesudah hari ini."
        reasons.append(Reason("event_in_future", text, field="benefit_on"))
    return reasons


def status_words_on(day: date) -> dict[str, str]:
    """What whoever has the code is told of each state, and nothing of what it is about."""
    return dict(value_on("complaints.status_words", day))


def outcomes_on(day: date) -> dict[str, str]:
    """What can come out of a complaint, by code."""
    return dict(value_on("complaints.outcomes", day))


def reasons_not_to_resolve(*, waiting_at: Sequence[str], despite: str) -> list[Reason]:
    """Why an outcome waits: a body still has it. Whoever knows better says why, and the history keeps that."""
    if not waiting_at or despite:
        return []
    text = f"Rujukan ke {', '.join(waiting_at)} belum dijawab."
    way_out = "Tunggu jawabannya, atau tulis mengapa hasilnya sudah pasti sekarang."
    return [Reason("still_referred", text, field="despite", way_out=way_out)]


def reasons_not_to_tie(*, tied: bool, elsewhere: bool, begun: bool) -> list[Reason]:
    """Why a complaint cannot be tied to somebody of the register."""
    if tied:
        text = "Pengaduan ini sudah tersambung ke warga."
        return [Reason("tied_already", text, way_out="Buka lagi pengaduannya.")]
    if elsewhere and begun:
        text = "Warga ini terdata di desa lain, dan pengaduannya sudah mulai ditangani di sini."
        way_out = "Tulis nama dan desanya di pemeriksaan, lalu rujuk ke kantor yang berwenang."
        return [Reason("elsewhere", text, field="resident_id", way_out=way_out)]
    return []


def next_states(state: str, day: date) -> tuple[str, ...]:
    return tuple(value_on("complaints.flow", day)[state])


def reasons_not_to_move(state: str, to: str, day: date) -> list[Reason]:
    """Why a complaint may not go from one state to another; empty means it may."""
    if to in next_states(state, day):
        return []
    return [
        Reason(
            "not_the_next_state",
            "Langkah ini belum bisa, atau sudah lewat, untuk pengaduan ini.",
            way_out="Buka lagi pengaduannya dan lihat langkah berikutnya.",
        )
    ]

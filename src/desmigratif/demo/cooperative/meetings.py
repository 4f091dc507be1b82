"""The demo cooperative's first meeting of members: who came, what they decided, whom they chose."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.affairs import CooperativeAffairs

CAME, FAR = 26, 3
CHOSEN = (("chair", 1), ("secretary", 2), ("treasurer", 3), ("head_supervisor", 4), ("supervisor", 5))
MATTERS = ("Pemilihan pengurus dan pengawas", "Besar simpanan wajib", "Kas dibuka juga hari Sabtu")


def tell_meetings(affairs: CooperativeAffairs) -> None:
    """An extraordinary meeting two weeks ago, and an invitation to another."""
    on = affairs.today - timedelta(days=14)
    meeting = _call(affairs, MATTERS, invited=on - timedelta(days=9), on=on)
    seats = [
        {"member_id": saver.id, "way": "online" if number < FAR else "in_person"}
        for number, saver in enumerate(affairs.savers[:CAME])
    ]
    affairs.act(affairs.board, "record_attendance", on, meeting_id=meeting, seats=seats)
    affairs.act(affairs.board, "open_meeting", on, meeting_id=meeting)
    _decide(affairs, meeting, "Simpanan wajib tetap Rp20.000 sebulan.", is_unanimous=True)
    votes = {"is_unanimous": False, "votes_for": 11, "votes_against": 13, "abstained": 2}
    _decide(affairs, meeting, "Kas dibuka juga hari Sabtu.", **votes)
    until = on.replace(year=on.year + 3, day=min(on.day, 28))
    for office, number in CHOSEN:
        term = {"term_id": new_id(), "number": number, "office": office, "since": on, "until": until}
        affairs.act(affairs.board, "elect", on, meeting_id=meeting, **term)
    notes = "Anggota meminta daftar harga pupuk dipasang di papan.\n\nRapat ditutup pukul 11.30."
    ended = {"led_by": "Sri Wahyuni", "written_by": "Teguh Santoso", "notes": notes}
    affairs.act(affairs.board, "close_meeting", on, meeting_id=meeting, **ended)
    coming = ("Rencana kerja tahun depan", "Tempat usaha bersama")
    _call(affairs, coming, invited=affairs.today, on=affairs.today + timedelta(days=12))


def _call(affairs: CooperativeAffairs, matters: tuple[str, ...], *, invited: date, on: date) -> UUID:
    id = new_id()
    place = {"at": "09.00", "place": "Balai desa Kuripan", "proxies_each": 1}
    affairs.act(
        affairs.board, "call_meeting", invited, meeting_id=id, kind="extraordinary", invited_on=invited, on=on,
        matters=list(matters), **place,
    )  # fmt: skip
    return id


def _decide(affairs: CooperativeAffairs, meeting: UUID, text: str, **vote: Any) -> None:
    on = affairs.today - timedelta(days=14)
    said = {"decision_id": new_id(), "meeting_id": meeting, "kind": "other", "text": text}
    affairs.act(affairs.board, "decide", on, **said, **vote)

"""What the pages about somebody abroad say, in words. Reads nothing, only arranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from desmigratif.cases.models import ABROAD, Case, CaseState, ChangeKind, Complaint, ContactFrom, ReportedHow, Stay
from desmigratif.cases.queries.abroad.stays import StayFile
from desmigratif.cases.rules.abroad.contact import days_silent, is_overdue
from desmigratif.cases.rules.abroad.contracts import is_covered
from desmigratif.cases.sealing import change_place, contact_place, opened_json
from desmigratif.people.rules.calls import WEEKDAYS, Call
from desmigratif.placement.queries import bodies_for
from desmigratif.regions.queries import village
from desmigratif.regulations.countries import country_name
from desmigratif.regulations.time_zones import place_of_zone
from desmigratif.shared.dated import NoValueOnDate, value_on
from desmigratif.shared.dates import ZONE_NAMES, format_clock, format_date, format_moment, local_day
from desmigratif.shared.rupiah import format_rupiah


def standing_of(case: Case, stay: Stay | None, now: datetime) -> tuple[str, str]:
    """State and word: silent for longer than agreed, lost, in trouble, or as agreed."""
    if case.state not in ABROAD:
        return "tidaktahu", str(CaseState(case.state).label)
    if case.state in (CaseState.LOST_CONTACT, CaseState.PROBLEM):
        return "henti", str(CaseState(case.state).label)
    if stay is not None and stay.heard_at is not None and is_overdue(stay.due_at, now):
        return "henti", _("%(n)s hari tanpa kabar") % {"n": days_silent(stay.heard_at, now)}
    if case.agreed_contact_days is None:
        return "cek", _("Belum sepakat kapan memberi kabar")
    return "aman", _("Kabar sesuai kesepakatan")


def agreement_words(case: Case, stay: Stay | None, now: datetime) -> str:
    """Tiap 7 hari; paling lambat 24 November 2026, 09.30 WIB."""
    if case.agreed_contact_days is None:
        return _("Belum disepakati tiap berapa hari memberi kabar.")
    words: dict[str, Any] = {"n": case.agreed_contact_days}
    if stay is None or stay.due_at is None:
        return _("Memberi kabar tiap %(n)s hari.") % words
    words["due"] = until_words(stay.due_at, village(case.village_code).utc_offset)
    return _("Memberi kabar tiap %(n)s hari; ditunggu sampai %(due)s.") % words


def until_words(moment: datetime, offset: int) -> str:
    """A moment that is the end of a day is called so: nobody waits until nought o'clock."""
    if format_clock(moment, offset) == "00.00":
        return _("akhir hari %s") % format_date(local_day(moment - timedelta(minutes=1), offset))
    return format_moment(moment, offset)


def heard_words(moment: datetime, offset: int) -> str:
    """The day on which somebody was heard of; of a day without an hour that day."""
    whole_day = format_clock(moment, offset) == "00.00"
    return format_date(local_day(moment - timedelta(minutes=int(whole_day)), offset))


def call_rows(calls: Iterable[Call], zone: str) -> list[dict[str, str]]:
    """Each agreed call, as the clock stands here and there."""
    rows = []
    for call in calls:
        offset = int((call.here.utcoffset() or call.here - call.here).total_seconds() // 3600)
        here = f"{WEEKDAYS[call.here.weekday()]}, {format_date(call.here.date())}"
        there = _("%(day)s %(at)s waktu %(place)s") % {
            "day": WEEKDAYS[call.there.weekday()], "at": f"{call.there:%H.%M}", "place": place_of_zone(zone),
        }  # fmt: skip
        rows.append({"title": f"{here}, {call.here:%H.%M} {ZONE_NAMES.get(offset, '')}".rstrip(), "detail": there})
    return rows


def facts_of(file: StayFile, *, for_family: bool = False) -> list[dict[str, str | None]]:
    """With whom and where, whom to tell, contract and cover."""
    stay, said = file.stay, file.said
    kin = stay.kin.shown_name if stay is not None and stay.kin is not None else said.get("kin_name")
    phone = said.get("kin_phone")
    facts = [
        (_("Negara"), country_name(file.case.country) if file.case.country else None),
        (_("Berangkat"), format_date(file.case.departed_on) if file.case.departed_on else None),
        (_("Pemberi kerja"), said.get("employer")),
        (_("Alamat kerja"), said.get("address")),
        (_("Nomor HP di sana"), said.get("phone")),
        (_("Kontrak sampai"), format_date(stay.contract_until) if stay and stay.contract_until else None),
        (_("Jaminan sosial"), _cover(file)),
        (_("Lapor diri"), _reported(stay)),
    ]
    if said.get("caregiver_name"):
        facts.insert(5, (_("Yang mengasuh anak"), _caregiver(said)))
    if not for_family:
        facts.insert(5, (_("Yang dihubungi di rumah"), f"{kin}, {phone}" if kin and phone else kin))
    return [{"label": label, "value": value} for label, value in facts]


def _caregiver(said: Mapping[str, str]) -> str:
    name, relation = said["caregiver_name"], said.get("caregiver_relation")
    return f"{name} ({relation})" if relation else name


def _cover(file: StayFile) -> str | None:
    stay = file.stay
    if stay is None or stay.cover_until is None:
        return None
    day = format_date(stay.cover_until)
    if is_covered(stay.contract_until, stay.cover_until, file.today):
        return _("Sampai %s") % day
    return _("Hanya sampai %s; perpanjang dulu") % day


def _reported(stay: Stay | None) -> str | None:
    if stay is None or stay.reported_on is None:
        return None
    how = str(ReportedHow(stay.reported_how).label)
    return f"{format_date(stay.reported_on)}, {how[:1].lower()}{how[1:]}"


def contact_rows(file: StayFile) -> list[dict[str, Any]]:
    """What was heard and tried, the newest first; what was said only for those who may see it."""
    offset = village(file.case.village_code).utc_offset
    words = {"passport_taken": _("paspornya diambil"), "ransom_asked": _("diminta tebusan")}
    rows = []
    for row in file.contacts:
        said = opened_json(file.key, row.said_sealed, place=contact_place(row.id))
        rows.append(
            {
                "title": str(ContactFrom(row.source).label),
                "when": format_moment(row.at, offset),
                "note": said.get("note", ""),
                "signs": [word for name, word in words.items() if said.get(name)],
                "was_heard": row.source != ContactFrom.NOBODY,
                "on": row.on,
            }
        )
    return rows


def unanswered_signs(contacts: Iterable[Mapping[str, Any]], complaints: Iterable[Complaint]) -> list[str]:
    """Signs of danger that were heard of and that nobody complained of since; empty when there are none."""
    answered = max((one.received_on for one in complaints), default=date.min)
    signs = [word for row in contacts if row["on"] > answered for word in row["signs"]]
    return list(dict.fromkeys(signs))


def change_rows(file: StayFile) -> list[dict[str, Any]]:
    """How the contract changed; the premium and whether it is paid only for those who may see money."""
    rows = []
    for row in file.changes:
        said = opened_json(file.key, row.said_sealed, place=change_place(row.id))
        money = ""
        if file.key is not None and row.premium_rupiah:
            paid = {True: _("sudah dibayar"), False: _("belum dibayar"), None: _("belum diketahui dibayar atau belum")}
            words = {"sum": format_rupiah(row.premium_rupiah), "n": row.months, "paid": paid[row.paid]}
            money = _("Iuran jaminan %(n)s bulan %(sum)s, %(paid)s.") % words
        until = _("sampai %s") % format_date(row.until) if row.until else ""
        rows.append({
            "title": ", ".join(part for part in (str(ChangeKind(row.kind).label), until) if part),
            "when": format_date(row.on), "money": money, "note": said.get("note", ""),
        })  # fmt: skip
    return rows


def note_rows(file: StayFile) -> list[dict[str, Any]]:
    """What the family told of the money sent home."""
    try:
        bands, uses = value_on("abroad.remittance_bands", file.today), value_on("abroad.remittance_uses", file.today)
    except NoValueOnDate:
        return []
    return [
        {
            "title": bands.get(row.band, row.band),
            "detail": ", ".join(label.lower() for code, label in uses.items() if code in row.uses),
            "when": format_date(row.on),
        }
        for row in file.notes
    ]


def mission_of(case: Case, today: date) -> dict[str, str]:
    """Which office stands for Indonesia there; with address and number where the list of bodies has them."""
    there = (body for body in bodies_for(case.village_code, today) if case.country and body.country == case.country)
    if (body := next(there, None)) is not None:
        return {"name": body.name, "address": body.address, "contact": body.contact}
    try:
        known = value_on("country_cards.missions", today)
    except NoValueOnDate:
        return {}
    return {"name": str(known.get(case.country) or known["other"])}

"""Referrals of a made-up village: at a body that answers by its desk, at one that has none, refused, and late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from desmigratif.cases.models import ABROAD, Case, Referral
from desmigratif.demo.centre.stories import Teller
from desmigratif.people.models import Resident
from desmigratif.placement.queries import bodies_for
from desmigratif.shared.ids import new_id

REGENCIES = (("33.07", "Wonosobo"), ("32.12", "Indramayu"), ("53.01", "Kupang"))
PROVINCES = (("33", "Jawa Tengah"), ("32", "Jawa Barat"), ("53", "Nusa Tenggara Timur"))
OF_REGENCY = (
    ("manpower_office", "Disnaker"), ("civil_registry", "Dukcapil"), ("police", "Polres"), ("health", "RSUD"),
    ("social_service", "Dinas Sosial"), ("women_and_children", "UPTD PPA"),
)  # fmt: skip


def directory() -> list[dict[str, Any]]:
    """Bodies whose names say that they are examples."""
    rows: list[dict[str, Any]] = [
        {"kind": kind, "region_code": code, "name": f"{label} Contoh {place}", "contact": "0000 000 200"}
        for code, place in REGENCIES
        for kind, label in OF_REGENCY
    ]
    rows += [
        {"kind": "protection_office", "region_code": code, "name": f"BP3MI Contoh {place}"} for code, place in PROVINCES
    ]
    return [
        *rows,
        {"kind": "mission", "region_code": "ID", "name": "KBRI Contoh Kuala Lumpur", "country": "MYS"},
        {"kind": "legal_aid", "region_code": "ID", "name": "Lembaga Bantuan Hukum Contoh"},
    ]


def tell_referrals(teller: Teller) -> None:
    """After the stories: two plans, somebody abroad, and a child."""
    cases = list(Case.objects.in_village(teller.plan.code).exclude(state__in=ABROAD).order_by("opened_on", "id")[:2])
    abroad = Case.objects.in_village(teller.plan.code).filter(state__in=ABROAD).order_by("opened_on", "id").first()
    child = Resident.objects.in_village(teller.plan.code).filter(life_status="alive").order_by("-birth_date", "id")
    if len(cases) == 2:
        _send(teller, 10, "case", cases[0].id, "manpower_office", "recruitment", "Mohon diperiksa biaya perusahaannya.")
        _send(teller, 11, "case", cases[1].id, "civil_registry", "papers", "Tanggal lahir di akta berbeda dengan KTP.")
    if abroad is not None:
        _send(teller, 16, "case", abroad.id, "protection_office", "work_trouble", "Upah tiga bulan belum dibayar.")
        heard = _send(teller, 15, "case", abroad.id, "mission", "work_trouble", "Mohon majikannya dihubungi.")
        _hear(teller, heard, 12, reply="refused", because="facts_missing", note="Alamat majikan belum ada.")
    if (one := child.first()) is not None:
        heard = _send(teller, 9, "resident", one.id, "health", "health_care", "Mohon diperiksa gizinya.", "guardian")
        _hear(teller, heard, 6, reply="answered", outcome="helped", note="Sudah diperiksa, kontrol sebulan lagi.")


def _send(
    teller: Teller, days_ago: int, kind: str, matter_id: UUID, body: str, about: str, why: str, basis: str = "consent"
) -> UUID:
    on, referral_id = _day(teller, days_ago), new_id()
    found = next(one for one in bodies_for(teller.plan.code, on) if one.kind == body)
    teller.act(
        "cases.send_referral", on, teller.moment(on, 11), referral_id=str(referral_id), link_id=str(new_id()),
        matter_kind=kind, matter_id=str(matter_id), body_id=str(found.id), about=about, why=why, basis=basis,
        fields=["name", "birth_date", "sex"],
    )  # fmt: skip
    return referral_id


def _hear(teller: Teller, referral_id: UUID, days_ago: int, **said: Any) -> None:
    on = _day(teller, days_ago)
    seen = Referral.objects.in_village(teller.plan.code).get(id=referral_id).version
    teller.act(
        "cases.record_referral_answer", on, teller.moment(on, 10), referral_id=str(referral_id), seen=seen, **said
    )  # fmt: skip


def _day(teller: Teller, days_ago: int) -> date:
    return teller.today - timedelta(days=days_ago)

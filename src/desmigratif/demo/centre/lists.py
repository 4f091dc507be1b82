"""Made-up national lists: companies whose names say that they are examples, vacancies, destinations."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.door import do
from desmigratif.demo.centre.referrals import directory
from desmigratif.shared.ids import new_id

SOURCE = "Daftar contoh, bukan daftar resmi"
AGENCIES = (
    ("PT Contoh Karya Mandiri", "active"),
    ("PT Contoh Bahtera Asih", "active"),
    ("PT Contoh Cahaya Utama", "suspended"),
    ("PT Contoh Sumber Rejeki", "revoked"),
)
WORK = (  # country, job, employer, title, wage, currency
    ("HKG", "domestic_worker", "household", "Penata laksana rumah tangga", 4990, "HKD"),
    ("TWN", "elderly_carer", "household", "Perawat lansia", 20000, "TWD"),
    ("TWN", "factory_worker", "company", "Pekerja pabrik", 27470, "TWD"),
    ("SGP", "domestic_worker", "household", "Penata laksana rumah tangga", 620, "SGD"),
    ("MYS", "factory_worker", "company", "Pekerja pabrik", 1700, "MYR"),
    ("MYS", "plantation_worker", "company", "Pekerja perkebunan", 1700, "MYR"),
    ("BRN", "cook", "household", "Juru masak", 500, "BND"),
)


def load_lists(by: Actor, now: datetime) -> None:
    """As an operator loads them, a few days before the day that is shown, and the agencies once long before."""
    agencies = [
        {"name": name, "status": status, "licence_number": f"CONTOH-{n}"}
        for n, (name, status) in enumerate(AGENCIES, 1)
    ]
    until = (now + timedelta(days=180)).date()
    orders = [
        {
            "name": name, "country": country, "job": job, "employer_type": employer, "title": title, "quota": 20,
            "wage_amount": wage, "wage_currency": currency, "valid_until": until,
            "permit_number": f"CONTOH/{country}/{n}",
        }
        for n, (country, job, employer, title, wage, currency) in enumerate(WORK, 1)
        for name, status in AGENCIES
        if status == "active"
    ]  # fmt: skip
    load(by, now, 90, "agencies", agencies=agencies[:2])
    load(by, now, 62, "agencies", agencies=agencies)
    load(by, now, 62, "permits", job_orders=orders)
    load(by, now, 62, "bodies", bodies=directory())
    load(by, now, 3, "agencies", agencies=agencies)
    load(by, now, 3, "permits", job_orders=orders)


def load(by: Actor, now: datetime, days_ago: int, kind: str, **rows: list[dict[str, Any]]) -> None:
    """One made-up list for the whole country."""
    on = (now - timedelta(days=days_ago)).date()
    given = {
        "load_id": new_id(), "region_code": NATION, "kind": kind, "as_of": on, "source": SOURCE,
        "file_digest": hashlib.sha256(repr(rows).encode()).hexdigest(), **rows,
    }  # fmt: skip
    do(by, "placement.load_list", given, now=now - timedelta(days=days_ago), act_id=new_id(), via="demo")

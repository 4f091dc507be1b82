"""Makes the demo world through the one door: every record has its receipt, audit event and timeline."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password

from desmigratif.access.actor import Actor, operator
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.demo.centre.affairs import OfficeAffairs, hand_over_to
from desmigratif.demo.centre.complaints import tell_complaints
from desmigratif.demo.centre.lists import load_lists
from desmigratif.demo.centre.papers import make_regency_keys, tell_in_confidence, tell_papers
from desmigratif.demo.centre.referrals import tell_referrals
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.cooperative.affairs import tell_cooperative
from desmigratif.demo.cooperative.families import hand_over_to_cooperative, those_at_home
from desmigratif.demo.cooperative.years import tell_cooperative_years
from desmigratif.demo.enterprises.groups import tell_groups
from desmigratif.demo.enterprises.year import tell_group_years
from desmigratif.demo.offices.extracts import tell_extracts
from desmigratif.demo.offices.pivots import tell_pivots
from desmigratif.demo.offices.placements import tell_placements
from desmigratif.demo.offices.reports import tell_reports
from desmigratif.demo.parenting.centres import tell_barred, tell_centres
from desmigratif.demo.parenting.children import tell_children
from desmigratif.demo.people.population import Row, VillagePlan, register_rows
from desmigratif.demo.programme.aims import tell_aims
from desmigratif.demo.programme.candidates import tell_candidates
from desmigratif.demo.programme.helpers import tell_helpers
from desmigratif.demo.programme.villages import tell_programme
from desmigratif.demo.world import GARUNG, KURIPAN, OFFICES, PASSWORD, SIGN_INS, VILLAGES, SignIn
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.indicators.tasks import reckon_villages
from desmigratif.people.importing import import_file
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

MARKER = "demo.json"


class AlreadyInUse(Exception):
    """The database holds somebody's work: a demo is never mixed into it."""


def mark_as_demo(data_dir: Path) -> None:
    """From now on this data folder is a demo: it answers loopback only, and every page says so."""
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / MARKER).write_text(json.dumps({"demo": True}), encoding="utf-8")


def build(*, now: datetime) -> None:
    """Fill an empty, migrated database with the demo world as it stands at `now`. Raises `AlreadyInUse`."""
    if User.objects.exists():
        raise AlreadyInUse
    by = operator("demo")
    password_hash = make_password(PASSWORD)
    for sign_in in SIGN_INS:
        _make_account(by, sign_in, password_hash, now)
    load_lists(by, now)
    make_regency_keys(began(now))
    tell_barred(now)
    for plan in VILLAGES:
        _make_village(by, plan, now)
        if plan.code == KURIPAN.code:
            tell_cooperative(plan, now, those_at_home(_teller(plan, now)))
            hand_over_to_cooperative(_teller(plan, now))
        if plan.code == GARUNG.code:
            tell_cooperative_years(plan, now)
    tell_programme(by, now)
    tell_helpers(by, now)
    tell_candidates(by, now)
    for left, entered in zip(VILLAGES, (*VILLAGES[1:], VILLAGES[0]), strict=True):
        if left != entered:
            hand_over_to(_teller(left, now), entered.code)
    tell_placements(by, now)
    reckon_villages(now)
    if any(plan.code == KURIPAN.code for plan in VILLAGES):  # a smaller world, as tests make, has nobody to write them
        tell_reports(now)
        tell_extracts(now)
    tell_aims(by, now)
    fold(now)
    tell_pivots(now)


def _make_account(by: Actor, sign_in: SignIn, password_hash: str, now: datetime) -> None:
    do(
        by,
        "access.create_account",
        {
            "user_id": new_id(),
            "grant_id": new_id(),
            "username": sign_in.username,
            "name": sign_in.name,
            "password_hash": password_hash,
            "password_is_their_own": True,
            "role": sign_in.role,
            "region_code": sign_in.region,
            "valid_from": (now - timedelta(days=sign_in.days)).date(),
        },
        now=now,
        act_id=new_id(),
        via="demo",
    )


def _make_village(by: Actor, plan: VillagePlan, now: datetime) -> None:
    today = today_in(plan.code, now)
    began_at = began(now)
    address, title, head, letter_code, phone = OFFICES[plan.code]
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": plan.code, "address": address,
        "head_title": title, "head_name": head, "letter_code": letter_code, "phone": phone,
    }  # fmt: skip
    do(by, "documents.set_up_office", office, now=opened(now), act_id=new_id(), via="demo")
    officer = _officer_of(plan, now)
    rows = register_rows(plan, today_in(plan.code, began_at))
    _import(officer, plan, rows, began_at, f"register-{plan.username_part}.xlsx")
    teller = Teller(officer, plan, today, Random(plan.seed))
    teller.tell()
    affairs = OfficeAffairs(teller)
    _import(officer, plan, affairs.late_rows(), teller.moment(affairs.late_on, 13), "tambahan-november.xlsx")
    affairs.tell()
    tell_papers(teller)
    tell_in_confidence(teller)
    tell_complaints(teller)
    tell_referrals(teller)
    tell_groups(teller)
    tell_group_years(teller)
    tell_children(teller)
    tell_centres(teller)


def _import(officer: Actor, plan: VillagePlan, rows: list[Row], at: datetime, file_name: str) -> None:
    sheet = io.BytesIO()
    write_sheet(rows, sheet)
    report = import_file(sheet.getvalue(), plan.code, by=officer, now=at, commit=True, file_name=file_name)
    if report.batch is None:
        raise ValueError(f"{file_name} of {plan.code} was refused: {report.as_dict()['errors'][:3]}")


def _teller(plan: VillagePlan, now: datetime) -> Teller:
    return Teller(_officer_of(plan, now), plan, today_in(plan.code, now), Random(plan.seed + 1))


def began(now: datetime) -> datetime:
    """When the demo villages began: two months of history before the day that is shown."""
    return now - timedelta(days=60)


def opened(now: datetime) -> datetime:
    """When the offices got their letterhead and key: a year of signed reports is older than the letters."""
    return now - timedelta(days=420)


def _officer_of(plan: VillagePlan, now: datetime) -> Actor:
    user = User.objects.get(username=f"petugas.{plan.username_part}")
    return actor_for(user, today=now.date())

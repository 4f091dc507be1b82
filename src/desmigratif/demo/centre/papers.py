"""Papers of the demo's candidates with made-up copies, its regency's key, and a note sealed for the coordinator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from desmigratif.access.door import do
from desmigratif.access.keys import age
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cases.actions.offer.protective import note_about
from desmigratif.cases.models import Case, CaseState
from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.world import ENVELOPE_PASSPHRASE, SIGN_INS
from desmigratif.people import envelopes
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id

SIZE = (1000, 630)  # of a card
INK, SOFT = "#1f2d3a", "#8a97a3"
SAID = "Ia berbisik bahwa calo menyimpan KTP dan ijazahnya, dan meminta ini tidak dibicarakan di balai desa."


@dataclass(frozen=True, slots=True)
class Told:
    """One paper: the days from today to its issue and its end; how the name is written on it; with a copy or not."""

    kind: str
    title: str
    issued: int
    ends: int | None = None
    other_birth_year: bool = False
    copied: bool = False


# Of the first who hold a letter: one whose papers agree but soon run out, and one whose papers disagree.
TOLD: tuple[tuple[Told, ...], ...] = (
    (
        Told("ktp", "KARTU TANDA PENDUDUK", -2900, copied=True),
        Told("kk", "KARTU KELUARGA", -700),
        Told("passport", "PASPOR", -1785, ends=40, copied=True),
        Told("police_certificate", "SKCK", -190, ends=-7),
    ),
    (
        Told("ktp", "KARTU TANDA PENDUDUK", -1400, copied=True),
        Told("birth_certificate", "AKTA KELAHIRAN", -5200, other_birth_year=True),
    ),
)


def make_regency_keys(now: datetime) -> None:
    """Every coordinator of the demo makes the regency's key, on the day on which the villages begin."""
    for sign_in in SIGN_INS:
        if sign_in.role != "regency_coordinator":
            continue
        made, by = age.new_identity(), actor_for(User.objects.get(username=sign_in.username), today=now.date())
        locked = crypto.lock(json.dumps([made.secret]).encode(), ENVELOPE_PASSPHRASE)
        given = {
            "key_id": new_id(), "region_code": sign_in.region, "recipient": made.recipient, "secret_locked": locked,
            "on": now.date(),
        }  # fmt: skip
        do(by, "people.make_protective_key", given, now=now, act_id=new_id(), via="demo")


def tell_papers(teller: Teller) -> None:
    """What the officer wrote down of papers last week, with photos of some of them."""
    cases = Case.objects.in_village(teller.plan.code).select_related("resident")
    cleared = cases.filter(state=CaseState.VILLAGE_CLEARED).order_by("opened_on", "id")
    for case, told in zip(cleared, TOLD, strict=False):
        for one in told:
            _write_down(teller, case, one)


def _write_down(teller: Teller, case: Case, told: Told) -> None:
    on, born = teller.today - timedelta(days=4), case.resident.birth_date
    if born and told.other_birth_year:
        born = born - timedelta(days=365)
    issued = teller.today + timedelta(days=told.issued)
    facts: dict[str, Any] = {
        "number": f"CONTOH-{told.kind.upper()}", "name_on_paper": case.resident.name,
        "birth_date": born.isoformat() if born else None, "issued_on": issued.isoformat(),
    }  # fmt: skip
    if told.ends is not None:
        facts["valid_until"] = (teller.today + timedelta(days=told.ends)).isoformat()
    if told.copied:
        lines = [case.resident.name, facts["number"], facts["birth_date"] or "", f"Terbit {facts['issued_on']}"]
        facts["picture"] = drawn(told.title, lines)
    teller.act(
        "cases.record_paper", on, teller.moment(on, 13), paper_id=str(new_id()), copy_id=str(new_id()),
        case_id=str(case.id), kind=told.kind, seen=0, **facts,
    )  # fmt: skip


def drawn(title: str, lines: list[str]) -> bytes:
    """A card that nobody could take for a real one, as a phone would send it."""
    card = Image.new("RGB", SIZE, "#dfe9ec")
    pen = ImageDraw.Draw(card)
    pen.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=SOFT, width=3)
    pen.text((60, 55), title, INK, ImageFont.load_default(44))
    pen.text((60, 115), "CONTOH - BUKAN DOKUMEN", SOFT, ImageFont.load_default(32))
    for number, line in enumerate(lines):
        pen.text((60, 210 + 70 * number), line, INK, ImageFont.load_default(34))
    pen.rectangle((760, 200, 930, 430), outline=SOFT, width=3)
    pen.text((795, 300), "Foto", SOFT, ImageFont.load_default(34))
    target = BytesIO()
    card.save(target, "JPEG", quality=85)
    return target.getvalue()


def tell_in_confidence(teller: Teller) -> None:
    """A second talk with somebody whose offer was held: what she told alone lies in the coordinator's envelope."""
    held = Case.objects.in_village(teller.plan.code).filter(state=CaseState.OFFER_CHECKED).select_related("resident")
    case, key = held.order_by("opened_on", "id").last(), envelopes.key_for(teller.plan.code)
    if case is None or key is None:
        return
    on = teller.today - timedelta(days=3)
    note = note_about(case, on, signs=("trafficking",), text=SAID)
    teller.act(
        "cases.record_family_talk", on, teller.moment(on, 15), talk_id=str(new_id()), case_id=str(case.id),
        permission="missing", envelope=envelopes.sealed(key, note),
    )  # fmt: skip

"""A small installation on its own data folder, with the real settings; a program that answers lines on its standard
input, each in a process forked from a warm one.

Words: `make_due` -> the background jobs have something to do; `check` -> what is wrong with the data; `record` -> the
SQL that a number of acts sent to SQLite.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

import desmigratif.config.actions  # noqa: E402, F401
from database_template import start_from_template  # noqa: E402
from desmigratif.access.backup import verify_backup  # noqa: E402
from desmigratif.access.door import do  # noqa: E402
from desmigratif.access.keys.recovery import keep, new_sheet  # noqa: E402
from desmigratif.access.models import DeskSession, Grant, User  # noqa: E402
from desmigratif.access.queries import actor_for  # noqa: E402
from desmigratif.access.signin import sessions  # noqa: E402
from desmigratif.access.signin.session_store import SessionStore  # noqa: E402
from desmigratif.access.tasks import automatic_backups  # noqa: E402
from desmigratif.audit.models import Receipt, ReviewPayload  # noqa: E402
from desmigratif.audit.verify import verify_chains  # noqa: E402
from desmigratif.cases.models import Visit  # noqa: E402
from desmigratif.config.cli import statics  # noqa: E402
from desmigratif.demo.centre.stories import LAWFUL  # noqa: E402
from desmigratif.documents.models import Letter, LetterCounter  # noqa: E402
from desmigratif.people.importing import import_file  # noqa: E402
from desmigratif.people.models import ImportBatch, ImportedRow, Resident  # noqa: E402
from desmigratif.regions import dataset  # noqa: E402
from desmigratif.regions.models import LoadedList  # noqa: E402
from desmigratif.regions.testing import load_sample  # noqa: E402
from desmigratif.shared.ids import new_id  # noqa: E402
from reliability import counter  # noqa: E402
from reliability.recording import act, record  # noqa: E402
from reliability.wishes import KENANGA, KURIPAN, of_a_round, sheet, today  # noqa: E402

Json = dict[str, Any]
SECRET = "lembar-pemulihan-uji"


# --- the world ---


def prepare() -> Json:
    """Tables, regions, two officers who are signed in, and a case that may have its letter."""
    start_from_template()
    call_command("migrate", interactive=False, verbosity=0)
    load_sample()
    LoadedList.objects.create(digest=dataset.digest(), basis=dataset.BASIS, regions=4)  # enough for `serve` here
    statics.gather()
    sheet_of_recovery = new_sheet(today())
    keep(settings.DATA_DIR, sheet_of_recovery.recipient, today())
    (settings.DATA_DIR / SECRET).write_text(sheet_of_recovery.secret)  # here only, so that backups can be opened
    now = datetime.now(UTC)
    users = {code: _officer(code) for code in (KURIPAN, KENANGA)}
    by = actor_for(users[KURIPAN], today=today())
    admin = User.objects.create(username="pengelola", name="Pengelola")
    Grant.objects.create(user=admin, role="administrator", region_code="33.07", valid_from=date(2020, 1, 1))
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Suwarno", "letter_code": "DS-KRP",
    }  # fmt: skip
    do(actor_for(admin, today=today()), "documents.set_up_office", office, now=now, act_id=new_id())
    import_file(sheet(KURIPAN, 2, 4), KURIPAN, by=by, now=now, commit=True, file_name="awal.xlsx")
    wife = Resident.objects.in_village(KURIPAN).filter(sex="F").order_by("id")[0]
    husband = Resident.objects.in_village(KURIPAN).get(sex="M", household_id=wife.household_id)
    case = _case_with_talk(by, wife.id, husband.id, now)
    world = {"sessions": {code: _session(user) for code, user in users.items()}, "case": case}
    for wish in of_a_round(world, 1500):  # loads what the first requests load
        act(wish)
    world["counter"] = counter.open_counter()
    return world


def _officer(code: str) -> User:
    user = User.objects.create(username=f"petugas.{code}", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=code, valid_from=date(2020, 1, 1))
    return user


def _session(user: User) -> str:
    """The key of a session as the sign-in page would have made it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.begin(session, datetime.now(UTC))
    session.save()
    return str(session.session_key)


def _case_with_talk(by: Any, wife: UUID, husband: UUID, now: datetime) -> str:
    case = str(new_id())
    common = {"village_code": KURIPAN, "on": today(), "case_id": case}
    talk = {
        "talk_id": new_id(), "permission": "given", "giver_capacity": "husband", "giver_id": husband,
        "disputed": False, "pressure": False, "candidate_confirms_alone": True,
    }  # fmt: skip
    do(by, "cases.open_case", {**common, "resident_id": wife}, now=now, act_id=new_id())
    do(by, "cases.check_offer", {**common, "check_id": new_id(), "answers": LAWFUL}, now=now, act_id=new_id())
    do(by, "cases.record_family_talk", {**common, **talk}, now=now, act_id=new_id())
    return case


# --- the background jobs ---


def make_due(tell: Callable[[Json], None], _: Json) -> None:
    """The day's backup is to be made, and a session and a sealed payload are to be thrown away."""
    for file in [*settings.BACKUP_DIR.glob("otomatis-*"), *settings.BACKUP_DIR.glob(".otomatis-*")]:
        file.unlink()
    for folder in settings.DATA_DIR.glob(".cadangan-*"):
        shutil.rmtree(folder)  # the copies of killed backups, which the program itself sweeps after a while
    now = timezone.now()
    DeskSession.objects.create(session_key=new_id().hex, session_data="", expire_date=now - timedelta(days=1))
    standing = Receipt.objects.exclude(review_payload__isnull=False).order_by("at")[:1]
    ReviewPayload.objects.bulk_create(
        ReviewPayload(id=new_id(), receipt=receipt, sealed=b"x", expires_at=now - timedelta(days=1))
        for receipt in standing
    )
    tell({"backup_dir": str(settings.BACKUP_DIR)})


def _jobs_done() -> Json:
    """How much the jobs of a life got done, and what of it is not whole."""
    purged = 2 - ReviewPayload.objects.count() - DeskSession.objects.filter(expire_date__lte=timezone.now()).count()
    ReviewPayload.objects.all().delete()
    DeskSession.objects.filter(expire_date__lte=timezone.now()).delete()
    secret = (settings.DATA_DIR / SECRET).read_text()
    backups = automatic_backups(settings.BACKUP_DIR)
    reports = [verify_backup(backup, secret, work_dir=settings.DATA_DIR) for backup in backups]
    wrong = [f"backup {report.path.name}: {problem}" for report in reports for problem in report.problems]
    return {"wrong": wrong, "backups": len(backups), "purged": purged}


# --- checking ---


def check(tell: Callable[[Json], None], asked: Json) -> None:
    """`acked`: {"kind", "act", "record"}; `whole`: walk the chains and pages too.

    Answers {"wrong": [sentence], "receipts", "backups", "purged"}: the last two are what the jobs got done.
    """
    jobs = _jobs_done()
    wrong = [*_lost(asked.get("acked", ())), *_halves(), *_letter_numbers(), *jobs["wrong"]]
    if asked.get("whole"):
        wrong += [str(link) for link in verify_chains().broken]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                wrong += [row[0] for row in cursor.execute("PRAGMA quick_check") if row[0] != "ok"]
    tell({**jobs, "wrong": wrong, "receipts": Receipt.objects.count()})


def _records() -> dict[str, set[str]]:
    letters = Letter.objects.in_village(KURIPAN)
    return {
        "visit": {str(i) for i in Visit.objects.in_village(KURIPAN).values_list("id", flat=True)},
        "letter": {str(i) for i in letters.values_list("id", flat=True)},
        "revocation": {str(i) for i in letters.exclude(revoked_on=None).values_list("id", flat=True)},
        "import": {str(i) for i in ImportBatch.objects.values_list("id", flat=True)},
    }


ACTIONS = {
    "visit": "cases.record_visit", "letter": "cases.issue_family_permission", "revocation": "documents.revoke_letter",
    "import": "people.import_register",
}  # fmt: skip


def _lost(acked: list[Json]) -> list[str]:
    records = _records()
    receipts = {str(i) for i in Receipt.objects.filter(outcome="done").values_list("act_id", flat=True)}
    return [f"{ack['kind']} {ack['act']}: no receipt" for ack in acked if ack["act"] not in receipts] + [
        f"{ack['kind']} {ack['record']}: no record" for ack in acked if ack["record"] not in records[ack["kind"]]
    ]


def _halves() -> list[str]:
    """Receipts without their record, records without their receipt, imports without their rows."""
    wrong = []
    for kind, ids in _records().items():
        results = Receipt.objects.filter(action=ACTIONS[kind], outcome="done").values_list("result", flat=True)
        done = {result.get("batch") or result.get("id") for result in results}
        wrong += [f"{kind} {odd}: half an act" for odd in done ^ ids]
    for batch in ImportBatch.objects.all():
        rows = ImportedRow.objects.filter(batch_id=batch.id).values_list("resident_id", flat=True)
        here = Resident.objects.in_village(batch.village_code).filter(id__in=list(rows)).count()
        if not batch.new_count == len(rows) == here:
            wrong.append(f"import {batch.id}: {batch.new_count}, {len(rows)} rows, {here} residents")
    return wrong


def _letter_numbers() -> list[str]:
    numbers = sorted(Letter.objects.in_village(KURIPAN).values_list("sequence", flat=True))
    counter = LetterCounter.objects.filter(village_code=KURIPAN).values_list("last_number", flat=True).first() or 0
    return [] if numbers == list(range(1, counter + 1)) else [f"letters {numbers[-5:]}, counter {counter}"]


# --- answering ---


def main() -> None:
    (settings.DATA_DIR / "demo.json").write_text("{}")
    _say(prepare())
    connections.close_all()
    words = {"make_due": make_due, "check": check, "record": record}
    for line in sys.stdin:
        asked = json.loads(line)
        _say(_forked(words[asked["word"]], asked))


def _say(answer: Json) -> None:
    print(json.dumps(answer), flush=True)


def _forked(run: Callable[[Callable[[Json], None], Json], None], asked: Json) -> Json:
    """What a child tells first. Dead children are collected on the way."""
    here, there = os.pipe()
    if os.fork() == 0:
        os.close(here)
        try:
            run(lambda answer: _tell(there, answer), asked)
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here) as pipe:
        told = pipe.read()
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                break
        except ChildProcessError:
            break
    return json.loads(told) if told else {"wrong": ["the child died; see its standard error"]}


def _tell(pipe: int, answer: Json) -> None:
    with os.fdopen(pipe, "w") as stream:
        stream.write(json.dumps(answer))


if __name__ == "__main__":
    main()

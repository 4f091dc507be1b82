"""The power goes at any moment: what was acknowledged is there, in a whole database with whole chains.

What is played is the SQL that the application sent, its PRAGMAs, BEGIN and COMMIT included; the SQLite that plays it
is that of APSW, the one that recovers afterwards is the application's own.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
import pytest

from desmigratif.access.backup.chain import walk_chains
from desmigratif.access.backup.rows import SqliteRows
from desmigratif.shared.keyring import Keyring
from reliability import figures
from reliability.installation import installed
from reliability.powercut import Operation, disk_with, play, write_out

CUTS = figures.wanted("RELIABILITY_CUTS", 200)
ROUNDS = 12  # of eight acts each: enough for a checkpoint of the write-ahead log
SEED = 20161202
RECORDS = {
    "visit": "SELECT count(*) FROM cases_visit WHERE id = ?",
    "letter": "SELECT count(*) FROM documents_letter WHERE id = ?",
    "revocation": "SELECT count(*) FROM documents_letter WHERE id = ? AND revoked_on IS NOT NULL",
    "import": "SELECT count(*) FROM people_importbatch WHERE id = ?",
    "deposit": "SELECT count(*) FROM cooperative_entry e JOIN cooperative_moneyslip m ON m.id = e.id WHERE e.id = ?",
    "interest": "SELECT count(*) FROM cooperative_seal WHERE act_id = ? AND sealed",
    "month": "SELECT count(*) FROM cooperative_period WHERE id = ?",
}
HALVES = """
SELECT (SELECT count(*) FROM audit_receipt WHERE action = 'cases.record_visit' AND outcome = 'done')
     - (SELECT count(*) FROM cases_visit)
   , (SELECT count(*) FROM audit_receipt WHERE action = 'cases.issue_family_permission' AND outcome = 'done')
     - (SELECT count(*) FROM documents_letter)
   , (SELECT count(*) FROM audit_receipt WHERE action = 'people.import_register' AND outcome = 'done')
     - (SELECT count(*) FROM people_importbatch)
   , (SELECT coalesce(sum(new_count), 0) FROM people_importbatch) - (SELECT count(*) FROM people_importedrow)
   , (SELECT count(DISTINCT sequence) - max(sequence) FROM documents_letter)
"""
BOOKS = """
WITH held AS (SELECT account_id, coalesce(holder_id, account_id) AS holder, sum(amount_rupiah) AS rupiah
    FROM cooperative_leg GROUP BY 1, 2)
SELECT (SELECT coalesce(sum(amount_rupiah), 0) FROM cooperative_leg)
   , (SELECT count(*) FROM cooperative_entry e WHERE NOT EXISTS (SELECT 1 FROM cooperative_leg l
        WHERE l.entry_id = e.id GROUP BY l.entry_id HAVING count(*) > 1 AND sum(l.amount_rupiah) = 0))
   , (SELECT count(*) FROM cooperative_leg WHERE entry_id NOT IN (SELECT id FROM cooperative_entry))
   , (SELECT count(*) FROM cooperative_seal WHERE NOT sealed)
   , (SELECT sum(last_number) FROM cooperative_book) - (SELECT count(*) FROM cooperative_seal)
   , (SELECT count(*) FROM cooperative_seal s WHERE s.number > 1 AND s.prev_hash IS NOT (SELECT b.hash
        FROM cooperative_seal b WHERE b.cooperative_id = s.cooperative_id AND b.number = s.number - 1))
   , (SELECT count(*) FROM cooperative_book b WHERE b.head_hash IS NOT (SELECT s.hash FROM cooperative_seal s
        WHERE s.cooperative_id = b.cooperative_id AND s.number = b.last_number))
   , (SELECT count(*) FROM held h WHERE h.rupiah IS NOT (SELECT k.balance_rupiah FROM cooperative_holding k
        WHERE k.account_id = h.account_id AND k.holder_id = h.holder))
   , (SELECT count(*) FROM cooperative_moneyslip WHERE id NOT IN (SELECT id FROM cooperative_entry))
   , (SELECT count(*) FROM audit_receipt WHERE action = 'cooperative.deposit' AND outcome = 'done')
     - (SELECT count(*) FROM cooperative_moneyslip WHERE kind = 'savings.deposited')
   , (SELECT count(*) FROM audit_receipt WHERE action = 'cooperative.close_period' AND outcome = 'done')
     - (SELECT count(*) FROM cooperative_period)
"""
pytestmark = pytest.mark.sqlite


@dataclass(frozen=True)
class Recorded:
    """A database, what was sent to it, and the key of its chains."""

    database: Path
    steps: list[Any]
    key: bytes


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    folder = tmp_path_factory.mktemp("mati-listrik")
    with installed(folder) as here:
        live, before = folder / "desmigratif.sqlite3", folder / "sebelum.sqlite3"
        with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(before)) as target:
            source.backup(target)
        steps = here.ask("record", rounds=ROUNDS, **here.world)["steps"]
    yield Recorded(before, steps, Keyring.from_bytes((folder / "keys.json").read_bytes()).audit)


@dataclass
class Counted:
    """What was found after all cuts."""

    acked: int = 0
    lost: int = 0
    cuts_with_loss: int = 0
    wrong: Counter[str] | None = None


def cut_everywhere(recorded: Recorded, steps: list[Any], folder: Path, *, cuts: int) -> Counted:
    rng, found = random.Random(SEED), Counted(wrong=Counter())
    live = folder / "desmigratif.sqlite3"
    shutil.copy(recorded.database, live)
    log = play(steps, live)
    disk, after = disk_with(recorded.database), folder / "sesudah"
    disk.files[live.name] = disk.files.pop(recorded.database.name)
    after.mkdir()
    moments = sorted(rng.randrange(len(log)) for _ in range(cuts))
    place = 0
    for moment in moments:
        while place < moment:
            disk.take(log[place])
            place += 1
        write_out(disk.after_cut(rng), after)
        lost, wrong = look(after / live.name, disk.acked, recorded.key)
        found.acked += len(disk.acked)
        found.lost += lost
        found.cuts_with_loss += bool(lost)
        found.wrong.update(wrong)
    return found


def look(database: Path, acked: list[dict[str, str]], key: bytes) -> tuple[int, list[str]]:
    """Open it as after a cut: how many acknowledged acts are gone, and what else is wrong."""
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as db:
            if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return len(acked), ["pages"]
            lost = sum(not _is_there(db, ack) for ack in acked)
            wrong = [] if set(db.execute(HALVES).fetchone()) == {0} else ["half an act"]
            wrong += [] if set(db.execute(BOOKS).fetchone()) == {0} else ["books"]
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return len(acked), ["unreadable"]
    with closing(SqliteRows(database)) as rows:
        return lost, wrong + ["chain"] * bool(walk_chains(rows, key).broken)


def _is_there(db: sqlite3.Connection, ack: dict[str, str]) -> bool:
    receipt = "SELECT count(*) FROM audit_receipt WHERE act_id = ? AND outcome = 'done'"
    return all(
        db.execute(question, [UUID(id).hex]).fetchone() == (1,)
        for question, id in ((receipt, ack["act"]), (RECORDS[ack["kind"]], ack["record"]))
    )


def test_the_application_asks_for_every_commit_to_be_synced(recorded: Recorded) -> None:
    texts = " ".join(step for step in recorded.steps if isinstance(step, str))
    kinds = Counter(ack["kind"] for step in recorded.steps if isinstance(step, dict) for ack in step["ack"])

    assert "PRAGMA synchronous=FULL" in texts
    assert "BEGIN IMMEDIATE" in texts
    assert set(kinds) == set(RECORDS)
    assert all(kinds.values())


def test_a_power_cut_at_any_moment_loses_nothing_acknowledged(recorded: Recorded, tmp_path: Path) -> None:
    found = cut_everywhere(recorded, recorded.steps, tmp_path, cuts=CUTS)

    assert found.acked > CUTS
    assert (found.lost, dict(found.wrong or {})) == (0, {})
    money = Counter(ack["kind"] for step in recorded.steps if isinstance(step, dict) for ack in step["ack"])
    figures.note(
        "power", cuts=CUTS, acknowledged=found.acked, lost=found.lost, broken=0, seed=SEED,
        deposits=money["deposit"], interest=money["interest"], months=money["month"],
        statements=sum(isinstance(step, str) for step in recorded.steps), apsw=apsw.sqlite_lib_version(),
        sqlite=sqlite3.sqlite_version,
    )  # fmt: skip


def test_books_that_lost_a_leg_would_be_seen(recorded: Recorded, tmp_path: Path) -> None:
    live = tmp_path / "desmigratif.sqlite3"
    shutil.copy(recorded.database, live)
    play(recorded.steps, live)
    with closing(sqlite3.connect(live)) as db:
        assert look(live, [], recorded.key) == (0, [])
        db.execute("DROP TRIGGER guard_cooperative_leg_delete")
        db.execute("DELETE FROM cooperative_leg WHERE id = (SELECT max(id) FROM cooperative_leg)")
        db.commit()

    assert look(live, [], recorded.key) == (0, ["books"])


def test_with_less_syncing_the_same_cuts_do_lose(recorded: Recorded, tmp_path: Path) -> None:
    """Otherwise the test before could not fail."""
    careless = [
        step.replace("PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL") if isinstance(step, str) else step
        for step in recorded.steps
    ]

    found = cut_everywhere(recorded, careless, tmp_path, cuts=CUTS)

    assert found.lost > 0
    figures.note("power_careless", cuts=CUTS, acknowledged=found.acked, lost=found.lost, with_loss=found.cuts_with_loss)


def test_the_disk_keeps_only_what_was_synced() -> None:
    operations: list[Operation] = [("write", "f", 0, b"a" * 1024), ("sync", "f"), ("write", "f", 512, b"b" * 512)]
    disk = disk_with(Path("/dev/null"))
    for operation in operations:
        disk.take(operation)

    left = {dict(disk.after_cut(random.Random(seed)))["f"] for seed in range(20)}

    assert left == {b"a" * 1024, b"a" * 512 + b"b" * 512}

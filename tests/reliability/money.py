"""Eight cashiers at once on the books of three cooperatives, some of them killed in the middle; a program that answers
lines on its standard input.

Word `run` -> what was found wrong, and how much was tried. Each cashier is a process forked from this one; before and
after each act it appends a line to its own file, so that whoever takes over knows what was left open, and this one
knows what was answered. A cashier who takes over sends again what was left open.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connections  # noqa: E402
from django.db.models import Sum  # noqa: E402

import desmigratif.config.actions  # noqa: E402, F401
from database_template import start_from_template  # noqa: E402
from desmigratif.access.actor import person  # noqa: E402
from desmigratif.access.door import do  # noqa: E402
from desmigratif.access.scope import acting_as  # noqa: E402
from desmigratif.audit import unit  # noqa: E402
from desmigratif.cooperative.actions.ledger.posting import CannotPost, post_entries, post_entry, post_reversal  # noqa: E402
from desmigratif.cooperative.models import Cooperative, Entry, Holding, Leg, Period  # noqa: E402
from desmigratif.cooperative.queries.ledger.books import Chart, chart_of  # noqa: E402
from desmigratif.cooperative.queries.ledger.verify import verify_books  # noqa: E402
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit  # noqa: E402
from desmigratif.shared.ids import new_id  # noqa: E402
from desmigratif.shared.reasons import Refusal  # noqa: E402

KURIPAN = "33.07.10.2004"
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
BY = person(UUID(int=8), "Kasir", ("cooperative_treasurer", KURIPAN), ("cooperative_board", KURIPAN))
WRITERS = 8
FIRST = date(2026, 9, 1)
NAMES = UUID(int=20161203)
CLOSINGS = {0.4: date(2026, 9, 30), 0.7: date(2026, 10, 31)}  # after which part of a cashier's acts
Json = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """One act of a cashier: `moves` are (holder, rupiah into the savings or out of them), one for each entry."""

    ids: tuple[str, ...]
    cooperative: int
    moves: tuple[tuple[str, int], ...]
    on: str
    reverses: str = ""


class Books:
    def __init__(self) -> None:
        self.cooperatives = list(Cooperative.objects.everywhere().order_by("id"))
        self.charts: list[Chart] = [chart_of(each) for each in self.cooperatives]

    def send(self, wish: Wish) -> str:
        """ "done", or the word of the refusal."""
        cooperative, chart = self.cooperatives[wish.cooperative], self.charts[wish.cooperative]
        on = date.fromisoformat(wish.on)
        note = unit.Unit(actor_id=str(BY.id), actor_role=BY.role_code, home_code=KURIPAN, at=NOW, via="test")
        try:
            with acting_as(BY), unit.unit_of_work(note):
                if wish.reverses:
                    standing = Entry.objects.of(cooperative).get(id=wish.reverses)
                    post_reversal(cooperative, standing, entry_id=UUID(wish.ids[0]), on=on, reason="uji")
                elif len(wish.ids) > 1:
                    post_entries(cooperative, [entry_of(chart, wish, place) for place in range(len(wish.ids))])
                else:
                    post_entry(cooperative, entry_of(chart, wish, 0))
        except CannotPost as refused:
            return refused.reasons[0].code
        return "done"


def entry_of(chart: Chart, wish: Wish, place: int) -> NewEntry:
    holder, amount = wish.moves[place]
    legs = [debit(chart["cash"], amount), credit(chart["savings_voluntary"], amount, UUID(holder))]
    return NewEntry(UUID(wish.ids[place]), date.fromisoformat(wish.on), "savings.moved", legs, "Uji")


# --- a cashier ---


def wishes(rng: random.Random, number: int, count: int, done: list[Wish], start: int) -> Iterator[Wish]:
    """What cashier `number` wants, from their act `start` on. Now and then the neighbour wants the very same."""
    for act in range(start, count):
        shared = act % 40 == 0
        dice = random.Random(f"{number // 2} {act}") if shared else rng
        own = (str(uuid5(NAMES, f"{number // 2} {act}")),) if shared else (str(new_id()),)
        on = str(FIRST + timedelta(days=dice.randrange(84)))
        where = dice.randrange(3)
        amount = dice.randrange(1, 50_000) * (-1 if dice.random() < 0.3 else 1)
        chance = 1.0 if shared else dice.random()
        if chance < 0.06 and done:
            old = done.pop(dice.randrange(len(done)))
            yield Wish(own, old.cooperative, ((old.moves[0][0], -old.moves[0][1]),), on, old.ids[0])
        elif chance < 0.10:
            many = tuple((holder(dice), dice.randrange(1, 9_000)) for _ in range(5))
            yield Wish(tuple(str(new_id()) for _ in many), where, many, on)
        else:
            yield Wish(own, where, ((holder(dice), amount),), on)


def holder(dice: random.Random) -> str:
    """One of forty members; a few are at the counter most of the time."""
    return str(UUID(int=1000 + int(40 * dice.random() ** 2)))


def work(number: int, life: int, count: int, file: Path) -> None:
    """A cashier's life, until the acts are done or it is killed."""
    books, rng = Books(), random.Random(f"{number} {life}")
    open_wish, finished = left_open(file)
    done: list[Wish] = []
    with file.open("a", buffering=1) as log:
        if open_wish is not None:
            answer(books, open_wish, log)
        for act, wish in enumerate(wishes(rng, number, count, done, finished), start=finished):
            log.write("ask " + json.dumps(wish.__dict__) + "\n")
            said = answer(books, wish, log)
            if said == "done" and not wish.reverses and wish.moves[0][1] > 0:
                done.append(wish)
            # only what stands: a refused one may rightly be done the second time, when a deposit came between
            if said == "done" and rng.random() < 0.05 and len(wish.ids) == 1 and not wish.reverses:
                with suppress(OperationalError):
                    log.write(f"again {books.send(wish)}\n")
            if number == 0:
                close_what_is_due(books, act / count)


def answer(books: Books, wish: Wish, log: Any) -> str:
    """Send until it is clear what became of it.

    A database too busy to answer is asked again. Two cashiers with one id may meet, and the loser asks again. A batch
    is refused when it stands already: nobody else has its ids, so it is the one whose answer was lost.
    """
    said = "busy"
    for _ in range(20):
        try:
            said = books.send(wish)
        except OperationalError:
            log.write("busy\n")
            continue
        if said == "entry_exists" and len(wish.ids) > 1:
            said = "done"
        if said != "entry_exists":
            break
    log.write(f"ack {said}\n")
    return said


def close_what_is_due(books: Books, part: float) -> None:
    for after, last_on in CLOSINGS.items():
        for cooperative in books.cooperatives if part >= after else ():
            if Period.objects.of(cooperative).filter(last_on=last_on).exists():
                continue
            given = {"period_id": new_id(), "cooperative_id": cooperative.id, "last_on": last_on}
            with suppress(OperationalError):  # due still at the next act
                do(BY, "cooperative.close_period", given, now=NOW, act_id=new_id())


def left_open(file: Path) -> tuple[Wish | None, int]:
    """The act without an answer in a cashier's file, and how many were begun."""
    lines = file.read_text().splitlines() if file.exists() else []
    asked = [line for line in lines if line.startswith("ask ")]
    acks = sum(line.startswith("ack ") for line in lines)
    return (read_wish(asked[-1]) if acks < len(asked) else None), len(asked)


def read_wish(line: str) -> Wish:
    known = json.loads(line.removeprefix("ask "))
    return Wish(
        tuple(known["ids"]), known["cooperative"], tuple((who, n) for who, n in known["moves"]), known["on"],
        known["reverses"],
    )  # fmt: skip


# --- who watches ---


def run(operations: int, kills: int) -> Json:
    """Let eight work and kill them `kills` times; then count everything."""
    files = [settings.DATA_DIR / f"kasir-{number}.log" for number in range(WRITERS)]
    began, killed = time.monotonic(), let_work(files, operations // WRITERS, kills)
    seconds = time.monotonic() - began
    found = count(files)
    return {**found, "kills": killed, "seconds": round(seconds), "writers": WRITERS}


def let_work(files: list[Path], each: int, kills: int) -> int:
    rng, lives, killed = random.Random(20161203), Counter[int](), 0
    running = {start(number, 0, each, files[number]): number for number in range(WRITERS)}
    while running:
        time.sleep(rng.uniform(0.05, 0.4))
        if killed < kills and len(running) == WRITERS:
            victim = rng.choice(sorted(running))
            os.kill(victim, signal.SIGKILL)
            killed += 1
        for process in list(running):
            ended, status = os.waitpid(process, os.WNOHANG)
            if not ended:
                continue
            number = running.pop(process)
            if os.WIFSIGNALED(status):
                lives[number] += 1
                running[start(number, lives[number], each, files[number])] = number
            elif status:
                for other in running:
                    os.kill(other, signal.SIGKILL)
                raise SystemExit(f"cashier {number} failed; see standard error")
    return killed


def start(number: int, life: int, each: int, file: Path) -> int:
    connections.close_all()
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        work(number, life, each, file)
        status = 0
    except BaseException as problem:
        print(f"cashier {number}: {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def count(files: list[Path]) -> Json:
    """What was answered against what stands. `wrong` is empty when every rupiah is where it should be."""
    said, again = list(answers(files)), Counter[str]()
    for file in files:
        again.update(line.split()[1] for line in file.read_text().splitlines() if line.startswith("again "))
    done = {id: (wish.cooperative, move) for wish, word in said if word == "done" for id, move in
            zip(wish.ids, wish.moves, strict=True)}  # fmt: skip
    refused = {id for wish, word in said if word != "done" for id in wish.ids} - set(done)
    standing = {str(id) for id in Entry.objects.everywhere().sealed().values_list("id", flat=True)}
    report = verify_books()
    wrong = [f"lost {len(set(done) - standing)}"] if set(done) - standing else []
    wrong += [f"never answered {len(standing - set(done))}"] if standing - set(done) else []
    wrong += [f"refused and standing {len(refused & standing)}"] if refused & standing else []
    wrong += [str(place) for place in report.broken]
    wrong += differences(done)
    words = Counter(word for _, word in said)
    return {
        "wrong": wrong, "operations": len(said), "entries": len(standing), "done": words["done"],
        "refused": sum(words.values()) - words["done"], "words": dict(words), "again": dict(again),
        "reversals": Entry.objects.everywhere().exclude(reverses=None).count(),
        "closings": Period.objects.everywhere().count(),
        "sum": Leg.objects.aggregate(sum=Sum("amount_rupiah"))["sum"],
    }  # fmt: skip


def answers(files: list[Path]) -> Iterator[tuple[Wish, str]]:
    for file in files:
        wish = None
        for line in file.read_text().splitlines():
            if line.startswith("ask "):
                wish = read_wish(line)
            elif line.startswith("ack "):
                assert wish is not None
                yield wish, line.split()[1]


def differences(done: dict[str, tuple[int, tuple[str, int]]]) -> list[str]:
    """Balances of members added up from the answers alone, against those of the books."""
    cooperatives = [each.id for each in Cooperative.objects.everywhere().order_by("id")]
    sums: Counter[tuple[UUID, UUID]] = Counter()
    for place, (who, amount) in done.values():
        sums[cooperatives[place], UUID(who)] += amount
    rows = Holding.objects.filter(account__use="savings_voluntary").exclude(balance_rupiah=0)
    kept = {(c, who): -n for c, who, n in rows.values_list("account__cooperative_id", "holder_id", "balance_rupiah")}
    return [] if kept == {key: n for key, n in sums.items() if n} else ["balances differ from the answers"]


def main() -> None:
    (settings.DATA_DIR / "demo.json").write_text("{}")
    start_from_template()
    call_command("migrate", verbosity=0)
    for _ in range(3):
        given = {
            "cooperative_id": new_id(), "village_code": KURIPAN, "name": "Koperasi Uji", "kind": "cooperative",
            "opened_on": FIRST,
        }  # fmt: skip
        do(BY, "cooperative.set_up_cooperative", given, now=NOW, act_id=new_id())
    print("{}", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            found = run(asked["operations"], asked["kills"])
        except Refusal as refused:
            found = {"wrong": [str(refused)]}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()

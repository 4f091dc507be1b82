"""The SQL that the application really sends to SQLite while people work, in its order, and who was answered when."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.sqlite3 import base
from django.test import Client

from reliability import counter, wishes

Json = dict[str, Any]


def record(tell: Callable[[Json], None], asked: Json) -> None:
    """Act `rounds` times through the views, and at the counter through the door.

    Answers {"steps": [SQL or {"ack": [acts]}]}.
    """
    steps: list[Any] = []
    connect = sqlite3.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = connect(*args, **options)
        opened.set_trace_callback(steps.append)  # the text with its values in it
        return opened

    with patch.object(base.Database, "connect", traced):
        for number in range(asked["rounds"]):
            for wish in wishes.of_a_round(asked, number):
                steps.append({"ack": act(wish)})
            for money in counter.of_a_round(asked["counter"], number):
                steps.append({"ack": money.act()})
    kept = [step for step in steps if not isinstance(step, str) or _may_write(step)]
    tell({"steps": [step for before, step in zip([None, *kept], kept, strict=False) if not _told_twice(before, step)]})


def _told_twice(before: Any, step: Any) -> bool:
    """SQLite traces a statement that asks a trigger again each time it enters the trigger. No two of ours are alike:
    whatever they insert has an id of its own."""
    return isinstance(step, str) and step == before and step.startswith(("UPDATE", "INSERT"))


def _may_write(statement: str) -> bool:
    """What triggers do inside a statement is traced as a comment; a question writes nothing."""
    return not statement.lstrip().startswith(("--", "SELECT"))


def act(wish: wishes.Wish) -> list[Json]:
    """One wish through the views; who was answered "done"."""
    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = wish.session
    if isinstance(wish, wishes.Push):
        answer = client.post("/sync/v1/push", wish.body(), content_type="application/json")
        return wish.done(answer.status_code, answer.content)
    if isinstance(wish, wishes.Import):
        upload = SimpleUploadedFile("desa.xlsx", wish.content)
        page = client.post("/warga/impor/", {"sheet": upload}).headers["location"]
        client.post(page)
        return wish.done(page, client.get(page).content)
    answer = client.post(wish.path, wish.fields())
    return wish.done(answer.status_code, answer.headers.get("location", ""))

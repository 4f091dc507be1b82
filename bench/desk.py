"""A signed-in officer who asks for pages in this process, the way the web worker would answer them."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from desmigratif.access.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare_static() -> None:
    """As `serve` does before it starts."""
    call_command("collectstatic", verbosity=0, interactive=False)


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=BACKEND)
    return client


def page(client: Client, path: str) -> bytes:
    """The page's HTML. Raises `AssertionError` for anything but an answer."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status_code}")
    return answer.content


def packed(content: bytes) -> int:
    """Bytes after gzip."""
    return len(gzip.compress(content, 6, mtime=0))


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each table was asked or written to, while inside."""
    found: Counter[str] = Counter()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found[f"{sql.split(' ', 1)[0]} {_table(sql)}".strip()] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield found


def _table(sql: str) -> str:
    for opening in ("FROM", "INTO", "UPDATE"):
        if f'{opening} "' in sql:
            return sql.split(f'{opening} "', 1)[1].split('"', 1)[0]
    return ""

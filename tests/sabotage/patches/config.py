"""Patches of `config`: settings and the database."""

from __future__ import annotations

from .parts import PUSH, SIGN_IN, Patch, tests

_DATABASE = tests("config", "database")

CONFIG: tuple[Patch, ...] = (
    Patch(
        "other keys are believed", "half of a village would be sealed with keys that no backup knows",
        "config/cli/ready.py", "        if row is not None:\n", "        if False:\n",
        tests("config", "ready_keys"),
    ),
    Patch(
        "nobody asks for missing guards", "the server would start without them",
        "config/cli/ready.py", "    gone = sorted(missing_guards())", "    gone: list[str] = []",
        tests("config", "cli"),
    ),
    Patch(
        "a power cut may lose what was acknowledged", "synchronous=NORMAL keeps the database, not the last rows",
        "config/env.py", "PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL", _DATABASE,
    ),
    Patch(
        "two writers stumble over each other", "a deferred transaction fails where it should wait",
        "config/env.py", '"transaction_mode": "IMMEDIATE"', '"transaction_mode": "DEFERRED"', _DATABASE,
    ),
    Patch(
        "passwords may be guessed for ever", "nothing would slow a guesser down",
        "config/settings.py", "AXES_FAILURE_LIMIT = 5", "AXES_FAILURE_LIMIT = 5000", SIGN_IN,
    ),
    Patch(
        "pages may run inline scripts", "what somebody typed could run in an officer's browser",
        "config/settings.py", '"script-src": [SELF],', '"script-src": [SELF, "\'unsafe-inline\'"],',
        tests("access", "headers"),
    ),
    Patch(
        "other sites may send forms", "a page elsewhere could act in an officer's name",
        "config/settings.py", '    "django.middleware.csrf.CsrfViewMiddleware",\n', "", PUSH,
    ),
    Patch(
        "ledger: a sealed row is replaced", "SQLite would put another leg in the place of a sealed one",
        "config/env.py", "; PRAGMA recursive_triggers=ON", "", tests("cooperative", "ledger/guard_ways"),
    ),
)  # fmt: skip

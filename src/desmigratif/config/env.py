"""Settings come from the environment, each read once through a typed function; nonsense stops the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(SystemExit):
    """A setting is unknown or malformed; the message is one Indonesian sentence for the operator."""


class Environment:
    """Reads variables by name and remembers which ones it knows."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables
        self._known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        self._known.add(name)
        return self._variables.get(name, default).strip()

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in {"1", "true", "ya", "yes"}:
            return True
        if value in {"", "0", "false", "tidak", "no"}:
            return False
        raise BadSetting(f"{name} harus 1 atau 0; yang tertulis {value!r}.")

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.lstrip("-").isdigit():
            raise BadSetting(f"{name} harus angka bulat; yang tertulis {value!r}.")
        return int(value)

    def path(self, name: str, default: Path) -> Path:
        return self.optional_path(name) or default.resolve()

    def optional_path(self, name: str) -> Path | None:
        value = self.text(name)
        return Path(value).expanduser().resolve() if value else None

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        value = self.text(name)
        return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)

    def refuse_unknown(self, prefix: str) -> None:
        """Stop when a variable with our prefix is not one of ours: a typing error must not pass in silence."""
        strangers = sorted(n for n in self._variables if n.startswith(prefix) and n not in self._known)
        if strangers:
            raise BadSetting(f"Setelan tidak dikenal: {', '.join(strangers)}.")


def database_from_url(url: str, data_dir: Path) -> dict[str, object]:
    """Django's database dictionary for a URL; an empty URL means the SQLite file in the data folder."""
    if not url:
        return sqlite_database(data_dir / "desmigratif.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_database(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL harus berbentuk postgresql://pengguna@host/nama-basis-data.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # compiling a question takes longer than any question of ours is asked
        "OPTIONS": {"connect_timeout": 5, "options": "-c jit=off", "prepare_threshold": 5},
    }


def sqlite_database(file: Path) -> dict[str, object]:
    """WAL with synchronous=FULL keeps every acknowledged row over a power cut; IMMEDIATE lets writers queue.

    With recursive_triggers the guards against deletion also see the rows that INSERT OR REPLACE deletes.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(file.with_name("test.sqlite3"))},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; "
                "PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=20000; PRAGMA recursive_triggers=ON"
            ),
        },
    }

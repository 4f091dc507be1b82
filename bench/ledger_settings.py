"""The settings of the programme, and on PostgreSQL the ledger that is our peer there."""

from __future__ import annotations

from desmigratif.config.settings import *  # noqa: F403
from desmigratif.config.settings import DATABASES
from desmigratif.config.settings import INSTALLED_APPS as OURS

ON_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
INSTALLED_APPS = [*OURS, *(["mptt", "hordak"] if ON_POSTGRESQL else [])]
DEFAULT_CURRENCY = "IDR"
CURRENCIES = ["IDR"]

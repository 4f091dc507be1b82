"""What a page weighs on a slow line, in the demo's village: first load with all it names, and each page after that.

Counted after gzip, as the server or a proxy before it sends them. The peer is the admin's list of the same people.
"""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from bench import desk
from bench.harness import at_least, at_most, machine, ratios, write_result
from bench.world import NOW, VILLAGE
from desmigratif.access.models import User
from desmigratif.cases.models import OfferCheck
from desmigratif.demo.build import build
from desmigratif.documents.models import Letter

ROUNDS = 5  # a page differs by a few bytes each time: its tokens
FIRST_LOAD, PAGE = 60.0, 8.0  # KB
NAMED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
ADMIN = "/admin/people/resident/"


def run() -> None:
    build(now=NOW)
    desk.prepare_static()
    stranger = Client(SERVER_NAME="localhost")
    officer = desk.signed_in(User.objects.get(username="petugas.kuripan"))
    pages = addresses()
    rounds = [_weigh(stranger, officer, pages) for _ in range(ROUNDS)]
    first, admin = [one["first_load"] for one in rounds], [one["admin_first_load"] for one in rounds]
    worst = {name: max(one["pages"][name] for one in rounds) for name in pages}
    document: dict[str, Any] = {
        "job": "bytes",
        "machine": machine(),
        "rounds": ROUNDS,
        "ours": {"first_load_kb": round(max(first), 1), "pages_kb": worst},
        "peers": {"admin": {"first_load_kb": round(max(admin), 1), "requests": rounds[0]["admin_requests"]}},
        "limit": {},
        "ratio_to_peer": {"admin": ratios(admin, first, higher_is_better=True)},
        "ratio_to_limit": {},
        "growth_exponent": None,
        "requests": rounds[0]["requests"],
        "notes": NOTES,
    }
    document["goals"] = [
        at_most("muat pertama, KB", FIRST_LOAD, max(first)),
        at_least(
            "lebih ringan dari muat pertama admin, kali", round(1 / 0.6, 2), document["ratio_to_peer"]["admin"]["worst"]
        ),
        *(at_most(f"halaman {name}, KB", PAGE, weight) for name, weight in worst.items()),
    ]
    write_result(document)


NOTES = (
    "Muat pertama: halaman masuk, lalu daftar warga, dengan semua berkas yang disebut keduanya; admin: daftar warganya "
    "dengan semua berkas yang disebutnya. Semua sesudah gzip.",
    "Halaman berikutnya hanya HTML-nya, karena berkas lain sudah tersimpan di peramban.",
)


def addresses() -> dict[str, str]:
    """The pages of the goal, with the fullest record the demo has of each."""
    letter = Letter.objects.in_village(VILLAGE).order_by("-issued_on", "-id")[0]
    check = OfferCheck.objects.in_village(VILLAGE).order_by("-id")[0]
    return {
        "masuk": reverse("account_login"),
        "beranda": "/",
        "keluarga": reverse("people:household", args=[letter.household_id]),
        "surat": reverse("documents:letter", args=[letter.id]),
        "daftar warga": reverse("people:residents"),
        "periksa tawaran": reverse("cases:check_offer", args=[check.case_id]),
        "hasil periksa": reverse("cases:offer_result", args=[check.id]),
    }


def _weigh(stranger: Client, officer: Client, pages: dict[str, str]) -> dict[str, Any]:
    answers = {name: desk.page(stranger if name == "masuk" else officer, address) for name, address in pages.items()}
    weights = {name: desk.packed(html) / 1024 for name, html in answers.items()}
    ours = _files(officer, answers["masuk"] + answers["daftar warga"])
    admin_page = desk.page(officer, ADMIN)
    admin = _files(officer, admin_page)
    return {
        "pages": {name: round(weight, 2) for name, weight in weights.items()},
        "first_load": weights["masuk"] + weights["daftar warga"] + sum(ours.values()),
        "requests": 2 + len(ours),
        "admin_first_load": desk.packed(admin_page) / 1024 + sum(admin.values()),
        "admin_requests": 1 + len(admin),
    }


def _files(client: Client, html: bytes) -> dict[str, float]:
    """Each file that a page names, in KB after gzip."""
    named = set(NAMED.findall(html.decode()))
    return {path: desk.packed(b"".join(client.get(path))) / 1024 for path in sorted(named)}

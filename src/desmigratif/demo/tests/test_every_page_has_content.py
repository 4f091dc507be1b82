"""Whoever signs in to the demo finds work on every page: no empty list, no broken link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from desmigratif.access.models import User
from desmigratif.demo import build, world
from desmigratif.regions.models import Region

FILES = (".pdf", ".xlsx", ".csv", ".json", ".txt", ".js", ".svg")
OUTSIDE = ("/static/", "/akun/", "/v/", "/publik/", "/wilayah/")  # not of the village's own work
MOST = 130  # pages of one role
# Empty by nature: a search before anything is typed, a device without unsent notes, nobody who lost a second factor,
# no worry about a child that names oneself.
MAY_BE_EMPTY = {"/cari/", "/lapangan/coba/", "/akun-desa/pengaman/", "/rumah-belajar/khawatir/"}
NOTHING_WAITS = "/laporan/?lihat=menunggu"  # reports that wait for oneself
NOTHING_DUE = "/pinjaman/setoran/"  # a meeting's sheet, on a day on which nobody owes an instalment
REGION_OF = re.compile(r"/kokpit/([\d.]+)/")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
VILLAGES = (world.KURIPAN, world.GARUNG)  # of one regency, and people move between them
# Lists on which something must wait, whatever else the links lead to.
WORK = {
    "/?", "/warga/?", "/warga/kembar/?", "/warga/pindahan/?", "/warga/impor/?", "/perlu-diputuskan/?",
    "/pelayanan/rencana/?", "/surat/?", "/serah-terima/?", "/minggu-pertama/?",
    "/pelayanan/rencana/<id>/dokumen/?", "/pelayanan/rencana/<id>/dokumen/<paper>/salinan/?", "/warga/titipan/?",
}  # fmt: skip
# What a page holds is the same with every database; PostgreSQL, which cannot look into one transaction, plans it badly.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_every_role_of_the_demo_finds_content_on_every_page(
    places: None, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    monkeypatch.setattr(build, "VILLAGES", tuple(replace(plan, household_count=90) for plan in VILLAGES))
    build.build(now=now)
    visited, troubles = set(), []
    with time_machine.travel(now, tick=False):
        for sign_in in one_of_each_role():
            for address, page in pages_of(signed_in(sign_in.username)):
                visited.add(kind_of(address))
                troubles += [f"{sign_in.username} {address}: {trouble}" for trouble in troubles_of(address, page)]
    assert "\n".join(troubles) == ""
    assert visited >= WORK


def one_of_each_role() -> list[world.SignIn]:
    """The first sign-in of each role, and the new officer."""
    roles: dict[str, world.SignIn] = {}
    for sign_in in world.SIGN_INS:
        roles.setdefault(sign_in.role, sign_in)
    return [*roles.values(), next(one for one in world.SIGN_INS if one.username == "petugas.baru")]


def signed_in(username: str) -> Client:
    client = Client(raise_request_exception=False)
    user = User.objects.get(username=username)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def troubles_of(address: str, page: HttpResponse) -> Iterator[str]:
    if page.status_code != 200:
        yield f"status {page.status_code}"
    elif 'class="empty"' in text_of(page) and not may_be_empty(address):
        yield "empty"


def may_be_empty(address: str) -> bool:
    path = urlsplit(address).path
    return path in MAY_BE_EMPTY or path.endswith(NOTHING_DUE) or address == NOTHING_WAITS


def pages_of(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Every kind of page that links lead to, beginning at the first."""
    queue, kinds = ["/"], set()
    while queue and len(kinds) < MOST:
        address = queue.pop(0)
        if kind_of(address) in kinds:
            continue
        kinds.add(kind_of(address))
        page = client.get(address, follow=True)
        yield address, page
        found = (urldefrag(urljoin(address, link.replace("&amp;", "&"))).url for link in LINK.findall(text_of(page)))
        queue += [link for link in found if is_ours(link)]


def text_of(page: HttpResponse) -> str:
    return page.content.decode() if page["Content-Type"].startswith("text/html") else ""


def is_ours(link: str) -> bool:
    parts = urlsplit(link)
    if parts.netloc or parts.path.endswith(FILES) or parts.path.startswith(OUTSIDE):
        return False
    region = REGION_OF.match(parts.path)
    return region is None or Region.objects.filter(code=region[1]).exists()  # a test knows a few regions only


def kind_of(address: str) -> str:
    """/warga/keluarga/<id>/ for every family, one page for all papers; a query counts by its names."""
    parts = urlsplit(address)
    path = "/".join("<id>" if part.count("-") == 4 else part for part in parts.path.split("/"))
    path = re.sub(r"/dokumen/\w+/", "/dokumen/<paper>/", path)
    path = REGION_OF.sub(lambda region: f"/kokpit/<{region[1].count('.') + 1}>/", path)
    path = re.sub(r"/negara/[A-Z]{3}", "/negara/<country>", path)
    return path + "?" + "&".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))

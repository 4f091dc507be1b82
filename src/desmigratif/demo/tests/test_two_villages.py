"""Two villages of the demo, made once: whoever signs in finds work on every page (no empty list, no broken link),
facts come to what the records say, and candidates have their papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from desmigratif.access.models import User
from desmigratif.audit.models import FactDelta
from desmigratif.cases.models import Paper
from desmigratif.demo import build, world
from desmigratif.demo.centre.papers import SAID, TOLD
from desmigratif.demo.programme.villages import PEERS
from desmigratif.documents.models import Attachment
from desmigratif.indicators.recounts.agreeing import disagreements, recounted
from desmigratif.indicators.recounts.reckoning import differences
from desmigratif.indicators.rules.definitions import indicators
from desmigratif.people.queries.envelopes import identities_from, opened_with
from desmigratif.regions.models import Region
from desmigratif.regions.testing import SAMPLE, load_sample

NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
FILES = (".pdf", ".xlsx", ".csv", ".json", ".txt", ".js", ".svg")
OUTSIDE = ("/static/", "/akun/", "/v/", "/publik/", "/wilayah/")  # not of the village's own work
MOST = 130  # pages of one role
# Empty by nature: a search before anything is typed, a device without unsent notes, nobody who lost a second factor,
# no worry about a child that names oneself.
MAY_BE_EMPTY = {"/cari/", "/lapangan/coba/", "/lapangan/lembar/", "/akun-desa/pengaman/", "/rumah-belajar/khawatir/"}
NOTHING_WAITS = "/laporan/?lihat=menunggu"  # reports that wait for oneself
NOTHING_DUE = "/pinjaman/setoran/"  # a meeting's sheet, on a day on which nobody owes an instalment
REGION_OF = re.compile(r"/kokpit/([\d.]+)/")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
# Of one regency, and people move between them; one has groups and a centre, one closed years of a cooperative.
VILLAGES = (world.KURIPAN, world.GARUNG)
# Lists on which something must wait, whatever else the links lead to.
WORK = {
    "/?", "/warga/?", "/warga/kembar/?", "/warga/pindahan/?", "/warga/impor/?", "/perlu-diputuskan/?",
    "/pelayanan/rencana/?", "/surat/?", "/serah-terima/?", "/minggu-pertama/?",
    "/pelayanan/rencana/<id>/dokumen/?", "/pelayanan/rencana/<id>/dokumen/<paper>/salinan/?", "/warga/titipan/?",
}  # fmt: skip
# The demo is sixty days of a service centre: who left then was no loss, no complaint came to an end.
NOT_COUNTED_HERE = {"F5"}  # reports lie above the indicators and prove it themselves
NOT_IN_SIXTY_DAYS = {"A11", "A12", "A13", "A16", "A17", "B4", "B7", "F4", "F7"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In a transaction that is never committed; what a test changes is undone."""
    everything = transaction.atomic()
    everything._from_testcase = True  # type: ignore[attr-defined]  units of work may begin inside
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, everything:
        load_sample((*SAMPLE, world.CAMPLONG.code, *(code for code, *_told in PEERS)))
        patch.setattr(build, "VILLAGES", tuple(replace(plan, household_count=90) for plan in VILLAGES))
        build.build(now=NOW)
        yield
        transaction.set_rollback(True)


# What a page holds is the same with every database; PostgreSQL, which cannot look into one transaction, plans it badly.
@pytest.mark.sqlite
def test_every_role_of_the_demo_finds_content_on_every_page(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    visited, troubles = set(), []
    with time_machine.travel(NOW, tick=False):
        for sign_in in one_of_each_role():
            for address, page in pages_of(signed_in(sign_in.username)):
                visited.add(kind_of(address))
                troubles += [f"{sign_in.username} {address}: {trouble}" for trouble in troubles_of(address, page)]
    assert "\n".join(troubles) == ""
    assert visited >= WORK


def test_the_facts_are_what_the_records_say_cell_by_cell() -> None:
    """The oracle of every indicator that is fed."""
    today = date(2026, 11, 23)
    codes = sorted(set(FactDelta.objects.values_list("village_code", flat=True)))

    assert "\n".join(disagreements(codes, today)) == ""
    assert [differences(plan.code, today) for plan in VILLAGES] == [[], []]
    told = {code for _village, _month, code in recounted(codes, today)}
    fed = {one.code for one in indicators() if one.fed}
    assert fed - told - NOT_IN_SIXTY_DAYS - NOT_COUNTED_HERE == set()

    fact = FactDelta.objects.filter(code="D2").first()
    assert fact is not None
    FactDelta.objects.filter(id=fact.id).update(numerator=fact.numerator + 1)
    assert [line.split()[0] for line in disagreements(codes, today)] == ["D2"]


def test_candidates_have_papers_and_the_coordinator_finds_a_note() -> None:
    papers = Paper.objects.in_village(world.GARUNG.code)
    assert papers.count() == sum(len(one) for one in TOLD)
    copied = sum(told.copied for one in TOLD for told in one)
    kept = Attachment.objects.in_village(world.GARUNG.code)
    assert papers.filter(copy__isnull=False).count() == kept.count() == copied
    regency = world.GARUNG.code[:5]
    found = opened_with(regency, identities_from(regency, world.ENVELOPE_PASSPHRASE))
    assert SAID in {note.text for note in found.notes}
    assert any(note.flags for note in found.notes)
    assert (found.empty > len(found.notes), found.closed) == (True, 0)


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

"""An operator's own boundaries: taken whole by our codes, refused in one sentence, nobody else's business."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desmigratif.access.actor import operator, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event
from desmigratif.config.cli import boundaries as command
from desmigratif.config.cli.parser import WrongUse, build_parser
from desmigratif.indicators.cockpit.board import place_of
from desmigratif.indicators.maps.boundaries import load_file
from desmigratif.indicators.models import Boundary, FormerBoundary
from desmigratif.indicators.rules.maps import boundaries
from desmigratif.indicators.tests.test_map_rules import geojson
from desmigratif.indicators.views.cockpit_map import map_image
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
PATH = "M9600 3000l40 0 0 40-40 0z"


def given(*codes: str, region: str = "ID", path: str = PATH) -> dict[str, Any]:
    shapes = [{"code": code, "path": path} for code in codes]
    return {"load_id": new_id(), "region_code": region, "source": "Peta contoh", "shapes": shapes}


def test_shapes_are_kept_replace_those_of_their_level_and_stand_on_the_map(now: datetime) -> None:
    for content in (geojson("33", "32"), geojson("33.07", "32.12"), geojson("33.07")):
        report = load_file(content, source="Peta contoh", by=operator(), now=now, commit=True)
        assert (report.loaded, report.reasons) == (True, ())

    assert set(Boundary.objects.values_list("region_code", flat=True)) == {"33", "32", "33.07"}
    event = Event.objects.filter(event="boundaries.loaded").latest("at", "audit_no")
    assert (event.details["shapes"], event.details["source"]) == (1, "Peta contoh")
    for region, path in (("ID", "32"), ("33", "33.07")):
        drawn = map_image(place_of(operator(), region), now.date()).content.decode()
        assert Boundary.objects.get(region_code=path).path in drawn
        assert 'fill="#e3e8e6"' not in drawn, "their shapes stand for our coasts"


def test_a_file_that_is_only_looked_at_or_has_other_codes_writes_nothing(now: datetime) -> None:
    looked = load_file(geojson("33.07"), source="Peta contoh", by=operator(), now=now)
    refused = load_file(geojson("33.07", "33.99"), source="Peta contoh", by=operator(), now=now, commit=True)

    assert (looked.shapes, looked.loaded) == (1, False)
    assert [one.text for one in refused.reasons] == [
        "Berkas ini memakai kode yang tidak dikenal (33.99). Pakai kode Kemendagri, misalnya 33.07."
    ]
    assert not Boundary.objects.exists()


def test_a_stranger_loads_no_boundaries_and_nobody_loads_those_of_others(now: datetime) -> None:
    stranger = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))
    with pytest.raises(Refusal, match="not_found"):
        do(stranger, "indicators.load_boundaries", given("33.07", region="33.07"), now=now, act_id=new_id())

    keeper = person(new_id(), "Pengelola", ("administrator", "33"))
    with pytest.raises(Refusal, match="not_found"):
        do(keeper, "indicators.load_boundaries", given("33.07"), now=now, act_id=new_id())
    with pytest.raises(Refusal, match="other_region"):
        do(keeper, "indicators.load_boundaries", given("32.12", region="33"), now=now, act_id=new_id())
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    "wrong", [given("33.99"), given("33", "33.07"), given("33.07", "33.07"), given("33", path='M0 0"/><script>')]
)
def test_the_door_takes_nothing_but_paths_of_our_codes(now: datetime, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        do(operator(), "indicators.load_boundaries", wrong, now=now, act_id=new_id())
    assert not Boundary.objects.exists()


def test_the_command_says_what_it_found_and_keeps_it_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(geojson("33.07", "32.12"))

    def run(*words: str, path: Path = file) -> tuple[int, str]:
        parsed = build_parser().parse_args(["load-boundaries", str(path), "--source", "Peta contoh", *words])
        return command.run(parsed), capsys.readouterr().out

    assert run() == (0, "2 wilayah terbaca, belum disimpan. Untuk menyimpan, tambahkan --commit.\n")
    assert run("--commit") == (0, "2 wilayah tersimpan. Peta kokpit memakainya mulai sekarang.\n")
    file.write_bytes(geojson("33.99"))
    code, said = run("--commit", "--json")
    assert (code, json.loads(said)["errors"][0]["code"]) == (1, "unknown_codes")
    assert Boundary.objects.count() == 2
    with pytest.raises(WrongUse):
        run(path=tmp_path / "tidak-ada.geojson")


# --- the page ----------------------------------------------------------------------------------------

PAGE = "/ukuran/batas/"


def keeper(region: str, now: datetime) -> Client:
    user = User.objects.create(id=new_id(), username=f"pengelola.{region}", name="Pengelola")
    since = now.date() - timedelta(days=9)
    Grant.objects.create(id=new_id(), user=user, role="administrator", region_code=region, valid_from=since)
    return signed_in_browser(user)


def sent(client: Client, content: bytes, name: str = "batas.geojson") -> Any:
    return client.post(PAGE, {"source": "Bappeda 2026", "file": SimpleUploadedFile(name, content)}, follow=True)


def pressed(client: Client, address: str, step: str, **more: Any) -> str:
    return client.post(address, {"act_id": str(new_id()), "step": step, **more}, follow=True).content.decode()


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def test_an_operator_tries_a_file_keeps_it_and_puts_the_one_before_back(now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        client = keeper("ID", now)
        assert "Batas wilayah di peta" in client.get("/daftar/").content.decode()
        tried = sent(client, geojson("33.07"))
        said, address = tried.content.decode(), tried.redirect_chain[-1][0]
        assert "1 dari" in said and "Belum ada yang ditulis" in said and not Boundary.objects.exists()

        assert "Batas tersimpan" in pressed(client, address, "keep")
        assert "sudah tidak disimpan lagi" in pressed(client, address, "keep")
        pressed(client, sent(client, geojson("33.07", "32.12")).redirect_chain[-1][0], "keep")
        assert set(Boundary.objects.values_list("pk", flat=True)) == {"33.07", "32.12"}
        page = pressed(client, PAGE, "restore", level=2)

    assert "Batas sebelumnya dipasang lagi" in page and "1 bentuk dari Bappeda 2026" in page
    assert (Boundary.objects.get().pk, FormerBoundary.objects.count()) == ("33.07", 2)
    assert Event.objects.filter(event="boundaries.restored").count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "bukan GeoJSON"),
        (b" \n", "Berkas ini kosong"),
        (geojson("33.07", "33.98", "33.99"), "kode yang tidak dikenal (33.98, 33.99)"),
        (geojson("33", "33.07"), "mencampur provinsi dan kabupaten"),
        (geojson("32.12"), "di luar wewenang Anda (32.12)"),
        (geojson("33.07").replace(b"109", b"1" + b"0" * 400), "tidak terbaca atau di luar Indonesia"),
        (b" " * 10_000_001, "lebih dari 10 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_why_in_one_sentence(now: datetime, content: bytes, sentence: str) -> None:
    with time_machine.travel(now, tick=False):
        page = sent(keeper("33", now), content).content.decode()

    assert sentence in page and "Bappeda 2026" in page
    assert not Boundary.objects.exists()


def test_points_without_end_are_refused_before_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "MOST_POINTS", 5)

    (reason,) = boundaries.read_boundaries(geojson("33.07", "33.08"), {"33.07", "33.08"}).reasons
    assert "titik" in reason.text


def test_a_village_s_keeper_is_told_who_loads_boundaries_and_another_s_file_is_not_shown(now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        village, other = keeper("33.07.10.2004", now), keeper("ID", now)
        assert "oleh pengelolanya" in village.get(PAGE).content.decode()
        address = sent(other, geojson("33.07")).redirect_chain[-1][0]
        assert "sudah tidak disimpan lagi" in pressed(keeper("33", now), address, "keep")
    assert not Boundary.objects.exists()


def test_a_stranger_restores_nothing_and_where_nothing_stood_nothing_comes_back(now: datetime) -> None:
    given = {"restore_id": new_id(), "region_code": "33", "level": 2}
    for by, code in ((person(new_id(), "Analis", ("ministry_analyst", "ID")), "not_found"),
                     (person(new_id(), "Pengelola", ("administrator", "32")), "not_found"),
                     (operator(), "nothing_to_restore")):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            do(by, "indicators.restore_boundaries", given, now=now, act_id=new_id())

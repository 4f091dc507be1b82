"""The page of the analyst's desk: the address is the table, every reader reads with their own eyes."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import signed_in_browser
from desmigratif.analysis.models import SavedPivot
from desmigratif.analysis.reading import Reader
from desmigratif.analysis.rules.state import pivot_from
from desmigratif.analysis.tests.conftest import GARUNG, KURIPAN, WONOSOBO, user
from desmigratif.indicators.models import Target
from desmigratif.indicators.queries.figures import readings
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

pytestmark = pytest.mark.django_db
YEARS = "dari=2025-01&sampai=2026-10&tiap=tahun"
MONTHS = "dari=2026-07&sampai=2026-10&tiap=bulan"


@pytest.fixture
def analyst(facts: None, now: datetime) -> Client:
    return signed_in_browser(user("ministry_analyst", "ID", now))


@pytest.fixture
def coordinator(facts: None, now: datetime) -> Client:
    return signed_in_browser(user("regency_coordinator", WONOSOBO, now))


def table(client: Client, query: str) -> dict[str, list[str]]:
    """Head of a row -> its cells, the whole last."""
    shown = client.get(f"/analisis/?{query}").context
    lines = [line for group in shown["groups"] for line in group["lines"]] + ([shown["foot"]] if shown["foot"] else [])
    return {line["label"]: line["cells"] for line in lines}


def said(client: Client, query: str) -> str:
    """What the page says against a wish; no table stands there, and the form does."""
    page = client.get(f"/analisis/?{query}")
    assert page.status_code == 200 and "table" not in page.context
    assert page.context["builder"] is not None
    return page.content.decode()


def test_a_region_and_its_parts_by_year_to_who_works_there(coordinator: Client) -> None:
    rows = table(coordinator, f"wilayah={WONOSOBO}&jenjang=4&{YEARS}")

    kuripan, garung = (name for name in rows if name.startswith("Desa"))
    if "Garung" in kuripan:
        kuripan, garung = garung, kuripan
    assert rows[kuripan] == ["50%", "83%", "60%"]
    assert rows[garung] == ["–", "50%", "50%"]
    assert rows["Semuanya"] == ["50%", "80%", "60%"]


def test_to_an_analyst_what_shows_few_people_is_closed_with_what_gives_it_away(analyst: Client) -> None:
    rows = table(analyst, f"wilayah={WONOSOBO}&jenjang=4&{YEARS}")

    assert [cells[1] for cells in rows.values()] == [
        "ditutup",
        "ditutup",
        "80%",
    ]  # Garung's two, and Kuripan to cover it
    page = analyst.get(f"/analisis/?wilayah={WONOSOBO}&jenjang=4&{YEARS}").content.decode()
    assert "terlalu sedikit" in page


def test_a_year_is_closed_by_months_as_soon_as_one_month_is_small(analyst: Client, coordinator: Client) -> None:
    query = f"wilayah={WONOSOBO}&baris=masa&kolom=&ukuran=A1&{MONTHS}"

    assert [cells[0] for cells in table(coordinator, query).values()] == ["–", "12", "3", "–", "15"]
    assert {cells[0] for cells in table(analyst, query).values()} == {"ditutup"}
    by_year = table(analyst, f"wilayah={WONOSOBO}&baris=masa&kolom=&ukuran=A1&{YEARS}")
    assert by_year["2026 (berjalan)"] == ["ditutup"]  # tomorrow's less today's would be one month again


def test_the_same_address_shows_a_coordinator_their_own_and_of_others_what_is_not_small(
    analyst: Client, coordinator: Client
) -> None:
    query = f"wilayah=ID&jenjang=2&{YEARS}"
    theirs, own = table(analyst, query), table(coordinator, query)

    assert own.keys() == theirs.keys() and own["Kabupaten Indramayu"] == theirs["Kabupaten Indramayu"]
    assert own["Kabupaten Wonosobo"] == ["50%", "80%", "60%"]
    assert "33.07" in coordinator.get(f"/analisis/?{query}").content.decode()
    villages = table(coordinator, f"wilayah=33.07.10&{YEARS}")
    assert [name for name in villages if name.startswith("Desa Kuripan")]
    assert "bukan wewenang Anda" in said(coordinator, "wilayah=32.12.16")


@pytest.mark.parametrize("role", ["ministry_analyst", "regency_coordinator", "tutor"])
def test_the_cockpit_closes_what_the_pivot_closes(facts: None, now: datetime, role: str) -> None:
    home = {"ministry_analyst": "ID", "regency_coordinator": WONOSOBO, "tutor": KURIPAN}[role]
    by = person(new_id(), "Seseorang", (role, home))
    regions = ["ID", "33", WONOSOBO, "33.07.10", KURIPAN, GARUNG, "32.12"]
    for query, every in ((YEARS, "year"), (MONTHS, "month")):
        pivot, _reasons = pivot_from(f"ukuran=A1,A5&baris=ukuran&{query}", home="ID", today=now.date(), programmes=())
        cells, _before = Reader(by, pivot, now.date()).regions({one: one for one in regions})
        for place, period in enumerate(pivot.periods):
            assert period.every == every
            for region in regions:  # each on a page of its own
                seen = readings(by, regions=[region], codes=["A1", "A5"], period=period, today=now.date())
                assert {key: one.hidden for key, one in seen.items()} == {
                    (region, code): cells[region, code][place].closed for code in ("A1", "A5")
                }


def test_groups_of_villages_hold_each_village_once(coordinator: Client, analyst: Client) -> None:
    rows = table(coordinator, f"wilayah={WONOSOBO}&baris=program&{YEARS}")

    assert rows == {
        "Desmigratif": ["–", "50%", "50%"], "Desmigratif dan Desa Migran EMAS": ["50%", "83%", "60%"],
        "Semuanya": ["50%", "80%", "60%"],
    }  # fmt: skip
    assert list(table(coordinator, f"wilayah={WONOSOBO}&baris=dampingan&{YEARS}")) == ["Tahun ke-2", "Semuanya"]
    assert "Tahun ke-2, sedikit warga di luar negeri" in table(coordinator, f"wilayah={WONOSOBO}&baris=serupa&{YEARS}")
    filtered = table(coordinator, f"wilayah={WONOSOBO}&jenjang=4&program=emas&{YEARS}")
    assert filtered["Semuanya"] == ["50%", "83%", "60%"]
    assert "bisa menunjuk orang" in said(analyst, f"wilayah={WONOSOBO}&baris=program&{YEARS}")
    assert table(analyst, f"wilayah=ID&baris=program&{YEARS}")["Desmigratif"] == ["–", "ditutup", "ditutup"]


def test_change_target_and_missing_villages(coordinator: Client) -> None:
    here = f"wilayah={WONOSOBO}&{YEARS}"
    Target.objects.create(id=new_id(), region_code=WONOSOBO, code="A5", year=2026, value=80, source="RKPD")

    assert table(coordinator, f"{here}&nilai=beda")["Semuanya"] == ["–", "+30 poin"]
    assert table(coordinator, f"{here}&nilai=target")["Semuanya"] == ["–", "100%"]
    assert table(coordinator, f"{here}&nilai=kosong")["Semuanya"] == ["1", "0"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("wilayah=99.99", "Tidak ada wilayah dengan kode ini"),
        ("ukuran=X1", "kode ukuran yang tidak dikenal"),
        ("sampai=2026-11", "November 2026 belum selesai"),
        ("dari=2026-09&sampai=2026-08", "sesudah bulan akhir"),
        ("wilayah=ID&jenjang=4", "pilih Provinsi atau Kabupaten/kota"),
        (f"wilayah={KURIPAN}&baris=wilayah", "Di bawah desa tidak ada wilayah lagi"),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_in_one_sentence_and_kept(
    coordinator: Client, query: str, sentence: str
) -> None:
    page = said(coordinator, query)

    assert sentence in page
    for pair in query.split("&"):
        name, value = pair.split("=")
        assert name == "ukuran" or f'value="{value}"' in page


def test_the_page_is_light_and_asks_little(coordinator: Client, analyst: Client) -> None:
    heaviest = (
        (coordinator, f"wilayah={WONOSOBO}&jenjang=4&{MONTHS}"),
        (analyst, f"wilayah=ID&jenjang=2&{YEARS}"),
        (analyst, f"ukuran=A,B,C,D,E,F&baris=ukuran&wilayah=ID&{YEARS}"),
        (analyst, f"ukuran=A,B,C,D,E,F&baris=ukuran&wilayah=ID&{YEARS}&gambar=batang"),
    )
    for client, query in heaviest:
        client.get("/analisis/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/analisis/?{query}")
        assert len(asked) <= 20, [one["sql"][:90] for one in asked]
        assert len(gzip.compress(page.content)) / 1024 < 7.5


def test_the_nation_alone_is_read_without_its_villages(ministry: Actor, facts: None, now: datetime) -> None:
    pivot, _reasons = pivot_from("ukuran=A&baris=ukuran&wilayah=ID", home="ID", today=now.date(), programmes=())

    sight = Reader(ministry, pivot, now.date()).sight
    assert sight.around(["ID"], 0) == ["ID"]
    assert sight.around([WONOSOBO, "33.07.10"], 3) == [
        "ID", "32", "33", "33.07", "33.07.10", "33.07.12", "53",
    ]  # fmt: skip


def test_a_ministry_opens_its_desk_on_figures_and_each_leads_to_its_regions(analyst: Client, facts: None) -> None:
    shown = analyst.get("/analisis/").context
    lines = {one["label"][:2]: one for group in shown["groups"] for one in group["lines"]}

    assert any(cell not in ("ditutup", "–") for cell in lines["A1"]["cells"]), lines["A1"]
    assert "ukuran=A5&" in lines["A5"]["url"] and "baris=wilayah" in lines["A5"]["url"]
    assert analyst.get(lines["A5"]["url"]).context["table"].lines


def test_a_click_makes_the_row_the_region_and_a_village_opens_by_indicator(coordinator: Client) -> None:
    shown = coordinator.get(f"/analisis/?wilayah={WONOSOBO}&{YEARS}").context
    district = next(one["url"] for one in shown["groups"][0]["lines"] if "Watumalang" in one["label"])
    village = coordinator.get(district).context["groups"][0]["lines"][0]["url"]

    assert "wilayah=33.07.10&" in district and "baris=wilayah" in district
    assert "baris=ukuran" in village and coordinator.get(village).context["table"].lines


def test_files_say_where_they_came_from_and_close_what_the_page_closes(analyst: Client) -> None:
    answer = analyst.get(f"/analisis/?wilayah={WONOSOBO}&jenjang=4&{YEARS}&berkas=tabel.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["kode_baris"] for row in rows if row["ditutup"] == "1"].count(GARUNG) >= 1
    assert all(not row["bagian"] and not row["angka"] for row in rows if row["ditutup"] == "1")
    assert rows[0]["alamat"].startswith("http://testserver/analisis/?ukuran=A5&wilayah=33.07&")
    assert analyst.get(f"/analisis/?{YEARS}&berkas=tabel.xlsx").content[:2] == b"PK"


def test_the_address_asks_for_a_picture_that_says_what_the_table_says(analyst: Client) -> None:
    page = analyst.get(f"/analisis/?wilayah={WONOSOBO}&jenjang=4&{YEARS}&gambar=batang")

    bars = [bar for panel in page.context["picture"].panels for bar in panel.bars]
    cells = [cell for line in page.context["groups"][0]["lines"] for cell in line["cells"][:-1]]
    assert [bar.text for bar in bars] == cells and "closed" in {bar.state for bar in bars}
    assert "<desc" in page.content.decode() and "Arsir: ditutup" in page.content.decode()
    assert analyst.get(f"/analisis/?wilayah={WONOSOBO}&{YEARS}").context["picture"] is None


# --- what is kept ------------------------------------------------------------------------------------


def keep(client: Client, query: str, title: str) -> Any:
    form = client.get(f"/analisis/?{query}").context["form"]
    ids = {name: form[name].value() for name in ("act_id", "record_id")}
    return client.post(f"/analisis/?{query}", {**ids, "title": title}, follow=True)


def step(client: Client, pivot: SavedPivot, name: str, **more: str) -> str:
    form = {"act_id": str(new_id()), "step": name, **more}
    return client.post(f"/analisis/{pivot.id}/", form, follow=True).content.decode()


def test_a_pivot_is_kept_shared_renamed_and_thrown_away(analyst: Client, now: datetime) -> None:
    page = keep(analyst, f"wilayah=ID&{YEARS}", "Prosedur per provinsi").content.decode()
    assert "Tabel disimpan" in page and "Prosedur per provinsi" in page
    kept = SavedPivot.objects.get()
    colleague = signed_in_browser(user("auditor", "ID", now))
    regency = signed_in_browser(user("regency_coordinator", "32.12", now))
    assert colleague.get(f"/analisis/{kept.id}/").status_code == 404

    assert "terlihat oleh kantor Anda" in step(analyst, kept, "share")
    assert "Prosedur per provinsi" in colleague.get("/analisis/").content.decode()
    assert colleague.get(f"/analisis/{kept.id}/").context["table"].lines
    assert regency.get(f"/analisis/{kept.id}/").status_code == 404
    assert colleague.post(f"/analisis/{kept.id}/", {"act_id": new_id(), "step": "delete"}).status_code == 404
    assert "sudah diganti" in step(analyst, kept, "rename", title="Menurut provinsi")
    assert "hanya terlihat oleh Anda" in step(analyst, kept, "unshare")
    assert "Tabel dihapus" in step(analyst, kept, "delete")
    assert not SavedPivot.objects.exists()


def test_a_name_that_is_taken_is_told_and_the_table_stays(analyst: Client) -> None:
    keep(analyst, YEARS, "Prosedur")
    page = keep(analyst, YEARS, "Prosedur")

    assert "sudah punya tabel dengan nama ini" in page.content.decode() and page.context["table"]
    assert "tiga huruf" in step(analyst, SavedPivot.objects.get(), "rename", title="a  ")


def saved(by: Actor, now: datetime, **given: Any) -> UUID:
    id = new_id()
    do(by, "analysis.save_pivot", {"pivot_id": id, "title": "Tabel", "query": f"wilayah=ID&{YEARS}", **given},
       now=now, act_id=new_id())  # fmt: skip
    return id


def test_nonsense_is_not_kept_and_nobody_keeps_more_than_twenty(ministry: Actor, now: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        saved(ministry, now, query="ukuran=Z9")
    assert refusal.value.reasons[0].code == "unknown_indicator"
    for number in range(20):
        saved(ministry, now, title=f"Tabel {number}")
    with pytest.raises(Refusal) as refusal:
        saved(ministry, now)
    assert refusal.value.reasons[0].code == "too_many"


def test_a_stranger_has_no_part_in_it(ministry: Actor, stranger: Actor, now: datetime) -> None:
    id = saved(ministry, now)
    nobody = person(new_id(), "Petugas data", ("data_protection_officer", "ID"))
    given: dict[str, dict[str, Any]] = {
        "analysis.rename_pivot": {"pivot_id": id, "title": "Punya saya"},
        "analysis.share_pivot": {"pivot_id": id, "is_shared": True},
        "analysis.delete_pivot": {"pivot_id": id},
    }
    acts = [(stranger, name, payload) for name, payload in given.items()]
    acts.append((nobody, "analysis.save_pivot", {"pivot_id": new_id(), "title": "Tabel", "query": YEARS}))
    for by, name, payload in acts:
        with pytest.raises(Refusal) as refusal:
            do(by, name, payload, now=now, act_id=new_id())
        assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    kept = SavedPivot.objects.get()
    assert (kept.title, kept.is_shared) == ("Tabel", False)

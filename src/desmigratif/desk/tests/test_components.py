"""The building blocks of every screen: they say things by icon and word, escape what they show, and link errors."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from desmigratif.desk.views.samples import sample_context

REPOSITORY = Path(__file__).resolve().parents[4]
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def render(source: str, **context: Any) -> str:
    return Template("{% load desk_ui desk_forms %}" + source).render(Context(context))


@pytest.fixture(scope="module")
def gallery() -> str:
    return render_to_string("desk/components.html", sample_context(), RequestFactory().get("/komponen/"))


def test_every_state_is_an_icon_and_a_word() -> None:
    for name, word in [
        ("aman", "Aman"),
        ("cek", "Perlu dicek"),
        ("henti", "Berhenti"),
        ("tidaktahu", "Tidak diketahui"),
    ]:
        shown = render("{% state name %}", name=name)
        assert f"is-{name}" in shown
        assert "<svg" in shown
        assert word in shown


def test_levels_of_the_offer_check_speak_the_same_four_states() -> None:
    shown = [render("{{ level|state_word }}", level=level) for level in ("clear", "advise", "hold", "stop", "strange")]
    assert shown == ["Aman", "Perlu dicek", "Perlu dicek", "Berhenti", "Tidak diketahui"]


def test_what_people_wrote_is_escaped_in_every_building_block() -> None:
    evil = "<b onmouseover=alert(1)>Siti</b>"
    for source in (
        "{% state 'aman' evil %}",
        "{% icon 'home' evil %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% card title=evil link=evil link_text=evil %}{{ evil }}{% endcard %}",
        "{% page_head title=evil lead=evil overline=evil %}{{ evil }}{% endpage_head %}",
        "{% empty title=evil example=evil %}{{ evil }}{% endempty %}",
        "{% trail evil evil evil %}",
        "{% progress_bar 1 2 evil %}",
        "{{ evil|highlight:'siti' }}",
        "{{ evil|masked }}",
    ):
        assert "<b on" not in render(source, evil=evil), source


def test_the_found_part_of_a_name_is_marked_whatever_its_case() -> None:
    assert render("{{ name|highlight:'AMI' }}", name="Siti Aminah") == "Siti <mark>Ami</mark>nah"
    assert render("{{ name|highlight:'x' }}", name="Siti Aminah") == "Siti Aminah"


def test_a_masked_number_shows_only_its_end() -> None:
    shown = render("{{ nik|masked }}", nik="3307101205920417")
    assert "0417" in shown
    assert "920417" not in shown
    assert "belum ada" in render("{{ nik|masked }}", nik=None)


def test_dates_and_amounts_are_written_as_indonesians_write_them() -> None:
    moment = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    shown = render(
        "{{ a|money }}|{{ n|count }}|{{ d|day }}|{{ m|moment:7 }}|{{ m|clock:8 }}|{{ x|money }}|{{ x|day }}",
        a=2_500_000, n=83_762, d=date(2026, 8, 17), m=moment, x=None,
    )  # fmt: skip
    assert shown.split("|") == [
        "Rp2.500.000", "83.762", "17 Agustus 2026", "24 November 2026, 14.30 WIB", "15.30", "–", "tidak diketahui",
    ]  # fmt: skip


def test_initials_leave_the_honorific_out() -> None:
    shown = [render("{{ n|initials }}", n=name) for name in ("Ibu Siti Aminah", "Suparno", "Hj. Sri Wahyuni Dewi", "")]
    assert shown == ["SA", "S", "SD", ""]


class Visit(forms.Form):
    name = forms.CharField(label="Nama")
    met_on = forms.DateField(label="Tanggal")
    kind = forms.ChoiceField(label="Apa?", choices=[("a", "Tanya"), ("b", "Surat")], widget=forms.RadioSelect)
    paid_rupiah = forms.CharField(label="Dibayar", required=False)


def test_a_refused_form_lists_its_errors_and_links_each_to_its_field() -> None:
    shown = render("{{ form }}", form=Visit({"met_on": "31-02-2026"}))
    for address in ("#id_name", "#id_met_on", "#id_kind_0"):
        assert f'href="{address}"' in shown
        assert f'id="{address[1:]}"' in shown
    assert 'role="alert"' in shown
    assert 'value="31-02-2026"' in shown


def test_an_input_is_described_by_its_hint_and_its_error() -> None:
    shown = render("{{ form }}", form=Visit({}))
    described = re.search(r'id="id_met_on"[^>]*|<input[^>]*id="id_met_on"[^>]*>', shown)
    assert described
    assert 'aria-describedby="id_met_on_helptext id_met_on_error"' in shown
    assert 'id="id_met_on_helptext"' in shown
    assert 'id="id_met_on_error"' in shown


def test_a_date_is_typed_day_first_and_shown_again_that_way() -> None:
    form = Visit({"name": "S", "met_on": "17-08-2026", "kind": "a"})
    assert form.is_valid()
    assert form.cleaned_data["met_on"] == date(2026, 8, 17)
    assert 'value="17-08-2026"' in render("{{ form }}", form=Visit(initial={"met_on": date(2026, 8, 17)}))


def test_an_amount_of_rupiah_gets_its_sign_and_the_number_keys() -> None:
    shown = render("{{ form.paid_rupiah.as_field_group }}", form=Visit())
    assert ">Rp</span>" in shown
    assert 'inputmode="numeric"' in shown
    assert "(boleh kosong)" in shown


def test_a_forms_words_can_be_replaced_by_the_page() -> None:
    form = Visit()
    form.fields["name"].widget.attrs["placeholder"] = "Username"
    shown = render('{% field form.name label="Nama pengguna" hint="Seperti di kartu" %}', form=form)
    assert "Nama pengguna" in shown
    assert "Seperti di kartu" in shown
    assert "placeholder" not in shown


def test_the_page_of_all_components_has_one_heading_and_unique_ids(gallery: str) -> None:
    assert len(re.findall(r"<h1\b", gallery)) == 1
    ids = re.findall(r'\sid="([^"]+)"', gallery)
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_the_page_of_all_components_weighs_little(gallery: str) -> None:
    assert len(gallery.encode()) < 60_000


def test_scripts_styles_and_icons_of_the_desk_fit_a_slow_line() -> None:
    dist = REPOSITORY / "src" / "desmigratif" / "desk" / "static" / "dist"
    weights = {name: len(gzip.compress((dist / name).read_bytes())) for name in ("desk.js", "desk.css", "icons.svg")}
    assert weights["desk.js"] < 30_000
    assert sum(weights.values()) < 45_000


def test_no_template_holds_inline_code_or_style() -> None:
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    found = [
        str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html") if forbidden.search(file.read_text())
    ]
    assert found == []


def test_every_icon_that_a_template_or_tag_names_is_in_the_sprite() -> None:
    lines = (REPOSITORY / "frontend" / "icons.txt").read_text().splitlines()
    known = {line.strip() for line in lines if line and not line.startswith("#")} | {"mark"}
    named: set[str] = set()
    for file in (REPOSITORY / "src" / "desmigratif").rglob("*.html"):
        named |= set(re.findall(r'\{% icon "([^"]+)"', file.read_text()))
        named |= set(re.findall(r'icon_name="([^"]+)"', file.read_text()))
    assert named - known == set()


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html",
             "desk/storage_full.html", "desk/database_busy.html"],
)  # fmt: skip
def test_a_page_for_trouble_stands_alone_and_says_what_is_safe(name: str) -> None:
    shown = render_to_string(name)
    assert "Yang aman" in shown
    assert "Yang bisa dilakukan" in shown


def test_what_is_not_found_and_what_is_not_ones_own_sound_the_same() -> None:
    assert "Tidak ditemukan atau bukan wewenang Anda." in render_to_string("404.html")

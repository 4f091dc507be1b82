"""Lists drawn in Python say what their rows say, and escape it."""

from __future__ import annotations

from types import SimpleNamespace

from desmigratif.desk.templatetags.row_list import chip_list, menu_list, row_list


def test_a_row_has_a_link_over_it_or_only_words() -> None:
    drawn = row_list(
        [{"title": "Siti", "url": "/a/", "detail": "RT 002", "initials": "Siti Aminah"}, {"title": "Budi"}]
    )

    assert '<a class="cover" href="/a/">Siti</a><span>RT 002</span>' in drawn
    assert '<span class="avatar" aria-hidden="true">SA</span>' in drawn
    assert drawn.count("#chevron-right") == 1
    assert '<li><span class="grow"><b>Budi</b></span></li>' in drawn


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    bad = '<script>"&'
    row = {"title": bad, "url": f"/?q={bad}", "detail": bad, "turn": bad, "states": [{"name": "aman", "label": bad}]}

    drawn = (
        row_list([row])
        + chip_list([{"label": bad, "url": bad}], bad)
        + menu_list([{"label": bad, "url": bad, "icon": "home", "count": bad}])
    )

    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;&quot;&amp;") == 11


def test_objects_are_rows_too_and_nothing_is_an_empty_list() -> None:
    assert "<b>Budi</b>" in row_list([SimpleNamespace(title="Budi", icon="bell", urgent=True)])
    assert row_list(()) == '<ul class="rows"></ul>'


def test_the_chosen_filter_is_marked_and_counts_are_grouped() -> None:
    drawn = chip_list([{"label": "Semua", "url": "/", "current": True, "count": 2500}], "Saring")

    assert 'aria-current="true"' in drawn
    assert '<span class="count">2.500</span>' in drawn
    assert "#check" in drawn

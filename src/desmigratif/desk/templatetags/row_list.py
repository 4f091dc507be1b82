"""Lists drawn in Python: rows (desk/components/rows.html), chips (desk/components/chips.html) and the menu.

They have many lines of many parts each: as template nodes they cost more than all else on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desmigratif.desk.templatetags.desk_ui import count, icon, icon_url, initials, state

register = template.Library()


@register.simple_tag
def row_list(rows: Iterable[Any]) -> SafeString:
    """Rows are dicts or objects with any of turn, initials, icon, urgent, url, title, detail, states."""
    lines = format_html_join("", '<li>{}<span class="grow">{}{}</span>{}{}</li>', map(_row, rows or ()))
    return format_html('<ul class="rows">{}</ul>', lines)


def _row(row: Any) -> tuple[Any, ...]:
    """What stands before the words, the words, what is said below them, the states, the sign of a link."""
    url, title, detail = _of(row, "url"), _of(row, "title"), _of(row, "detail")
    named = format_html('<a class="cover" href="{}">{}</a>', url, title) if url else format_html("<b>{}</b>", title)
    said = format_html("<span>{}</span>", detail) if detail else ""
    return _opening(row), named, said, _states(_of(row, "states")), icon("chevron-right") if url else ""


def _opening(row: Any) -> str:
    """A number in the queue, initials, or a picture."""
    if turn := _of(row, "turn"):
        return format_html('<span class="turn">{}</span>', turn)
    if name := _of(row, "initials"):
        return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials(name))
    if sign := _of(row, "icon"):
        css = "icon urgent" if _of(row, "urgent") else "icon "
        return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, icon_url(sign))
    return ""


def _states(items: Iterable[Any] | None) -> str:
    if not items:
        return ""
    badges = format_html_join("", "{}", ((state(_of(item, "name"), _of(item, "label") or ""),) for item in items))
    return format_html('<span class="row-states">{}</span>', badges)


@register.simple_tag
def chip_list(chips: Iterable[Any], label: str) -> SafeString:
    """Filters as links: url, label, current, icon and count of each."""
    lines = format_html_join("", '<li><a href="{}"{}>{}{}{}</a></li>', map(_chip, chips or ()))
    return format_html('<nav aria-label="{}"><ul class="chips">{}</ul></nav>', label, lines)


def _chip(chip: Any) -> tuple[Any, ...]:
    is_current, number = _of(chip, "current"), _of(chip, "count")
    sign = "check" if is_current else _of(chip, "icon")
    current = format_html(' aria-current="{}"', "true") if is_current else ""
    total = format_html(' <span class="count">{}</span>', count(number)) if number not in (None, "") else ""
    return _of(chip, "url"), current, icon(sign) if sign else "", _of(chip, "label"), total


@register.simple_tag
def menu_list(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines of the main menu: url, label, icon, current, count and, before the first of a group, its name."""
    return format_html_join("", '{}<li><a href="{}"{}>{}{}{}</a></li>', map(_menu_line, items))


def _menu_line(item: Mapping[str, Any]) -> tuple[Any, ...]:
    current = format_html(' aria-current="{}"', "page") if item.get("current") else ""
    number = f" ({item['count']})" if item.get("count") else ""
    group = format_html('<li class="menu-group">{}</li>', item["group"]) if item.get("group") else ""
    sign = icon(item["icon"]) if not item.get("grouped") else ""  # below a heading the words are enough
    return group, item["url"], current, sign, item["label"], number


def _of(row: Any, name: str) -> Any:
    """A part of a row, as a template finds it; empty when there is none."""
    return row.get(name, "") if isinstance(row, dict) else getattr(row, name, "")

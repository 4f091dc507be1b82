"""Lists drawn in Python: rows (desk/components/rows.html), chips (desk/components/chips.html) and the menu.

They have many lines of many parts each: as template nodes they cost more than all else on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe

from desmigratif.desk.templatetags.desk_ui import count, icon, icon_url, initials, state

register = template.Library()


@register.simple_tag
def row_list(rows: Iterable[Any]) -> SafeString:
    """Rows are dicts or objects with any of turn, initials, icon, urgent, url, title, detail, states."""
    lines = "".join(map(_row, rows or ()))
    return mark_safe(f'<ul class="rows">{lines}</ul>')  # noqa: S308  every part is escaped where it is joined


def _row(row: Any) -> str:
    url = escaped(_of(row, "url") or "")
    title = escaped(_of(row, "title"))
    named = f'<a class="cover" href="{url}">{title}</a>' if url else f"<b>{title}</b>"
    detail = _of(row, "detail")
    said = f"<span>{escaped(detail)}</span>" if detail else ""
    end = icon("chevron-right") if url else ""
    return f'<li>{_opening(row)}<span class="grow">{named}{said}</span>{_states(_of(row, "states"))}{end}</li>'


def _opening(row: Any) -> str:
    """What stands before the words: a number in the queue, initials, or a picture."""
    if turn := _of(row, "turn"):
        return f'<span class="turn">{escaped(turn)}</span>'
    if name := _of(row, "initials"):
        return f'<span class="avatar" aria-hidden="true">{escaped(initials(name))}</span>'
    if sign := _of(row, "icon"):
        css = "icon urgent" if _of(row, "urgent") else "icon "
        return f'<svg class="{css}" aria-hidden="true"><use href="{escaped(icon_url(sign))}"/></svg>'
    return ""


def _states(items: Iterable[Any] | None) -> str:
    if not items:
        return ""
    badges = "".join(state(_of(item, "name"), _of(item, "label") or "") for item in items)
    return f'<span class="row-states">{badges}</span>'


@register.simple_tag
def chip_list(chips: Iterable[Any], label: str) -> SafeString:
    """Filters as links: url, label, current, icon and count of each."""
    lines = "".join(map(_chip, chips or ()))
    return mark_safe(f'<nav aria-label="{escaped(label)}"><ul class="chips">{lines}</ul></nav>')  # noqa: S308  escaped


def _chip(chip: Any) -> str:
    is_current, number = _of(chip, "current"), _of(chip, "count")
    current = 'aria-current="true"' if is_current else ""
    sign = "check" if is_current else _of(chip, "icon")
    total = f' <span class="count">{escaped(count(number))}</span>' if number not in (None, "") else ""
    picture = icon(sign) if sign else ""
    words = escaped(_of(chip, "label"))
    return f'<li><a href="{escaped(_of(chip, "url"))}" {current}>{picture}{words}{total}</a></li>'


@register.simple_tag
def menu_list(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines of the main menu: url, label, icon, current and count of each."""
    return mark_safe("".join(map(_menu_line, items)))  # noqa: S308  every part is escaped where it is joined


def _menu_line(item: Mapping[str, Any]) -> str:
    current = 'aria-current="page"' if item.get("current") else ""
    number = f" ({escaped(item['count'])})" if item.get("count") else ""
    return (
        f'<li><a href="{escaped(item["url"])}" {current}>{icon(item["icon"])}{escaped(item["label"])}{number}</a></li>'
    )


def _of(row: Any, name: str) -> Any:
    """A part of a row, as a template finds it; empty when there is none."""
    return row.get(name, "") if isinstance(row, dict) else getattr(row, name, "")

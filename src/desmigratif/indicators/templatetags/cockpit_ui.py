"""A number of the cockpit that opens, drawn in Python: pages have dozens of them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desmigratif.indicators.cockpit.board import Figure
from desmigratif.indicators.cockpit.opened import opened

register = template.Library()


@register.simple_tag
def number(figure: Figure) -> SafeString:
    """The name and the value; opened, what it is of, what is missing, as of when and by which definition."""
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", opened(figure))
    return format_html(
        '<details class="opens"><summary><span>{}</span><b>{}</b></summary><dl class="facts">{}</dl></details>',
        figure.name, figure.value, rows,
    )  # fmt: skip

"""The desk's building blocks for templates: `{% load desk_ui %}`. How to use each: desk/components.html."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.shared import dates, rupiah

register = template.Library()

# state -> (css class, icon, word); the words are those of the glossary
STATES: dict[str, tuple[str, str, Any]] = {
    "aman": ("is-aman", "circle-check", gettext_lazy("Aman")),
    "cek": ("is-cek", "help-circle", gettext_lazy("Perlu dicek")),
    "henti": ("is-henti", "alert-octagon", gettext_lazy("Berhenti")),
    "tidaktahu": ("is-tidaktahu", "circle-minus", gettext_lazy("Tidak diketahui")),
    "info": ("is-info", "info-circle", gettext_lazy("Keterangan")),
    "next": ("is-next", "arrow-right", gettext_lazy("Berikutnya")),
}
# levels of the offer check and of Django's messages speak the same four states
ALIASES = {
    "clear": "aman", "advise": "cek", "hold": "cek", "stop": "henti", "unknown": "tidaktahu",
    "success": "aman", "warning": "cek", "error": "henti", "danger": "henti", "debug": "tidaktahu",
}  # fmt: skip


HONORIFICS = {"Ibu", "Bapak", "Bpk", "Pak", "Bu", "Mbah", "H", "Hj", "Haji", "Hajah"}


def _state(name: str) -> tuple[str, str, Any]:
    return STATES.get(ALIASES.get(name, name), STATES["tidaktahu"])


@register.simple_tag
def icon_url(name: str) -> str:
    """Address of one icon inside the sprite, for an <svg> of one's own."""
    return f"{_sprite()}#{name}"


@cache
def _sprite() -> str:
    """The address of the sprite; it only changes with a new release."""
    return static("dist/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite. Give `label` only where no word stands beside it."""
    return _drawn(name, label)


@lru_cache(maxsize=512)
def _drawn(name: str, label: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {} width="20" height="20"><use href="{}"/></svg>', said, icon_url(name))


@register.simple_tag
def state(name: str, label: str = "") -> SafeString:
    """A badge: icon + word + colour. `name` is aman, cek, henti or tidaktahu; `label` a more telling word."""
    css, sign, word = _state(name)
    return format_html('<span class="state {}">{}{}</span>', css, icon(sign), label or word)


@register.filter
def state_class(name: str) -> str:
    return _state(name)[0]


@register.filter
def state_icon(name: str) -> str:
    return _state(name)[1]


@register.filter
def state_word(name: str) -> str:
    return str(_state(name)[2])


@register.filter
def notice_class(tags: str) -> str:
    """The look of one of Django's messages, by its level tag ("success", "warning", "error", else info)."""
    return _state(tags or "info")[0]


@register.filter
def notice_icon(tags: str) -> str:
    return _state(tags or "info")[1]


# --- blocks with a body ---------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """{% notice kind="cek" title="…" %}…{% endnotice %}: something to know on this page."""
    css, sign, _word = _state(kind)
    head = format_html("<b>{}</b>", title) if title else ""
    return format_html(
        '<div class="notice {}" role="note">{}<div>{}{}</div></div>', css, icon(sign), head, _html(content)
    )


@register.simple_block_tag
def card(content: str, title: str = "", icon_name: str = "", link: str = "", link_text: str = "") -> SafeString:
    """{% card title="Keluarga" icon_name="users" %}…{% endcard %}: one box with a heading."""
    sign = icon(icon_name) if icon_name else ""
    more = format_html('<a href="{}">{}</a>', link, link_text or _("Lihat semua")) if link else ""
    head = format_html('<div class="card-head"><h2>{}{}</h2>{}</div>', sign, title, more) if title else ""
    return format_html('<section class="card">{}{}</section>', head, _html(content))


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "", overline: str = "") -> SafeString:
    """{% page_head title="…" lead="…" %}buttons{% endpage_head %}: the page's only h1."""
    over = format_html('<p class="overline">{}</p>', overline) if overline else ""
    below = format_html('<p class="lead">{}</p>', lead) if lead else ""
    actions = format_html('<div class="btns">{}</div>', _html(content)) if content.strip() else ""
    return format_html('<header class="page-head"><div>{}<h1>{}</h1>{}</div>{}</header>', over, title, below, actions)


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "mood-empty", example: str = "") -> SafeString:
    """{% empty title="…" example="Contoh: …" %}what belongs here, one button{% endempty %}."""
    shown = format_html('<p class="example">{}</p>', example) if example else ""
    return format_html('<div class="empty">{}<h2>{}</h2>{}{}</div>', icon(icon_name), title, _html(content), shown)


def _html(content: str) -> SafeString:
    """The rendered body of a block tag; Django has escaped its variables already."""
    return content if isinstance(content, SafeString) else mark_safe(content)  # noqa: S308


# --- small pieces ---------------------------------------------------------------------------------


@register.simple_tag
def trail(*steps: str) -> SafeString:
    """{% trail "Warga" "/warga/" "Siti" %}: pairs of word and address after the start page; the last is here."""
    words = list(steps)
    here = words.pop() if len(words) % 2 else ""
    pairs = [(_("Meja hari ini"), "/"), *zip(words[::2], words[1::2], strict=True)]
    links = [format_html('<li><a href="{}">{}</a></li>', address, word) for word, address in pairs]
    last = [format_html('<li><span aria-current="page">{}</span></li>', here)] if here else []
    return format_html("<ol>{}</ol>", mark_safe("".join([*links, *last])))  # noqa: S308  made by format_html


@register.simple_tag
def progress_bar(done: int, total: int, label: str) -> SafeString:
    """How far a long job is: the word, the count and the bar."""
    text = _("%(done)s dari %(total)s") % {"done": count(done), "total": count(total)}
    return format_html(
        '<div class="job"><div class="row spread"><b>{}</b><span class="soft">{}</span></div>'
        '<progress value="{}" max="{}" aria-label="{}">{}</progress></div>',
        label, text, done, max(total, 1), label, text,
    )  # fmt: skip


# --- words and figures ----------------------------------------------------------------------------


@register.filter
def money(amount: int | None) -> str:
    """Rp2.500.000; unknown is a dash."""
    return "–" if amount is None else rupiah.format_rupiah(amount)


@register.filter
def in_words(amount: int) -> str:
    """Dua juta lima ratus ribu rupiah."""
    return rupiah.rupiah_in_words(amount)


@register.filter
def count(number: int | str | None) -> str:
    """2.500; unknown is a dash; what is written out already stays."""
    if isinstance(number, str):
        return number
    return "–" if number is None else f"{number:,}".replace(",", ".")


@register.filter
def day(value: date | None) -> str:
    """17 Agustus 2026; unknown says so."""
    return _("tidak diketahui") if value is None else dates.format_date(value)


@register.filter
def moment(value: datetime | None, utc_offset_hours: int = 7) -> str:
    """17 Agustus 2026, 14.30 WIB."""
    return "–" if value is None else dates.format_moment(value, utc_offset_hours)


@register.filter
def clock(value: datetime | None, utc_offset_hours: int = 7) -> str:
    """14.30"""
    return "–" if value is None else dates.format_clock(value, utc_offset_hours)


@register.filter
def masked(number: str | None) -> SafeString:
    """Only the last four signs of a NIK, KK or phone: ••••1234, read aloud as "berakhir 1234"."""
    if not number:
        return format_html('<span class="soft">{}</span>', _("belum ada"))
    end = str(number)[-4:]
    said = _("berakhir %(end)s") % {"end": end}
    return format_html(
        '<span class="masked"><span aria-hidden="true">••••{}</span><span class="hide">{}</span></span>',
        end,
        said,
    )


@register.filter
def at(row: Sequence[Any], place: int) -> Any:
    """The cell of a row at a place; nothing beyond its end."""
    return row[place] if 0 <= place < len(row) else ""


@register.filter
def initials(name: str) -> str:
    """SA for Siti Aminah: stands where a photo would."""
    words = [word for word in name.replace(".", " ").split() if word[0].isalpha() and word not in HONORIFICS]
    return "".join(word[0] for word in [*words[:1], *words[-1:][: len(words) - 1]]).upper()


@register.filter
def highlight(text: str, sought: str) -> SafeString:
    """Marks what was searched for inside a name, whatever its case."""
    start = text.casefold().find(sought.casefold()) if sought else -1
    if start < 0 or len(text.casefold()) != len(text):
        return conditional_escape(text)
    end = start + len(sought)
    return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])


@register.filter
def inline_svg(svg: str) -> SafeString:
    """A drawing that our own server just made (a QR code), put straight into the page."""
    start = svg.find("<svg")
    return mark_safe(svg[start:]) if start >= 0 else mark_safe("")  # noqa: S308  never for what people send

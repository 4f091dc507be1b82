"""What the form templates ask about a field. Any plain Django form comes out right."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

LONG_LABEL = 34  # letters; longer choices get a line of their own
DIGIT_FIELDS = ("nik", "kk_number", "kk", "phone", "postcode")


@register.filter
def input_kind(field: BoundField) -> str:
    """How to draw it: choices, tick, day, money or text."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(field.field, forms.DateField) and isinstance(widget, forms.TextInput):
        return "day"
    return "money" if field.name.endswith("_rupiah") else "text"


@register.filter
def hint(field: BoundField) -> SafeString | str:
    """The field's own help text, or how to write a date."""
    if field.help_text:
        return SafeString(field.help_text) if hasattr(field.help_text, "__html__") else str(field.help_text)
    return _("Tanggal-bulan-tahun, misalnya 17-08-1990") if input_kind(field) == "day" else ""


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The input itself, with the keyboard, width and descriptions that fit its kind."""
    kind = input_kind(field)
    attrs: dict[str, str | bool] = {}
    if kind == "day":
        attrs |= {"class": "w-day", "inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}
    if kind == "money":
        attrs |= {"class": "w-money", "inputmode": "numeric", "autocomplete": "off"}
    if kind == "text" and field.name.startswith(DIGIT_FIELDS) and isinstance(field.field.widget, forms.TextInput):
        attrs |= {"inputmode": "numeric", "autocomplete": "off"}
    described = [f"{field.auto_id}_helptext"] if hint(field) else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    own = field.field.widget.attrs  # what the form says itself wins
    return field.as_widget(attrs={key: value for key, value in attrs.items() if key not in own})


@register.filter
def has_long_choices(field: BoundField) -> bool:
    return any(len(str(option.choice_label)) > LONG_LABEL for option in field.subwidgets)


@register.filter
def ends_sentence(label: str) -> bool:
    """Whether a label needs no colon after it: it is a question already."""
    return str(label).endswith(("?", ".", "!", ":"))


@register.filter
def first_input_id(field: BoundField) -> str:
    """Where a link of the error summary leads: the input, or the first of a group, or the group."""
    if input_kind(field) == "choices":
        options = list(field.subwidgets)
        return str(options[0].id_for_label or field.auto_id) if options else str(field.auto_id)
    return str(conditional_escape(field.id_for_label or field.auto_id))


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str | None = None) -> SafeString:
    """{% field form.code label="Kode" hint="6 angka" %}: one field with words of the page's own.

    For forms that others wrote (sign-in); an empty hint takes theirs away, as do placeholders.
    """
    bound.label = label or bound.label
    bound.help_text = bound.help_text if hint is None else hint
    bound.field.widget.attrs.pop("placeholder", None)
    return bound.as_field_group()

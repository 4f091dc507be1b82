"""Fields as this desk asks: one tap each, and "Tidak tahu" is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.offer.answers import NO, NOTHING, UNKNOWN, YES
from desmigratif.cases.rules.offer.input import MANY
from desmigratif.shared.rupiah import parse_rupiah

Choices = Iterable[tuple[str, Any]]
TAPS = "cases/forms/taps.html"
PLAIN = "cases/forms/plain.html"  # without "(boleh kosong)": here every question may stay open
DONT_KNOW = (UNKNOWN, _("Tidak tahu"))


class _Nameless:
    """Taps whose labels lie around them need no ids: a page of forty questions is much lighter without."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]
        option["attrs"].pop("id", None)
        return option


class OneOf(_Nameless, forms.RadioSelect):
    """One tap of a few."""


class ManyOf(_Nameless, forms.CheckboxSelectMultiple):
    """Any number of taps."""


class Pick(forms.ChoiceField):
    """One of a few, as taps; something must be chosen."""

    widget = OneOf

    def __init__(self, *, choices: Choices, label: Any, missing: Any = "", **kwargs: Any) -> None:
        super().__init__(choices=list(choices), label=label, **kwargs)
        self.template_name = TAPS
        if missing:
            self.error_messages["required"] = missing


class OneTap(Pick):
    """One of a few, as taps; unknown comes last and is preselected."""

    def __init__(self, *, choices: Choices, label: Any, help_text: Any = "") -> None:
        super().__init__(
            choices=[*choices, DONT_KNOW], label=label, help_text=help_text, required=False, initial=UNKNOWN
        )


class YesNo(OneTap):
    """Ya, Tidak, Tidak tahu: short enough to stand beside its question on a wide screen."""

    is_short = True

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(choices=[(YES, _("Ya")), (NO, _("Tidak"))], label=label, help_text=help_text)


class FewTimes(OneTap):
    """A small number, as taps; a bigger one that is known already gets a tap of its own."""

    def __init__(self, *, label: Any, none: Any, known: int | None = None) -> None:
        numbers = [*range(1, 5), *([known] if known is not None and known > 4 else [])]
        words = [(str(n), _("%(n)s atau lebih") % {"n": n} if n == 4 else str(n)) for n in numbers]
        super().__init__(choices=[("0", none), *words], label=label)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return int(text) if text else UNKNOWN


class Several(forms.MultipleChoiceField):
    """Any number of a list, as taps."""

    widget = ManyOf

    def __init__(self, *, choices: Choices, label: Any, help_text: Any = "") -> None:
        super().__init__(
            choices=list(choices), label=label, help_text=help_text or _("Boleh lebih dari satu."), required=False
        )
        self.template_name = TAPS


class SeveralTaps(Several):
    """Several of a list, or "none of them": that is something else than not knowing."""

    def __init__(self, *, choices: Choices, none: Any, label: Any, known: Sequence[str] = ()) -> None:
        listed = list(choices)
        listed += [(word, word) for word in known if word != NOTHING and word not in dict(listed)]
        super().__init__(
            choices=[*listed, (NOTHING, none)],
            label=label,
            help_text=_("Boleh lebih dari satu. Kosongkan bila belum tahu."),
        )

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if NOTHING in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Pilih yang terakhir saja, atau yang lain saja; keduanya tidak cocok."))
        return chosen


class Amount(forms.CharField):
    """A whole amount of money, written as people write it: 2500000 or 2.500.000."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=30)
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_rupiah(text)
        except ValueError:
            raise forms.ValidationError(_("Tulis angka bulat, misalnya 2.500.000.")) from None
        if amount > MANY:
            raise forms.ValidationError(_("Angkanya terlalu besar."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class Number(forms.IntegerField):
    """A whole number that may be unknown."""

    def __init__(self, *, label: Any, most: int, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, min_value=0, max_value=most)
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-day"})


def told(rows: int = 3) -> forms.Textarea:
    """Where somebody's story is written that is kept locked: no browser keeps a draft of it, not even for this tab."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "data-no-draft": True})

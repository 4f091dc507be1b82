"""Every field of every model has a privacy class; a test fails on one that is not listed.

`public` may be shown to anyone; `internal` is about the work, not about people; `personal` is UU 27/2022's
general personal data; `specific` its Pasal 4(2) (health, children, finance, records); `protective` are facts
whose mere existence can endanger somebody (trafficking, violence, a safe address).
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Model


class PrivacyClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIFIC = "specific"
    PROTECTIVE = "protective"


class PrivacyNotStated(LookupError):
    """A model or field has no class."""


def privacy_of(model: type[Model]) -> dict[str, PrivacyClass]:
    """Field name -> class, read from the model's inner `Privacy`. Raises `PrivacyNotStated`."""
    stated = getattr(model, "Privacy", None)
    if stated is None:
        raise PrivacyNotStated(f"{model._meta.label} has no inner Privacy")
    classes: dict[str, PrivacyClass] = {}
    for privacy_class in PrivacyClass:
        for name in getattr(stated, privacy_class.value, ()):
            if name in classes:
                raise PrivacyNotStated(f"{model._meta.label}.{name} is listed twice")
            classes[name] = privacy_class
    return classes

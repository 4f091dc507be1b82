"""What is kept locked here is kept by no browser: stories never become drafts, not even for one tab."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from desmigratif.cases import forms as all_forms
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import Family
from desmigratif.cases.tests.trouble.referring import load_directory

LOCKED = "erkunci"  # "Disimpan terkunci": what the screen says beside such a field
FIELD = re.compile(r"<(?:input|select|textarea)[^>]*\bname=\"[^\"]+\"[^>]*>")


def form_classes() -> list[type[forms.Form]]:
    found = []
    for one in walk_packages(all_forms.__path__, f"{all_forms.__name__}."):
        module = import_module(one.name)
        found += [said for said in vars(module).values() if isinstance(said, type) and issubclass(said, forms.Form)]
    return found


def test_every_field_that_says_it_is_locked_keeps_no_draft() -> None:
    locked = {
        (form.__name__, name): "data-no-draft" in field.widget.attrs
        for form in form_classes()
        for name, field in form.base_fields.items()
        if LOCKED in str(field.help_text)
    }
    assert len(locked) >= 6
    assert [where for where, kept_by_nobody in locked.items() if not kept_by_nobody] == []


@pytest.mark.django_db
def test_of_a_complaint_no_browser_keeps_anything(family: Family, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    page = signed_in("village_officer").get(reverse("cases:record_complaint")).content.decode()

    asked = [
        tag for tag in FIELD.findall(page[page.index("<main") : page.index("</main>")]) if 'type="hidden"' not in tag
    ]
    assert len(asked) > 20
    assert [tag for tag in asked if "data-no-draft" not in tag] == []


@pytest.mark.django_db
def test_nor_of_what_is_told_to_a_body(family: Family, case_id: str, now: datetime, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    load_directory(now)
    page = signed_in("village_officer").get(f"{reverse('cases:send_referral')}?hal=case:{case_id}").content.decode()

    (why,) = [tag for tag in FIELD.findall(page) if 'name="why"' in tag]
    assert "data-no-draft" in why

"""What tests of the pages on people send, and what they look for there."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from desmigratif.audit.models import Event
from desmigratif.people.models import Resident

Family = dict[str, Resident]
FULL_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def html(answer: Any) -> str:
    return str(answer.content.decode())


def events(kind: str) -> int:
    return Event.objects.filter(event=kind).count()


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form as it was shown, hidden copies included."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            values[form[name].html_initial_name] = form[name].initial
    said = {name: value for name, value in values.items() if value is not None}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items()}


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open a page, change some of its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**fields_of(page), **changes})


def pages_of(family: Family) -> dict[str, str]:
    siti = family["Siti"]
    return {
        "list": reverse("people:residents"),
        "search": f"{reverse('people_search')}?q=siti",
        "household": reverse("people:household", args=[siti.household_id]),
        "resident": reverse("people:resident", args=[siti.id]),
        "correct": reverse("people:correct_resident", args=[siti.id]),
        "correct_household": reverse("people:correct_household", args=[siti.household_id]),
        "new": reverse("people:new_household"),
        "member": reverse("people:new_member", args=[siti.household_id]),
        "phone": reverse("people:add_phone", args=[siti.id]),
        "wish": reverse("people:contact_wish", args=[siti.id]),
        "consent": reverse("people:consent", args=[siti.id, "photo"]),
        "import": reverse("people:import"),
        "template": reverse("people:import_template"),
        "history": reverse("people:import_history"),
    }

"""What the pages on people share: for whom a page is read, how a place and a person are named, one act per form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import route_of
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import KEPT_FOR_REVIEW, ActForm, attempt
from desmigratif.people.fields import LABELS, MASKED_FIELDS
from desmigratif.people.fields import shown as shown_words
from desmigratif.people.models import Household, Resident
from desmigratif.people.queries.lists import Family
from desmigratif.people.rules.names import address_as
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import NotFoundOrNotYours


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def village_for(by: Actor, permission: Permission) -> str:
    """The one village in which this person does such work. Raises `NotFoundOrNotYours` for wider offices."""
    regions = by.regions_for(permission)
    villages = [code for code in regions if code.count(".") == 3]
    if not villages:
        raise NotFoundOrNotYours
    return villages[0]


def opened(request: DeskRequest, event: str, village_code: str, subjects: Iterable[Subject] = ()) -> bool:
    """Leave the trace of a look; False = it could not be written and specific facts stay closed."""
    return reads.opened(request.actor, event, village_code=village_code, subjects=list(subjects), now=request.now)


def place_of(household: Household | Family) -> str:
    """Dusun Krajan RT 002 RW 001; what is unknown is left out."""
    parts = [
        _("Dusun %s") % household.hamlet if household.hamlet and household.hamlet != "-" else "",
        f"RT {household.rt}" if household.rt and household.rt != "-" else "",
        f"RW {household.rw}" if household.rw and household.rw != "-" else "",
    ]
    return " ".join(part for part in parts if part) or _("alamat belum diketahui")


def age_words(birth_date: date | None, today: date) -> str:
    if birth_date is None:
        return _("umur belum diketahui")
    return _("%(age)s tahun") % {"age": age_on(birth_date, today)}


def called(resident: Resident, today: date) -> str:
    """Ibu Siti, Bapak Slamet; see `rules.names.address_as`."""
    age = age_on(resident.birth_date, today) if resident.birth_date else None
    return address_as(resident.name, resident.sex, age)


def person_strip(resident: Resident, today: date, states: Iterable[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Whose file this is, for the strip that never scrolls away."""
    return {
        "name": resident.shown_name,
        "url": reverse("people:resident", args=[resident.id]),
        "facts": [age_words(resident.birth_date, today), place_of(resident.household)],
        "states": list(states),
    }


def address_or_none(name: str, *args: Any) -> str | None:
    """An address of another app by its name; None while that app has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def may_open(by: Actor, address: str, code: str) -> bool:
    """Whether the page of this address is for somebody with one of this person's permissions in a village."""
    route = route_of(resolve(address.partition("?")[0]).func)
    return route is not None and any(by.may(permission, code) for permission in route.permissions)


def with_resident(name: str, resident_id: UUID) -> str | None:
    """An address of another app that takes `?warga=`."""
    address = address_or_none(name)
    return f"{address}?warga={resident_id}" if address else None


def linked(link: str) -> str | None:
    """The address behind a timeline entry's link ("cases:case:<id>")."""
    name, _colon, record = link.rpartition(":")
    return address_or_none(name, record) if name else None


class Meanwhile:
    """What now stands of the fields that others changed since a form was opened; asked only when it was refused."""

    def __init__(
        self,
        form: ActForm,
        changed_since: Callable[[int], Iterable[str] | None],
        values: Callable[[], Mapping[str, Any]],
    ) -> None:
        self.form, self.changed_since, self.values = form, changed_since, values

    def rows(self) -> list[dict[str, str]]:
        if not self.form.is_bound or not self.form.cleaned_data.get("seen_version"):
            return []
        changed = self.changed_since(self.form.cleaned_data["seen_version"]) or ()
        shown_here = [name for name in self.form.fields if name in changed and name not in MASKED_FIELDS]
        if not shown_here:
            return []
        values = self.values()
        return [{"label": LABELS[name], "value": shown_words(name, values.get(name)) or "–"} for name in shown_here]


def act_page(
    request: DeskRequest,
    form: ActForm,
    action: str,
    payload: Mapping[str, Any],
    *,
    done: str,
    back: str,
    template: str,
    shown: Mapping[str, Any],
) -> HttpResponse:
    """A page with one form that does one act: `payload` is what the form itself does not know."""
    if request.method == "POST" and form.is_valid():
        given = {**payload, **form.payload()}  # type: ignore[attr-defined]
        if attempt(request, form, action, given):
            messages.success(request, done)
            return redirect(back)
    # What waits for a decision is not saved once more: the way on is to decide.
    waits = any(reason.code == KEPT_FOR_REVIEW.code for reason in form.refusal)
    decide_at = address_or_none("desk:reviews") if waits else None
    return render(request, template, {**shown, "form": form, "back": back, "decide_at": decide_at})

"""Every field of every model of ours has exactly one privacy class."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from desmigratif.shared.privacy import privacy_of

OURS = [model for model in apps.get_models() if model.__module__.startswith("desmigratif.")]
VILLAGELESS = {
    "User", "DeskSession", "EnrolledBrowser", "EntryCode", "Grant", "SubjectKey", "Person", "Region", "RegionAlias",
    "LoadedList", "Boundary", "FormerBoundary", "VillageClock", "EventSubject", "RollUp", "FoldState",
    "PublishedMonth", "LateStock", "Target", "ReviewPayload", "ListLoad", "NameWord", "Agency", "JobOrder",
    "Destination", "DoorTry", "Body",
    "Placed",  # of a list that was loaded; who it is stands nowhere
    "Partner", "PartnerSeat", "VillageQuota",  # of a region: bodies that help, villages to be named
    "BarredPerson",  # of a regency; who it is stands nowhere
    "Subscription", "InboxFile",  # of whoever asked for reports of a region
    "Extract", "ExtractFile", "Taking", "Counter",  # of a region; no row of a file is kept once its day is over
    "SavedPivot",  # of whoever keeps an address of figures; no figure stands in it
    "ProtectiveKey", "Envelope",  # of a regency; an envelope names no village, so that it tells of nobody
}  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_a_privacy_class(model: type[Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields}

    assert set(privacy_of(model)) == fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_village_owned_table_carries_its_village(model: type[Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}

    assert "village_code" in names or model.__name__ in VILLAGELESS


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_nik_is_ever_unique(model: type[Model]) -> None:
    unique = {name for constraint in model._meta.constraints for name in getattr(constraint, "fields", ())}
    unique |= {field.name for field in model._meta.concrete_fields if field.unique}

    assert not {name for name in unique if "nik" in name}

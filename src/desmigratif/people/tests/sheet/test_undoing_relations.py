"""Nobody who is written about anywhere may be removed with the import that brought them."""

from __future__ import annotations

from django.apps import apps

from desmigratif.people.actions.undoing import _pointing_at_residents
from desmigratif.people.models import Resident


def test_every_foreign_key_to_a_resident_is_asked_also_one_without_a_name_on_this_side() -> None:
    pointing = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Resident
    }

    assert {(relation.related_model, relation.field.name) for relation in _pointing_at_residents()} == pointing
    named = {relation.related_model for relation in Resident._meta.related_objects}
    assert {model for model, _ in pointing} - named, "none is without a name: this test tells nothing"

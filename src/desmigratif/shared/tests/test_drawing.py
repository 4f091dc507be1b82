"""Models drawn alone while migrating are the same models, and a step that looks around sees all of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from desmigratif.shared.drawing import new_models_drawn_alone


def _model(name: str, **fields: Any) -> ModelState:
    return ModelState("shapes", name, [("id", models.AutoField(primary_key=True)), *fields.items()])


def _place(to: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(f"shapes.{to}", models.CASCADE)


def _referrers(state: ProjectState) -> set[str]:
    return {one.related_model.__name__ for one in state.apps.get_model("shapes", "Home")._meta.related_objects}


def test_a_new_model_leaves_the_others_as_they_were_drawn() -> None:
    state = ProjectState()
    with new_models_drawn_alone():
        state.add_model(_model("Home"))
        before = state.apps.get_model("shapes", "Home")
        state.add_model(_model("Person", home=_place("Home")))

        assert state.apps.get_model("shapes", "Home") is before
        assert state.apps.get_model("shapes", "Person")._meta.get_field("home").related_model is before


def test_a_step_that_looks_around_sees_every_model_that_points_here() -> None:
    state = ProjectState()
    with new_models_drawn_alone():
        state.add_model(_model("Home"))
        assert state.apps.get_models()
        state.add_model(_model("Person", home=_place("Home")))
        state.add_model(_model("Visit", home=_place("Home")))
        state.alter_field("shapes", "home", "id", models.BigAutoField(primary_key=True), preserve_default=True)

        assert _referrers(state) == {"Person", "Visit"}
        assert not state.is_delayed


def test_a_step_in_python_sees_everything_too() -> None:
    state = ProjectState()
    with new_models_drawn_alone():
        state.add_model(_model("Home"))
        assert state.apps.get_models()
        state.add_model(_model("Person", home=_place("Home")))
        state.clear_delayed_apps_cache()  # what a step in Python does before it runs

        assert _referrers(state) == {"Person"}


def test_outside_a_run_django_draws_as_it_always_did() -> None:
    add_model, reload_model = ProjectState.add_model, ProjectState.reload_model
    with new_models_drawn_alone():
        assert ProjectState.add_model is not add_model

    assert (ProjectState.add_model, ProjectState.reload_model) == (add_model, reload_model)

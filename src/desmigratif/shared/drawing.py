"""A new database in a third of the time: while migrating, a new model is drawn alone.

For every new model Django draws again whatever hangs together with it. A village's tables all do, so some two hundred
new models cost eleven thousand drawings. Nothing in the database leans on these before another kind of step comes:
then everything is drawn anew at once, as Django does after steps that it calls delayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

_reload_model = ProjectState.reload_model


@contextmanager
def new_models_drawn_alone() -> Iterator[None]:
    """For one run of `migrate`; nothing else that looks at migrations is touched."""
    own = {"add_model": _add_model, "reload_model": _draw_all_or_reload}
    kept = {name: getattr(ProjectState, name) for name in own}
    for name, function in own.items():
        setattr(ProjectState, name, function)
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(ProjectState, name, function)


def _add_model(state: Any, model_state: ModelState) -> None:
    """As Django's, without the models around it."""
    key = (model_state.app_label, model_state.name_lower)
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({key})


def _draw_all_or_reload(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    """A step that looks at what points to a model must see all of it."""
    if state.is_delayed and not delay:
        state.clear_delayed_apps_cache()
        state.is_delayed = False
    _reload_model(state, app_label, model_name, delay)

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from desmigratif.access.sentences import use_our_sentences
from desmigratif.access.signin import sessions


class AccessConfig(AppConfig):
    name = "desmigratif.access"
    label = "access"

    def ready(self) -> None:
        use_our_sentences()
        import_string("desmigratif.access.signin.sealed_factors.bind_to_owners")()  # it needs models
        user_logged_in.connect(_begin_session, dispatch_uid="desmigratif.access.begin_session")


def _begin_session(sender: object, request: HttpRequest, **said: Any) -> None:
    """Django's own hook: the one place that every way of signing in passes."""
    sessions.begin(request.session, timezone.now(), request.META.get("HTTP_USER_AGENT", ""))

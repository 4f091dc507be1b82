"""Django's migrate, with the guards taken down before and put up again after."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from desmigratif.shared.drawing import new_models_drawn_alone
from desmigratif.shared.triggers import create_guards, drop_guards


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        database = options["database"]
        drop_guards(database)
        try:
            with new_models_drawn_alone():
                super().handle(*args, **options)
        finally:
            create_guards(database)

"""A database is not opened with the keys of another one, nor by another version of the program."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.models import SubjectKey
from desmigratif.config.cli.ready import NotReady, refuse_other_keys, refuse_other_program
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


def test_an_empty_database_and_one_of_these_keys_are_fine() -> None:
    refuse_other_keys()
    make_keys([new_id()])
    refuse_other_keys()


def test_a_database_sealed_with_other_keys_is_not_opened() -> None:
    subject = new_id()
    sealed = crypto.seal(crypto.new_key(), crypto.new_key(), place=f"subject-key:{subject}")
    SubjectKey.objects.create(subject_id=subject, wrapped=sealed)

    with pytest.raises(NotReady) as refusal:
        refuse_other_keys()

    assert refusal.value.reasons[0].code == "other_keys"


def test_a_database_of_another_version_is_left_as_it_is() -> None:
    refuse_other_program(MigrationExecutor(connection))
    MigrationRecorder(connection).record_applied("people", "0099_from_the_future")

    with pytest.raises(NotReady) as refusal:
        refuse_other_program(MigrationExecutor(connection))

    assert refusal.value.reasons[0].code == "other_program"

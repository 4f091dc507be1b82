"""The settings, on a fresh data folder that goes away: tests never touch the data of this clone."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="desmigratif-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DESMIGRATIF_DATA"] = _folder
os.environ.pop("DESMIGRATIF_DEMO", None)

from desmigratif.config.settings import *  # noqa: E402, F403

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
# The database of the tests goes away with its folder; what is synced in service, the tests of reliability look at.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

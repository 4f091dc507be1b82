"""Seal the secrets of second factors again, each for the person whose it is."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import migrations

VERSION = b"\x01"
SHARED = b"mfa.authenticator.data"


def moved(sealed, before, after):
    cipher = AESGCM(settings.KEYRING.key_for("mfa-secrets"))
    raw = base64.b64decode(sealed)
    plain = cipher.decrypt(raw[1:13], raw[13:], before)
    nonce = os.urandom(12)
    return base64.b64encode(VERSION + nonce + cipher.encrypt(nonce, plain, after)).decode()


def reseal(apps, to_owner):
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes")):
        own = SHARED + f":{row.user_id}".encode()
        before, after = (SHARED, own) if to_owner else (own, SHARED)
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = moved(row.data[name], before, after)
        if "migrated_codes" in row.data:
            row.data["migrated_codes"] = [moved(code, before, after) for code in row.data["migrated_codes"]]
        row.save()


def for_owner(apps, schema_editor):
    reseal(apps, to_owner=True)


def for_all(apps, schema_editor):
    reseal(apps, to_owner=False)


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0007_one_time_codes"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(for_owner, for_all)]

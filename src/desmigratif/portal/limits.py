"""Bounds on the public doors, counted in the database so that every process of the server counts together.

An address may stand for a whole village behind one telephone mast, so it may knock more often than one code may be
guessed. Every knock counts, right or wrong, before anything is looked up; at the door of answers the wrong ones do.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest

from desmigratif.portal.models import DoorTry
from desmigratif.shared import crypto

KEPT_FOR = timedelta(days=1)
_IPV6_HOME = 64  # bits: whoever has one address there has all of them


@dataclass(frozen=True, slots=True)
class Bound:
    """So many knocks in each window of so many minutes."""

    door: str
    most: int
    minutes: int


STATUS_BY_ADDRESS = Bound("status-ip", 30, 15)
STATUS_BY_CODE = Bound("status-no", 5, 60)
MEMBER_BY_ADDRESS = Bound("anggota-ip", 30, 15)
MEMBER_BY_CODE = Bound("anggota-no", 5, 60)
REPORT_BY_ADDRESS = Bound("lapor-ip", 10, 60)
REPORT_BY_PLACE = Bound("lapor-di", 60, 60)
MONTH_BY_ADDRESS = Bound("bulan-ip", 20, 15)  # wrong ones only: a village may stand behind one address
CAREGIVER_BY_ADDRESS = Bound("asuh-ip", 20, 15)  # wrong ones only, as above
ANSWER_BY_ADDRESS = Bound("jawab-ip", 20, 15)  # wrong ones only: a busy office may answer a hundred


def address_of(request: HttpRequest) -> str:
    """From where somebody knocks; of an IPv6 address the part that is one household's."""
    said = get_client_ip_address(request) or ""
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return said
    if found.version == 6:
        return str(ipaddress.ip_network(f"{found}/{_IPV6_HOME}", strict=False))
    return str(found)


def may_knock(bound: Bound, key: str, now: datetime) -> bool:
    """Count one knock; False once there were too many in this window."""
    return _counted(bound, crypto.blind_index(f"door:{bound.door}", key), _window(bound, now)) <= bound.most


def is_shut(bound: Bound, key: str, now: datetime) -> bool:
    """Whether there were too many knocks in this window; looking counts none."""
    index = crypto.blind_index(f"door:{bound.door}", key)
    rows = DoorTry.objects.filter(door=bound.door, key_index=index, window_at=_window(bound, now))
    return rows.filter(count__gte=bound.most).exists()


def _window(bound: Bound, now: datetime) -> datetime:
    step = bound.minutes * 60
    return datetime.fromtimestamp(int(now.timestamp()) // step * step, tz=now.tzinfo)


def _counted(bound: Bound, index: str, window: datetime) -> int:
    rows = DoorTry.objects.filter(door=bound.door, key_index=index, window_at=window)
    with transaction.atomic():
        if not rows.update(count=F("count") + 1):
            DoorTry.objects.filter(window_at__lt=window - KEPT_FOR).delete()
            try:
                with transaction.atomic():
                    DoorTry.objects.create(door=bound.door, key_index=index, window_at=window)
            except IntegrityError:  # another process opened the same window just now
                rows.update(count=F("count") + 1)
        return rows.values_list("count", flat=True).get()

"""Certificates of a training as one PDF by Typst: an A4 page across for each participant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from desmigratif.documents.register import OfficeNotSetUp, office_of
from desmigratif.documents.signed_papers import SignedPaper, signed_qr
from desmigratif.enterprises.models import Participant, Training
from desmigratif.enterprises.press import pressed
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date


def certificates_pdf(training: Training, rows: Sequence[Participant], hours: Mapping[UUID, int]) -> bytes:
    """One PDF of a page each."""
    return pressed("certificate", [certificate(training, one, hours.get(one.id, 0)) for one in rows])


def certificate(training: Training, one: Participant, hours: int) -> dict[str, Any]:
    """What stands on one certificate. Before the letterhead is set up there is a line to sign on."""
    here = village(training.village_code)
    closed = training.closed_on or training.starts_on
    try:
        office = office_of(training.village_code)
        head, title = office.head_name, office.head
    except OfficeNotSetUp:
        head, title = "." * 30, _("Kepala Desa")
    return {
        "village": here.full_name,
        "number": _("Nomor %s") % one.certificate,
        "given": _("diberikan kepada"),
        "name": one.resident.shown_name,
        "attended": _("yang telah mengikuti pelatihan"),
        "title": training.title,
        "facts": _("%(hours)s jam, mulai %(day)s") % {"hours": hours, "day": format_date(training.starts_on)},
        "trainer_word": _("Pelatih"),
        "trainer": training.trainer,
        "place_and_day": f"{here.name}, {format_date(closed)}",
        "head_title": title,
        "head": head,
        "qr": signed_qr(statement_of(training, one)),
        "check": _("Periksa: arahkan kamera HP ke kode ini."),
    }


def statement_of(training: Training, one: Participant) -> SignedPaper:
    """What the village signs: whose certificate, of which training."""
    born = one.resident.birth_date
    return SignedPaper(
        training.village_code, "training_certificate", one.certificate, training.closed_on or training.starts_on,
        one.resident.shown_name, born.year if born else None, training.title,
    )  # fmt: skip

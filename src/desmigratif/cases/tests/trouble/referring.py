"""Bodies of a made-up regency, and a referral on its way: what several tests of referrals stand on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.cases.models import Referral, ReferralLink, ReferralStep
from desmigratif.cases.tests.conftest import KURIPAN
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.queries import bodies_for
from desmigratif.shared.ids import new_id

TODAY = date(2026, 11, 23)
DISNAKER, PROTECTION, POLICE, MISSION = "Disnaker Contoh", "BP3MI Contoh", "Polres Contoh", "KBRI Contoh"
DIRECTORY = f"""jenis lembaga;kode wilayah;nama lembaga;alamat;telepon;negara
Dinas tenaga kerja;33.07;{DISNAKER};Jalan Dinas 1;0286 000201;
BP3MI;33;{PROTECTION};;024 000301;
Kepolisian;33.07;{POLICE};Jalan Polisi 3;;
UPTD PPA Contoh;33.07;UPTD PPA Contoh;;;
Perwakilan RI di luar negeri;ID;{MISSION};;;Malaysia
""".replace("UPTD PPA Contoh;33.07", "Layanan perempuan dan anak (UPTD PPA);33.07")
WHY = "Gaji Siti tidak dibayar enam bulan."


def load_directory(now: datetime) -> None:
    file = ListFile("bodies", DIRECTORY.encode(), "lembaga.csv", "ID", date(2026, 11, 1), "Daftar contoh")
    assert load_file(file, by=operator(), now=now, commit=True).load is not None


def body_called(name: str) -> Any:
    return next(body for body in bodies_for(KURIPAN, TODAY) if body.name == name)


def works_for(role: str, region: str) -> Actor:
    """Somebody with an account at an office: from now on that office has a desk here."""
    user = User.objects.create(username=f"{role}.{region}", name="Petugas Kantor")
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return person(user.id, user.name, (role, region))


def sending(matter_id: Any, body: str = POLICE, **said: Any) -> dict[str, Any]:
    """The payload of a referral of a plan."""
    return {
        "referral_id": new_id(), "link_id": new_id(), "village_code": KURIPAN, "matter_kind": "case",
        "matter_id": matter_id,
        "body_id": body_called(body).id, "about": "recruitment", "why": WHY, "fields": ["name", "birth_date"],
        "basis": "consent", **said,
    }  # fmt: skip


def the_referral(**lookup: Any) -> Referral:
    rows = Referral.objects.in_village(KURIPAN).select_related("resident__household")
    return rows.get(**lookup)


def live_link(referral: Referral) -> ReferralLink:
    return ReferralLink.objects.get(referral=referral, used_on=None, ended_on=None)


def whats(referral: Referral) -> list[str]:
    """What happened to it, the oldest first."""
    rows = ReferralStep.objects.filter(referral=referral).order_by("at", "id")
    return [step.what for step in rows]


def say(by: Actor, referral: Referral, reply: str, now: datetime, /, act_id: Any = None, **said: Any) -> dict[str, Any]:
    """A body's own answer, about what stands now."""
    seen = the_referral(id=referral.id).version
    given = {
        "referral_id": referral.id, "village_code": KURIPAN, "seen": seen, "on": TODAY, "reply": reply, **said,
    }  # fmt: skip
    return do(by, "cases.answer_referral", given, now=now, act_id=act_id or new_id())

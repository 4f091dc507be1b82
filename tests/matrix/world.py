"""A small Kuripan with one record of each kind, all made through actions, and everybody who knocks at its doors."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from desmigratif.access.actor import Actor, operator, person
from desmigratif.access.door import Act, do, perform
from desmigratif.access.models import User
from desmigratif.cases.models import Aftercare, Broker, CaseStep, FollowUp, ReintegrationStep
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.people.importing import import_file
from desmigratif.people.models import Resident
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.models import JobOrder
from desmigratif.placement.queries import bodies_for
from desmigratif.regions.testing import SAMPLE, load_sample
from desmigratif.shared.ids import new_id
from matrix.centre import make_centre
from matrix.children import make_child
from matrix.cooperative import make_cooperative
from matrix.enterprises import make_group
from matrix.extracts import make_extract
from matrix.people import PLACES, Who, everybody, session_of

NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
KURIPAN = PLACES["own"]
NIK, KK, PHONE = "3307105205920418", "3307101203150093", "+6281290817263"
# What only Kuripan's own file says: nobody else's answer may hold any of it.
CANARIES = (
    "Kanarina", "Kenariman", "Cucakrowo", "Jalan Burung Kenari", NIK, KK, "81290817263", "0812-9081-7263",
    "Perkutut Account", "Jangan telepon sebelum magrib",
)  # fmt: skip
FULL_NUMBERS = (NIK, KK, "3307100302880417", "3307100101700419", "81290817263")
LAWFUL: dict[str, Any] = {
    "candidate": {"can_name": ["employer", "city", "wage", "hours", "contact"]},
    "offer": {
        "country": "HKG", "employer_type": "household", "job": "domestic_worker", "scheme": "P3MI",
        "agency": {"name": "PT Contoh Karya", "licence_active": True, "permit_for_job_order": True},
        "visa": "work", "told_to_hide_purpose": False, "channel": "official", "written_contract": True,
        "placement_agreement": True, "training_planned": True, "medical_facility_appointed": True,
        "orientation_planned": True,
    },
}  # fmt: skip


@dataclass
class World:
    """The ids of the prepared records by the names that addresses give them, and a session for everybody."""

    ids: dict[str, UUID | str] = field(default_factory=dict)
    sessions: dict[Who, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(
        self, who: Who, method: str, address: str, data: dict[str, Any] | None = None, **extra: Any
    ) -> HttpResponse:
        """One request of one person, with their session and nothing left of an earlier answer."""
        self.client.cookies = SimpleCookie()
        if who in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        send = getattr(self.client, method.lower())
        answer: HttpResponse = send(address, data, **extra) if data is not None else send(address, **extra)
        return answer


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens within is undone; not an atomic block, so that units of work stay outermost."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)  # forget it


def build() -> World:
    """Everything, in an empty database with the regions of the tests."""
    load_sample(SAMPLE)
    world = World()
    head = _account(world, "user_id", "village_officer", "Perkutut Account")
    officer = person(head, "Perkutut Account", ("village_officer", KURIPAN))
    _office()
    _family(world, officer)
    _file(world, officer)
    _doubles(world, officer)
    _newcomer(world)
    _hand_over(world, officer)
    _going_abroad(world, officer)
    _came_back(world.ids, officer)
    make_group(world.ids, officer, act)
    make_centre(world.ids, officer, act)
    make_child(world.ids, officer, act)
    _programme(world)
    _report(world, officer)
    make_extract(world.ids, KURIPAN, NOW)
    _pivot(world, officer)
    _import(world, officer)
    _waiting_for_a_decision(world, officer)
    _lost_factor(world, head)
    world.sessions |= {who: session_of(who, NOW.date()) for who in everybody() if who.role}
    _seat(world)
    make_cooperative(world.ids, NOW, NIK)
    return world


def _programme(world: World) -> None:
    world.ids |= {"region_code": "33", "programme_village_id": new_id(), "village_step": "training"}
    id, day = world.ids["programme_village_id"], "2025-11-03"
    act(operator(), "programme.join_programme", membership_id=id, programme="desmigratif", decree="SK 1", on=day)
    world.ids["partner_id"] = body = new_id()
    body_of = {"partner_id": body, "region_code": "33.07", "kind": "regency", "name": "Dinas Contoh"}
    do(operator(), "programme.add_partner", body_of, now=NOW, act_id=new_id())
    world.ids["candidate_village_id"] = new_id()
    proposed = {"candidate_id": world.ids["candidate_village_id"], "programme": "local", "year": 2026}
    act(operator(), "programme.propose_candidate", **proposed)
    pledged = {"partner_id": body, "pillar": "enterprise", "year": 2026, "what": "Pelatihan usaha"}
    act(operator(), "programme.record_pledge", pledge_id=new_id(), **pledged)


def _seat(world: World) -> None:
    """The body has an account, so that its own page holds something."""
    user = User.objects.get(username="partner.parent").id
    given = {"partner_id": world.ids["partner_id"], "seat_id": new_id(), "user_id": user, "on": "2026-11-23"}
    do(operator(), "programme.seat_partner", given, now=NOW, act_id=new_id())


def _report(world: World, officer: Actor) -> None:
    """The officer has begun the report of October."""
    world.ids["village_report_id"] = id = new_id()
    given = {"village_code": KURIPAN, "report_id": id, "year": 2026, "month": 10, "obstacles": "Perkutut Account lupa"}
    do(officer, "reports.write_report", given, now=NOW, act_id=new_id())


def act(by: Actor, name: str, /, **payload: Any) -> dict[str, Any]:
    content = {"village_code": KURIPAN, "on": "2026-11-23", **payload}
    if content["village_code"] is None:  # an act of a regency names no village
        del content["village_code"]
    return do(by, name, content, now=NOW, act_id=new_id())


def _account(world: World, key: str, role: str, name: str) -> UUID:
    given = {
        "user_id": new_id(), "grant_id": new_id(), "username": name.lower().replace(" ", "."), "name": name,
        "password_hash": make_password("burung-kicau-2026"), "password_is_their_own": True, "role": role,
        "region_code": KURIPAN, "valid_from": "2026-01-01",
    }  # fmt: skip
    do(operator(), "access.create_account", given, now=NOW, act_id=new_id())
    world.ids[key] = given["user_id"]
    return UUID(str(given["user_id"]))


def _office() -> None:
    given = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Sutrisno", "letter_code": "DS-KRP",
    }  # fmt: skip
    do(operator(), "documents.set_up_office", given, now=NOW, act_id=new_id())


def _family(world: World, officer: Actor) -> None:
    """Kanarina wants to work abroad, Kenariman is her husband; his sister Cucakrowo has a letter already."""

    def one(name: str, **facts: Any) -> dict[str, Any]:
        return {"resident_id": new_id(), "person_id": new_id(), "name": name, "birth_place": "Wonosobo", **facts}

    wife = one("Kanarina Wulan", sex="F", birth_date="1992-05-12", nik=NIK, relation="wife", marital_status="married")
    husband = one(
        "Kenariman Adi", sex="M", birth_date="1988-02-03", nik="3307100302880417", relation="head",
        marital_status="married",
    )  # fmt: skip
    sister = one(
        "Cucakrowo Sari", sex="F", birth_date="1990-01-02", nik="3307104201900419", relation="other",
        marital_status="single",
    )  # fmt: skip
    child = one("Kanarina Kecil", sex="F", birth_date="2017-06-07", relation="child")
    household = new_id()
    act(
        officer, "people.register_household", household_id=household, address="Jalan Burung Kenari 7",
        hamlet="Krajan", rt="002", rw="001", kk_number=KK, members=[husband, wife, sister, child],
    )  # fmt: skip
    world.ids |= {"household_id": household, "resident_id": wife["resident_id"]}
    world.ids |= {"husband": husband["resident_id"], "sister": sister["resident_id"]}
    world.ids["child"] = child["resident_id"]


def _file(world: World, officer: Actor) -> None:
    """A phone, a wish, a consent and a fact of another source on Kanarina's file."""
    ids, resident = world.ids, world.ids["resident_id"]
    ids |= {"phone": new_id(), "consent_id": new_id(), "fact_id": new_id(), "purpose": "photo"}
    act(officer, "people.add_phone", phone_id=ids["phone"], resident_id=resident, number=PHONE, safe=True)
    act(
        officer, "people.record_contact_wish", wish_id=new_id(), resident_id=resident,
        wish="Jangan telepon sebelum magrib",
    )  # fmt: skip
    act(
        officer, "people.record_consent", consent_id=ids["consent_id"], resident_id=resident, purpose="photo",
        text_version="1", given=True,
    )  # fmt: skip
    act(
        officer, "people.record_fact", fact_id=ids["fact_id"], resident_id=resident, source="Ijazah",
        stated={"birth_place": "Banjarnegara"},
    )  # fmt: skip


def _doubles(world: World, officer: Actor) -> None:
    """Two records that may be one person, and two that were made one."""
    ids = world.ids
    names = {"kept_id": "Dua", "merged_id": "Tiga", "kept": "Empat", "merged": "Lima"}
    ids |= {key: new_id() for key in names}
    people = [
        {"resident_id": ids[key], "person_id": new_id(), "name": f"Kanarina {name}", "sex": "F"}
        for key, name in names.items()
    ]
    act(officer, "people.register_household", household_id=new_id(), members=people, known_to_differ=True)
    ids["merge_id"] = new_id()
    act(
        officer, "people.merge_residents", merge_id=ids["merge_id"], kept_id=ids["kept"], merged_id=ids["merged"],
        seen_kept=1, seen_merged=1, reason="KTP dan KK cocok",
    )  # fmt: skip


def _hand_over(world: World, officer: Actor) -> None:
    """Kanarina's family waits for an answer of the learning centre."""
    world.ids["hand_over_id"] = new_id()
    act(
        officer, "people.hand_over_household", hand_over_id=world.ids["hand_over_id"],
        household_id=world.ids["household_id"], kind="children_left_behind",
    )  # fmt: skip


def _newcomer(world: World) -> None:
    """Somebody from Kenanga was handed over to Kuripan and waits."""
    code, household, resident = PLACES["other"], new_id(), new_id()
    officer = person(new_id(), "Petugas Kenanga", ("village_officer", code))
    member = {"resident_id": resident, "person_id": new_id(), "name": "Jalak Pindahan", "sex": "M"}
    act(officer, "people.register_household", village_code=code, household_id=household, members=[member])
    world.ids["move_id"] = new_id()
    act(
        officer, "people.transfer_resident", village_code=code, move_id=world.ids["move_id"], resident_id=resident,
        seen_version=1, to_village_code=KURIPAN, fields=["sex"],
    )  # fmt: skip


def _going_abroad(world: World, officer: Actor) -> None:
    """Kanarina: a plan ready for its letter. Cucakrowo: the letter is written. And a visitor who waits."""
    ids = world.ids
    ids["visit_id"] = new_id()
    act(
        officer, "cases.record_visit", visit_id=ids["visit_id"], resident_id=ids["resident_id"], purpose="letter",
        waiting=True,
    )  # fmt: skip
    ids["case_id"], ids["check_id"] = _plan(officer, ids["resident_id"], giver=ids["husband"], capacity="husband")
    other_case, _check = _plan(officer, ids["sister"], giver=ids["husband"], capacity="guardian")
    ids |= {"bundle_id": new_id(), "measure": "cepat"}
    act(
        officer, "cases.send_bundle", bundle_id=ids["bundle_id"], case_id=ids["case_id"], step="civil_papers", seen=1,
        papers=["ktp"],
    )  # fmt: skip
    ids["paper"] = "passport"
    act(
        officer, "cases.record_paper", paper_id=new_id(), copy_id=new_id(), case_id=ids["case_id"], kind=ids["paper"],
        seen=0, number="E1234567", name_on_paper="Kanarina Wulan", valid_until="2030-01-01", picture=photo(),
    )  # fmt: skip
    ids["photo_id"] = new_id()
    act(
        officer, "cases.record_paper", paper_id=ids["photo_id"], copy_id=new_id(), case_id=ids["case_id"],
        kind="photo", seen=0, picture=photo(),
    )  # fmt: skip
    ids["letter_id"] = new_id()
    act(
        officer, "cases.issue_family_permission", letter_id=ids["letter_id"], case_id=other_case,
        agency="PT Contoh Karya", contract_months=24,
    )  # fmt: skip
    _on_the_way(ids, officer, other_case)


def _came_back(ids: dict[str, Any], officer: Actor) -> None:
    """Kutilang came back from Malaysia half a year ago; one step of her plan and a visit are due."""
    home, kutilang = new_id(), new_id()
    member = {
        "resident_id": kutilang, "person_id": new_id(), "name": "Kutilang Wati", "sex": "F", "relation": "head",
        "birth_date": "1989-03-04", "marital_status": "widowed",
    }  # fmt: skip
    act(officer, "people.register_household", household_id=home, hamlet="Cucakrowo", rt="002", members=[member])
    ids["return_id"] = new_id()
    act(
        officer, "cases.record_return", return_id=ids["return_id"], resident_id=kutilang, case_id=new_id(),
        on="2026-05-20", returned_on="2026-05-15", kind="sick", cause="illness", source="family", country="MYS",
    )  # fmt: skip
    act(officer, "cases.plan_reintegration", return_id=ids["return_id"], steps=["health_check"])
    ids["plan_step_id"] = ReintegrationStep.objects.in_village(KURIPAN).get().id
    ids["aftercare_id"] = Aftercare.objects.in_village(KURIPAN).get(month=6).id


def photo() -> bytes:
    """A picture, as a camera might send it."""
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(target, "JPEG")
    return target.getvalue()


def _on_the_way(ids: dict[str, Any], officer: Actor, case_id: UUID) -> None:
    """Cucakrowo's papers are in order and she is registered as a jobseeker; her selection is under way."""
    act(officer, "cases.record_information", case_id=case_id, topics=list(topics_on(NOW.date())), received=True)
    for code in ("civil_papers", "jobseeker_registration"):
        act(officer, "cases.record_step_result", case_id=case_id, step=code, seen=1, trips=1)
    steps = dict(CaseStep.objects.in_village(KURIPAN).filter(case_id=case_id).values_list("step", "id"))
    ids["step_id"], ids["done_id"] = steps["selection"], steps["civil_papers"]
    ids["cost_id"] = new_id()
    act(officer, "cases.record_cost", cost_id=ids["cost_id"], case_id=case_id, component="medical", paid_rupiah=1)
    _whose_families_say_no(ids, officer)
    _works_abroad(ids, officer)


def _works_abroad(ids: dict[str, Any], officer: Actor) -> None:
    """Somebody works in Malaysia without papers; the village found out."""
    someone = {"resident_id": new_id(), "person_id": new_id(), "name": "Murai Perantau", "sex": "M"}
    act(officer, "people.register_household", household_id=new_id(), members=[someone], known_to_differ=True)
    ids["abroad_id"] = new_id()
    act(
        officer, "cases.record_found_abroad", case_id=ids["abroad_id"], resident_id=someone["resident_id"],
        country="MYS", procedural_status="NON_PROCEDURAL",
    )  # fmt: skip


def _lawful_instead(ids: dict[str, Any], officer: Actor, case_id: UUID) -> None:
    """Cendet's offer stopped; of two vacancies on the national list she was told one."""
    orders = [
        {"name": "PT Contoh Karya", "country": "HKG", "title": "PLRT", "job": "domestic_worker", "permit_number": n}
        for n in ("SIP-1", "SIP-2")
    ]
    given = {
        "load_id": new_id(), "region_code": "ID", "kind": "permits", "as_of": "2026-11-20", "source": "Contoh",
        "file_digest": "0" * 64, "job_orders": orders,
    }  # fmt: skip
    do(operator(), "placement.load_list", given, now=NOW, act_id=new_id())
    told, ids["vacancy_id"] = JobOrder.objects.order_by("permit_number").values_list("id", flat=True)
    ids["relay_id"] = new_id()
    act(officer, "cases.relay_vacancy", relay_id=ids["relay_id"], case_id=case_id, job_order_id=told)
    stopped = {"offer": {"country": "SAU", "employer_type": "household", "visa": "umrah"}}
    act(officer, "cases.check_offer", check_id=new_id(), case_id=case_id, answers=stopped)
    ids["stack_id"] = new_id()
    act(officer, "cases.print_sheets", batch_id=ids["stack_id"], kind="visit", count=3)
    ids["report_id"] = new_id()
    act(officer, "cases.report_broker", record_id=ids["report_id"], case_id=case_id, name="Calo", complaint="money")
    ids["broker_id"] = Broker.objects.in_village(KURIPAN).get().id
    _complaint(ids, officer)
    _referral(ids, officer)
    ids["follow_up_id"] = FollowUp.objects.in_village(KURIPAN).get().id


def _referral(ids: dict[str, Any], officer: Actor) -> None:
    """Kanarina's papers were referred to the civil registry of the regency, which sees her sex and nothing else."""
    listed = b"jenis lembaga;kode wilayah;nama lembaga\nDukcapil;33.07;Dukcapil Contoh\n"
    file = ListFile("bodies", listed, "lembaga.csv", "33.07", NOW.date(), "Daftar contoh")
    assert load_file(file, by=operator(), now=NOW, commit=True).load is not None
    ids |= {"referral_id": new_id(), "token": "0000-0000-0000-0000"}
    (body,) = bodies_for(KURIPAN, NOW.date())
    act(
        officer, "cases.send_referral", referral_id=ids["referral_id"], link_id=new_id(), matter_kind="case",
        matter_id=ids["case_id"], body_id=body.id, about="papers", why="Mohon dicocokkan.", fields=["sex"],
        basis="consent",
    )  # fmt: skip


def _complaint(ids: dict[str, Any], officer: Actor) -> None:
    """Somebody told that somebody is not paid, and brought a photo of messages."""
    ids["complaint_id"], ids["evidence_id"], ids["deed"] = new_id(), new_id(), "pilah"
    told = {"complaint_id": ids["complaint_id"]}
    story = "Upah Kepodang tidak dibayar sejak Agustus."
    act(officer, "cases.record_complaint", **told, channel="kin", kind="UNPAID_WAGE", story=story)
    act(officer, "cases.add_complaint_evidence", **told, evidence_id=ids["evidence_id"], what="chat", picture=photo())


def _whose_families_say_no(ids: dict[str, Any], officer: Actor) -> None:
    """Cendet waits for the answer to her request; Murai was refused and objects."""
    people = [
        {"resident_id": new_id(), "person_id": new_id(), "name": name, "sex": "F", "birth_date": "1990-01-01"}
        for name in ("Cendet Menanti", "Murai Keberatan")
    ]
    act(officer, "people.register_household", household_id=new_id(), members=people, known_to_differ=True)
    requests = []
    for someone in people:
        case_id, request_id = new_id(), new_id()
        act(officer, "cases.open_case", case_id=case_id, resident_id=someone["resident_id"])
        act(officer, "cases.record_family_talk", talk_id=new_id(), case_id=case_id, permission="refused")
        act(officer, "cases.ask_for_letter", request_id=request_id, case_id=case_id)
        requests.append(request_id)
        if len(requests) == 1:
            _lawful_instead(ids, officer, case_id)
    ids["request_id"] = ids["late_id"] = requests[0]
    act(officer, "cases.refuse_letter", request_id=requests[1], reason="permission_not_given")
    ids["objection_id"] = new_id()
    act(officer, "cases.make_objection", objection_id=ids["objection_id"], request_id=requests[1], story="Saya mau.")


def _plan(officer: Actor, resident: Any, *, giver: Any, capacity: str) -> tuple[UUID, UUID]:
    case_id, check_id = new_id(), new_id()
    act(officer, "cases.open_case", case_id=case_id, resident_id=resident)
    act(officer, "cases.check_offer", check_id=check_id, case_id=case_id, answers=LAWFUL)
    act(
        officer, "cases.record_family_talk", talk_id=new_id(), case_id=case_id, permission="given",
        giver_capacity=capacity, giver_id=giver, disputed=False, pressure=False, candidate_confirms_alone=True,
    )  # fmt: skip
    return case_id, check_id


def sheet() -> bytes:
    """A register sheet with one family of its own."""
    target = io.BytesIO()
    row = {
        "nama": "Cucakrowo Jati", "no_kk": "3307101203150094", "nik": "3307100101700419", "sex": "1",
        "tempatlahir": "Wonosobo", "tanggallahir": datetime(1970, 1, 1, tzinfo=UTC).date(), "dusun": "Krajan",
        "rw": "1", "rt": "2", "alamat": "Jalan Burung Kenari 9", "kk_level": "1", "agama_id": "1",
    }  # fmt: skip
    write_sheet([row], target)
    return target.getvalue()


def sheet_to_send() -> SimpleUploadedFile:
    return SimpleUploadedFile("register.xlsx", sheet(), content_type="application/vnd.ms-excel")


def _pivot(world: World, officer: Actor) -> None:
    """The officer keeps a table of figures and shares it with the office."""
    world.ids["pivot_id"] = id = new_id()
    for name, given in (
        ("save_pivot", {"title": "Perkutut Account", "query": "ukuran=A5"}),
        ("share_pivot", {"is_shared": True}),
    ):
        do(officer, f"analysis.{name}", {"pivot_id": id, **given}, now=NOW, act_id=new_id())


def _import(world: World, officer: Actor) -> None:
    report = import_file(sheet(), KURIPAN, by=officer, now=NOW, commit=True, file_name="register.xlsx")
    assert report.batch, report.as_dict()
    world.ids["batch_id"] = report.batch


def _waiting_for_a_decision(world: World, officer: Actor) -> None:
    """A correction from somebody who looked at an older version of the file."""

    def correction(name: str, seen: int) -> Act:
        payload = {
            "village_code": KURIPAN, "resident_id": world.ids["resident_id"], "seen_version": seen,
            "on": "2026-11-23", "reason": "Salah tulis", "source": "KTP", "changes": {"name": name},
        }  # fmt: skip
        return Act("people.correct_resident", new_id(), payload, via="sync")

    resident = Resident.objects.in_village(KURIPAN).get(id=world.ids["resident_id"])
    assert perform(officer, correction("Kanarina Wulandari", resident.version), now=NOW).outcome == "done"
    receipt = perform(officer, correction("Kanarina Wulansari", 1), now=NOW)
    assert receipt.outcome == "needs_review", receipt.reasons
    world.ids["receipt_id"] = receipt.id


def _lost_factor(world: World, user_id: UUID) -> None:
    """An officer of Kuripan whose phone is gone; another account asked, nobody has agreed yet."""
    second = _account(world, "second_user", "village_officer", "Perkutut Account Dua")
    for lost in (user_id, second):
        Authenticator.objects.create(user_id=lost, type=Authenticator.Type.TOTP, data={})
    nobodys = {
        "public_id": new_id(),
        "country": "HKG",
        "upload_id": new_id(),
        "browser_id": new_id(),
        "pk": 987_654,
    }  # sign-ins and passkeys
    world.ids |= {"reset_id": new_id(), **nobodys}
    given = {"reset_id": world.ids["reset_id"], "user_id": second}
    do(operator(), "access.ask_factor_reset", given, now=NOW, act_id=new_id())

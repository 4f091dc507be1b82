"""What lies on an officer's desk beside the stories: a late sheet, doubles, a clash, moves, phones and consents.

Every page of the demo has something to show, and all of it came through the door.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from desmigratif.access.door import Act, perform
from desmigratif.audit.models import Outcome
from desmigratif.cases.models import Case, CaseState, CaseStep, OfferCheck
from desmigratif.cases.queries.offer.alternatives import alternatives_for
from desmigratif.cases.rules.before.sheets import number_text
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.demo.centre.returns import come_back
from desmigratif.demo.centre.stories import StoryRefused, Teller
from desmigratif.demo.people.population import Registers, Row
from desmigratif.documents.models import Letter
from desmigratif.documents.rules.letter_text import FAMILY_PERMISSION
from desmigratif.people.models import Resident
from desmigratif.people.queries.doubles import SAME_BIRTH, Pair, pairs_alike
from desmigratif.people.rules.consent import purposes_on
from desmigratif.shared.ids import new_id

DOUBLES = 3
BEFORE_ORIENTATION = (
    "selection", "placement_agreement", "recommendation", "police_and_medical", "training", "social_security_before",
    "passport", "contract_and_visa", "social_security_during",
)  # fmt: skip
WISHES = ("Lewat Bu RT saja", "Hanya setelah magrib", "Jangan lewat HP suami", "Kirim pesan dulu, jangan telepon")
_GROWN_UP_YEARS = 24


class OfficeAffairs:
    """One village's, told by its officer after the stories."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.late_on = teller.today - timedelta(days=6)

    def late_rows(self) -> list[Row]:
        """A sheet that came later: one family that was forgotten, and people whom the village has already under
        another birthplace."""
        registers = Registers(self.teller.random, self.teller.plan, self.late_on)
        kk = registers.kk(self.late_on)
        shared: Row = {
            "no_kk": kk, "dusun": self.teller.plan.hamlets[0], "rw": "009", "rt": "009", "alamat": "",
            "agama_id": self.teller.plan.religion, "warganegara_id": 1, "status_dasar": 1,
        }  # fmt: skip
        new = [
            {**self._row(registers.name(sex, 30), sex, registers.birth_at_age(age), relation), **shared}
            for sex, age, relation in ((1, 34, 1), (2, 31, 3), (2, 8, 4))
        ]
        known = [
            {**self._row(one.name, 1 if one.sex == "M" else 2, one.birth_date, 11), **shared}
            for one in grown_ups(self.teller, DOUBLES)
        ]
        return [*new, *known]

    def _row(self, name: str, sex: int, birth_date: date | None, relation: int) -> Row:
        return {
            "nama": name, "nik": "0", "sex": sex, "tempatlahir": "Bekasi", "tanggallahir": birth_date,
            "kk_level": relation, "status_kawin": 1, "pekerjaan_id": 1, "pendidikan_kk_id": 5,
        }  # fmt: skip

    def tell(self) -> None:
        """After the late sheet is in."""
        self._merge_one()
        self._reach_people()
        self._clash()
        self._go_on_with_plans()
        self._find_abroad()
        come_back(self.teller)
        self._work_on_paper()
        self._after_a_stop()

    def _merge_one(self) -> None:
        """One of the doubles was looked into; the others wait."""
        pairs, _count = pairs_alike(self.teller.officer, self.teller.plan.code)
        pair = next(pair for pair in pairs if pair.why == SAME_BIRTH)
        on = self.late_on + timedelta(days=1)
        self.teller.act(
            "people.merge_residents", on, self.teller.moment(on, 14), merge_id=str(new_id()), **_versions(pair),
            reason="KTP dan KK menunjukkan orang yang sama",
        )  # fmt: skip

    def _reach_people(self) -> None:
        """Numbers, wishes how to be reached, and answers to what data is used for."""
        on, serial = self.teller.today - timedelta(days=5), count(1)
        purposes = list(purposes_on(on))
        for number, one in enumerate(grown_ups(self.teller, 8, skip=20)):
            at, who = self.teller.moment(on, 10, number), {"resident_id": str(one.id)}
            self.teller.act(
                "people.add_phone", on, at, phone_id=str(new_id()), **who, number=f"0812 0000 {next(serial):04d}",
                safe=(True, None, False)[number % 3],
            )  # fmt: skip
            self.teller.act(
                "people.record_consent", on, at, consent_id=str(new_id()), **who,
                purpose=purposes[number % len(purposes)], given=number % 4 != 3,
                text_version=purposes_on(on)[purposes[number % len(purposes)]].text_version,
            )  # fmt: skip
        for wish, one in zip(WISHES, grown_ups(self.teller, len(WISHES), skip=20), strict=True):
            self.teller.act(
                "people.record_contact_wish", on, self.teller.moment(on, 11), wish_id=str(new_id()),
                resident_id=str(one.id), wish=wish,
            )  # fmt: skip

    def _clash(self) -> None:
        """Two colleagues corrected one birthplace without a signal; the second waits for a person."""
        (one,) = grown_ups(self.teller, 1, skip=12)
        on = self.teller.today - timedelta(days=2)
        for place, outcome in (("Magelang", Outcome.DONE), ("Semarang", Outcome.NEEDS_REVIEW)):
            content: dict[str, Any] = {
                "village_code": self.teller.plan.code, "on": on.isoformat(), "resident_id": str(one.id),
                "seen_version": one.version, "reason": "Menurut akta lahir", "source": "Akta",
                "changes": {"birth_place": place},
            }  # fmt: skip
            act = Act("people.correct_resident", new_id(), content, via="demo")
            receipt = perform(self.teller.officer, act, now=self.teller.moment(on, 15))
            if receipt.outcome != outcome:
                raise StoryRefused(act.name, receipt.reasons)

    def _go_on_with_plans(self) -> None:
        """Of those who have their letter, one waits for the manpower office, one for the protection office, and one
        sent papers to the civil registry for the second time."""
        cleared = Case.objects.in_village(self.teller.plan.code).filter(state=CaseState.VILLAGE_CLEARED)
        holding = Letter.objects.in_village(self.teller.plan.code).filter(kind=FAMILY_PERMISSION, revoked_on=None)
        cases = list(cleared.filter(resident_id__in=holding.values("resident_id")).order_by("opened_on", "id"))
        on = self.teller.today - timedelta(days=20)
        for case in cases[:2]:
            self.teller.act(
                "cases.record_information", on, self.teller.moment(on, 9), case_id=str(case.id), received=True,
                topics=list(topics_on(on)),
            )  # fmt: skip
            for step in ("civil_papers", "jobseeker_registration"):
                self._step("cases.record_step_result", case, step, on, trips=2, paid_rupiah=0)
        for case in cases[:1]:
            self._send(case, "selection", on)
        for case in cases[1:2]:
            for step in BEFORE_ORIENTATION:
                self._step("cases.record_step_result", case, step, on, elsewhere=True)
            self._send(case, "orientation", on)
        for case in cases[2:3]:
            on = case.opened_on + timedelta(days=2)
            self._send(case, "civil_papers", on)
            self._step("cases.hold_step", case, "civil_papers", on, reason="papers_missing", holder="candidate")
            self._send(case, "civil_papers", on)

    def _send(self, case: Case, step: str, on: date) -> None:
        self._step("cases.send_bundle", case, step, on, bundle_id=str(new_id()), papers=["ktp", "kk"])

    def _step(self, name: str, case: Case, step: str, on: date, **more: Any) -> None:
        row = CaseStep.objects.in_village(self.teller.plan.code).filter(case=case, step=step).first()
        self.teller.act(
            name,
            on,
            self.teller.moment(on, 10),
            case_id=str(case.id),
            step=step,
            seen=row.version if row else 0,
            **more,
        )

    def _find_abroad(self) -> None:
        """Two whom the register calls gone: the family told where they are, one of them without papers."""
        gone = Resident.objects.in_village(self.teller.plan.code).filter(life_status="away")
        on = self.teller.today - timedelta(days=8)
        found = []
        for one, status in zip(gone.order_by("name_key", "id")[:2], ("PROCEDURAL", "NON_PROCEDURAL"), strict=False):
            found.append(str(new_id()))
            self.teller.act(
                "cases.record_found_abroad", on, self.teller.moment(on, 10), case_id=found[-1],
                resident_id=str(one.id), country="MYS", job="plantation_worker", employer_type="company",
                departed_on=(on - timedelta(days=400)).isoformat(), procedural_status=status,
            )  # fmt: skip
        for case_id in found[:1]:
            self._hear_from(case_id, on)
        for case_id in found[1:]:
            self._agree(case_id, on, days=3, facts={"kin_name": "Paman Contoh", "kin_phone": "0812 0000 0000"})

    def _agree(self, case_id: str, on: date, *, days: int, facts: dict[str, Any]) -> None:
        """With whom and where; how often to call. Whoever agreed on three days has been silent since."""
        self.teller.act(
            "cases.record_stay", on, self.teller.moment(on, 11), case_id=case_id, seen=1, agreed_contact_days=days,
            facts=facts,
        )  # fmt: skip

    def _hear_from(self, case_id: str, on: date) -> None:
        """One who calls every Sunday: reported to the mission, in a longer contract, and the family told of money."""
        facts = {
            "employer": "Ladang Contoh Sdn Bhd", "address": "Estet Contoh, Sabah", "phone": "+60 00 0000 0000",
            "contact_weekdays": [6], "contact_time": "20:00", "contract_until": (on + timedelta(days=90)).isoformat(),
            "cover_until": (on + timedelta(days=90)).isoformat(),
        }  # fmt: skip
        self._agree(case_id, on, days=14, facts=facts)
        last = self.teller.today - timedelta(days=1)
        deeds: tuple[tuple[str, dict[str, Any]], ...] = (
            ("cases.report_to_mission", {"how": "message"}),
            ("cases.record_contact", {"contact_id": str(new_id()), "source": "nobody"}),
            ("cases.record_contact", {"contact_id": str(new_id()), "source": "worker", "note": "Sehat dan betah."}),
            ("cases.change_contract", {
                "change_id": str(new_id()), "kind": "extension", "paid": False,
                "until": (on + timedelta(days=455)).isoformat(),
            }),
            ("cases.note_remittance", {
                "note_id": str(new_id()), "willing": True, "band": "from_1_to_3", "uses": ["school", "savings"],
            }),
        )  # fmt: skip
        for hour, (name, said) in enumerate(deeds, start=9):
            self.teller.act(name, last, self.teller.moment(last, hour), case_id=case_id, **said)

    def _work_on_paper(self) -> None:
        """A stack of visitors' sheets for the days without power: one was entered, one torn, the others lie about."""
        printed, entered = self.teller.today - timedelta(days=20), self.teller.today - timedelta(days=4)
        self.teller.act(
            "cases.print_sheets", printed, self.teller.moment(printed, 8), batch_id=str(new_id()), kind="visit", count=5
        )
        code = self.teller.plan.code
        first, second = (number_text(code, "visit", running) for running in (1, 2))
        visit = {
            "visit_id": str(new_id()), "village_code": code, "on": entered.isoformat(), "purpose": "papers",
            "visitor_name": "Tamu dari Dusun Sebelah",
        }  # fmt: skip
        self.teller.act("cases.enter_sheet", entered, self.teller.moment(entered, 9), number=first, visit=visit)
        self.teller.act("cases.spoil_sheet", entered, self.teller.moment(entered, 10), number=second, because="torn")

    def _after_a_stop(self) -> None:
        """Whoever's offer was stopped is told of a lawful vacancy, and says who recruited them."""
        code, on = self.teller.plan.code, self.teller.today - timedelta(days=2)
        stopped = OfferCheck.objects.in_village(code).filter(level="stop", case__state=CaseState.INTENT)
        case = stopped.select_related("case__resident").order_by("on", "id")[0].case
        here = {"case_id": str(case.id)}
        self.teller.act(
            "cases.report_broker", on, self.teller.moment(on, 9), record_id=str(new_id()), name="Bang Contoh",
            aliases="Pak Haji", hamlet=self.teller.plan.hamlets[0], complaint="money",
            story="Minta lima juta sebelum ada perjanjian.", **here,
        )  # fmt: skip
        order, relay = alternatives_for(case, on).orders[0], {"relay_id": str(new_id())}
        self.teller.act(
            "cases.relay_vacancy", on, self.teller.moment(on, 10), job_order_id=str(order.id), **relay, **here
        )
        self.teller.act("cases.record_vacancy_outcome", on, self.teller.moment(on, 11), outcome="interested", **relay)


def _versions(pair: Pair) -> dict[str, Any]:
    return {
        "kept_id": str(pair.first.id), "merged_id": str(pair.second.id), "seen_kept": pair.first.version,
        "seen_merged": pair.second.version,
    }  # fmt: skip


def grown_ups(teller: Teller, most: int, *, skip: int = 0) -> list[Resident]:
    """Grown-up people of the village who are at home, always the same ones."""
    born_before = teller.today - timedelta(days=_GROWN_UP_YEARS * 366)
    rows = Resident.objects.in_village(teller.plan.code).filter(
        life_status="alive", birth_date__lt=born_before, sex__in=("M", "F")
    )
    return list(rows.order_by("-birth_date", "name_key", "id")[skip : skip + most])


def hand_over_to(teller: Teller, to_village_code: str) -> None:
    """Somebody moves to another village of the demo and waits there to be accepted."""
    (one,) = grown_ups(teller, 1, skip=60)
    on = teller.today - timedelta(days=3)
    teller.act(
        "people.transfer_resident", on, teller.moment(on, 10), move_id=str(new_id()), resident_id=str(one.id),
        seen_version=one.version, to_village_code=to_village_code, fields=["sex", "birth_date", "birth_place"],
    )  # fmt: skip

"""A family that another service hands over gets a plan to save or a loan, or hears why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Cooperative, Loan, SavingsAccount
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
NIK, OTHER, SINCE, TODAY = "3307104107850001", "3307100302880417", date(2026, 9, 1), date(2026, 11, 23)


class Handing:
    """Siti is a member and her family is known; Budi is a member whom the village does not know."""

    def __init__(self, act: Acting, officer: Actor, cooperative: Cooperative) -> None:
        self.act, self.officer, self.cooperative, self.id = act, officer, cooperative, cooperative.id
        self.clients: dict[str, Client] = {}
        self.actors: dict[str, Actor] = {}
        for name, role, village in (
            ("treasurer", "treasurer", KURIPAN), ("board", "board", KURIPAN), ("cashier", "cashier", KURIPAN),
            ("stranger", "treasurer", KENANGA),
        ):  # fmt: skip
            self._enter(name, f"cooperative_{role}", village)
        self.household, self.resident = new_id(), new_id()
        siti = {"resident_id": self.resident, "person_id": new_id(), "name": "SITI AMINAH", "nik": NIK, "sex": "F"}
        act(
            officer, "people.register_household", household_id=self.household, village_code=KURIPAN, on=SINCE,
            members=[siti],
        )  # fmt: skip
        self._terms()
        self.siti, self.budi = self._member("Siti Aminah", NIK), self._member("Budi Santoso", OTHER)

    def _enter(self, name: str, role: str, village: str) -> None:
        user = User.objects.create(username=name, name=f"Orang {name}")
        Grant.objects.create(user=user, role=role, region_code=village, valid_from=date(2020, 1, 1))
        self.clients[name] = Client()
        self.clients[name].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.actors[name] = actor_for(user, today=TODAY)

    def do(self, who: str, verb: str, **given: Any) -> dict[str, Any]:
        return self.act(self.actors[who], f"cooperative.{verb}", cooperative_id=self.id, **given)

    def _terms(self) -> None:
        decided = {"since": SINCE, "decision": "Rapat"}
        sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 0}
        self.do("board", "set_membership_terms", terms_id=new_id(), **sums, **decided)
        self.do("board", "set_money_limit", limit_id=new_id(), second_person_above_rupiah=10**7, **decided)
        self.do("cashier", "open_till", till_id=new_id(), on=TODAY, opening_rupiah=0)
        self.goal, self.loan = new_id(), new_id()
        self.do(
            "board", "add_savings_product", product_id=self.goal, name="Simpanan sekolah", kind="purpose", since=SINCE,
            annual_percent="4",
        )  # fmt: skip
        offer = {"method": "declining", "annual_percent": "12", "most_rupiah": 5_000_000, "most_instalments": 12}
        self.do("board", "add_loan_product", product_id=self.loan, name="Modal warung", since=SINCE, offer=offer)

    def _member(self, name: str, nik: str) -> UUID:
        id = new_id()
        self.do(
            "board", "apply_for_membership", member_id=id, on=TODAY, name=name, nik=nik, birth_date=date(1985, 7, 1),
            address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        paid = {"member_id": id, "kind": "entry", "amount_rupiah": 100_000}
        self.do("cashier", "pay_capital", entry_id=new_id(), on=TODAY, **paid)
        self.do("board", "admit_member", member_id=id, on=TODAY)
        return id

    def handed(self, kind: str = "saving_plan") -> UUID:
        id = new_id()
        self.act(
            self.officer, "people.hand_over_household", hand_over_id=id, village_code=KURIPAN, on=TODAY, kind=kind,
            household_id=self.household, resident_id=self.resident,
        )  # fmt: skip
        return id

    def state(self, id: UUID) -> tuple[bool | None, str]:
        row = HandOver.objects.in_village(KURIPAN).get(id=id)
        return row.taken, row.declined_because

    def get(self, who: str, name: str, id: UUID, query: str = "") -> Any:
        return self.clients[who].get(reverse(f"cooperative:{name}", args=[id]) + query)

    def sent(self, who: str, name: str, id: UUID, query: str, **changes: Any) -> Any:
        """The form as it was filled for us, with these changes, sent."""
        form = self.get(who, name, id, query).context["form"]
        data = {field.name: field.value() for field in form if field.value() not in (None, "")}
        return self.clients[who].post(reverse(f"cooperative:{name}", args=[id]) + query, {**data, **changes})


@pytest.fixture
def handing(
    places: None, act: Acting, officer: Actor, cooperative: Cooperative, now: datetime, settings: Any
) -> Iterator[Handing]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(now, tick=False):
        yield Handing(act, officer, cooperative)


def test_the_treasurer_turns_a_hand_over_into_a_saving_plan(handing: Handing) -> None:
    handed = handing.handed()
    assert (
        "1 keluarga menunggu jawaban koperasi" in handing.get("treasurer", "cooperative", handing.id).content.decode()
    )
    page = handing.get("treasurer", "hand_overs", handing.id).content.decode()
    assert "Tawarkan tabungan kiriman" in page and "Siti Aminah" in page
    query = f"?serahan={handed}"
    assert query in page

    form = handing.get("treasurer", "open_savings", handing.siti, query).context["form"]
    assert (form["purpose"].value(), form["product_id"].value()) == (
        "Tabungan kiriman dari luar negeri", str(handing.goal)
    )  # fmt: skip
    sent = handing.sent(
        "treasurer", "open_savings", handing.siti, query, target_rupiah="6.000.000", target_on="01-12-2027",
        planned_monthly_rupiah="500.000",
    )  # fmt: skip
    assert sent.status_code == 302, sent.context["form"].errors
    account = SavingsAccount.objects.of(handing.cooperative).get(member_id=handing.siti)
    assert (account.purpose, account.planned_monthly_rupiah) == ("Tabungan kiriman dari luar negeri", 500_000)
    assert handing.state(handed) == (True, "")
    assert "Tidak ada serahan" in handing.get("treasurer", "hand_overs", handing.id).content.decode()


def test_a_need_of_capital_becomes_an_application(handing: Handing) -> None:
    handed = handing.handed("capital_need")
    HandOver.objects.in_village(KURIPAN).filter(id=handed).update(amount_rupiah=1_500_000, purpose="Wajan besar")
    assert "Rp1.500.000</b>, Wajan besar" in handing.get("treasurer", "hand_overs", handing.id).content.decode()
    form = handing.get("treasurer", "apply_for_loan", handing.siti, f"?serahan={handed}").context["form"]
    assert (form["amount_rupiah"].value(), form["purpose"].value()) == ("Rp1.500.000", "Wajan besar")
    sent = handing.sent(
        "treasurer", "apply_for_loan", handing.siti, f"?serahan={handed}", amount_rupiah="1.000.000", instalments="10"
    )
    assert sent.status_code == 302, sent.context["form"].errors
    loan = Loan.objects.of(handing.cooperative).get()
    assert (loan.purpose, loan.member_id) == ("Wajan besar", handing.siti)
    assert handing.state(handed) == (True, "")


def test_a_no_needs_a_reason_and_leads_back(handing: Handing) -> None:
    handed = handing.handed("returnee_saving")
    here = reverse("cooperative:hand_overs", args=[handing.id])
    decline = reverse("people:answer_hand_over", args=[handed])
    without = handing.clients["treasurer"].post(decline, {"act_id": str(new_id()), "kembali": here})
    assert (without["Location"], handing.state(handed)) == (here, (None, ""))
    given = {"act_id": str(new_id()), "kembali": "https://example.com/", "because": "family_does_not_want"}
    answer = handing.clients["treasurer"].post(decline, given)
    assert answer["Location"] == reverse("people:hand_overs")  # never to somebody else's site
    assert handing.state(handed) == (False, "family_does_not_want")


def test_a_family_without_a_member_is_written_down_first(handing: Handing) -> None:
    household, resident, handed = new_id(), new_id(), new_id()
    wati = {"resident_id": resident, "person_id": new_id(), "name": "WATI", "nik": "3307105501900006", "sex": "F"}
    handing.act(
        handing.officer, "people.register_household", household_id=household, village_code=KURIPAN, on=SINCE,
        members=[wati],
    )  # fmt: skip
    handing.act(
        handing.officer, "people.hand_over_household", hand_over_id=handed, village_code=KURIPAN, on=TODAY,
        kind="saving_plan", household_id=household, resident_id=resident,
    )  # fmt: skip
    assert "Belum ada anggota koperasi" in handing.get("board", "hand_overs", handing.id).content.decode()
    form = handing.get("board", "apply", handing.id, f"?serahan={handed}").context["form"]
    assert form["name"].value() == "Wati" and not form["nik"].value()


def test_only_their_own_family_is_answered_and_only_once(handing: Handing) -> None:
    handed = handing.handed()
    saves = {
        "product_id": handing.goal, "on": TODAY, "purpose": "Sekolah", "target_rupiah": 10**6,
        "target_on": date(2027, 7, 1), "hand_over_id": handed,
    }  # fmt: skip

    def refused(who: str, member: UUID) -> str:
        with pytest.raises(Refusal) as refusal:
            handing.do(who, "open_savings_account", account_id=new_id(), member_id=member, **saves)
        return refusal.value.reasons[0].code

    assert refused("treasurer", handing.budi) == "not_found"
    assert refused("cashier", handing.siti) == "not_found"  # a cashier does not answer for the cooperative
    handing.do("treasurer", "open_savings_account", account_id=new_id(), member_id=handing.siti, **saves)
    assert refused("treasurer", handing.siti) == "already_answered"


def test_strangers_and_cashiers_see_no_family(handing: Handing) -> None:
    query = f"?serahan={handing.handed()}"
    for who in ("stranger", "cashier"):
        assert handing.get(who, "hand_overs", handing.id).status_code == 404
    assert handing.get("cashier", "open_savings", handing.siti, query).status_code == 404
    assert handing.get("treasurer", "open_savings", handing.siti, "?serahan=bukan").status_code == 404
    assert "menunggu jawaban" not in handing.get("cashier", "cooperative", handing.id).content.decode()

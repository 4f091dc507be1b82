"""What a cooperative may know of a member's family: what the member said yes to, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.audit import memory
from desmigratif.cooperative.models import Cooperative, Member
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.cooperative.views.common import families_of
from desmigratif.people.queries.sharing import COOPERATIVE
from desmigratif.people.rules.consent import purposes_on
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass

Acting = Callable[..., dict[str, Any]]
NIK, SINCE, TODAY = "3307104107850001", date(2026, 9, 1), date(2026, 11, 23)


class Family:
    """A member whose husband is abroad without wages, with one signal that is protective."""

    def __init__(self, act: Acting, officer: Actor, board: Actor, cooperative: Cooperative, working: Any) -> None:
        self.act, self.officer, self.cooperative = act, officer, cooperative
        self.household, self.resident, self.member = new_id(), new_id(), new_id()
        siti = {"resident_id": self.resident, "person_id": new_id(), "name": "SITI AMINAH", "nik": NIK, "sex": "F"}
        act(
            officer, "people.register_household", household_id=self.household, village_code=KURIPAN, on=SINCE,
            members=[siti],
        )  # fmt: skip
        act(
            board, "cooperative.apply_for_membership", cooperative_id=cooperative.id, member_id=self.member, on=SINCE,
            name="Siti Aminah", nik=NIK, birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        with working(officer):
            for kind, privacy in (
                ("unpaid_wage_case", PrivacyClass.SPECIFIC), ("worker_abroad", PrivacyClass.PERSONAL),
                ("nik_doubt", PrivacyClass.PERSONAL), ("contact_overdue", PrivacyClass.PROTECTIVE),
            ):  # fmt: skip
                memory.set_signal(
                    kind, village_code=KURIPAN, household_id=self.household, since=SINCE, privacy=privacy
                )  # fmt: skip

    def says(self, yes: bool) -> UUID:
        id = new_id()
        self.act(
            self.officer, "people.record_consent", consent_id=id, village_code=KURIPAN, resident_id=self.resident,
            purpose=COOPERATIVE, given=yes, given_by="self", on=TODAY,
            text_version=purposes_on(TODAY)[COOPERATIVE].text_version,
        )  # fmt: skip
        return id

    def seen(self) -> list[str]:
        member = Member.objects.of(self.cooperative).select_related("resident").get(id=self.member)
        return [said["label"] for said in families_of([member], TODAY).get(member.id, [])]


@pytest.fixture
def family(places: None, act: Acting, officer: Actor, board: Actor, cooperative: Cooperative, working: Any) -> Family:
    return Family(act, officer, board, cooperative, working)


def test_without_a_yes_nothing_of_the_family_is_told(family: Family) -> None:
    assert family.seen() == []
    family.says(False)
    assert family.seen() == []


def test_a_yes_tells_what_bears_on_money_and_never_what_is_protective(family: Family) -> None:
    family.says(True)

    assert sorted(family.seen()) == ["Bekerja di luar negeri", "Upah belum dibayar"]


def test_a_yes_that_is_taken_back_closes_it_again(family: Family) -> None:
    consent = family.says(True)

    family.act(family.officer, "people.withdraw_consent", consent_id=consent, village_code=KURIPAN, on=TODAY)

    assert family.seen() == []


def test_the_list_of_arrears_shows_it_beside_what_is_owed(
    family: Family, board: Actor, cashier: Actor, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    of = {"cooperative_id": family.cooperative.id}
    sums = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000, "decision": "Rapat"}
    family.act(board, "cooperative.set_membership_terms", **of, terms_id=new_id(), since=SINCE, **sums)
    family.act(cashier, "cooperative.open_till", **of, till_id=new_id(), on=TODAY, opening_rupiah=0)
    entry = {"entry_id": new_id(), "kind": "entry", "amount_rupiah": 100_000}
    family.act(cashier, "cooperative.pay_capital", **of, member_id=family.member, on=TODAY, **entry)
    family.act(board, "cooperative.admit_member", **of, member_id=family.member, on=TODAY)
    family.says(True)
    user = User.objects.create(username="kasir", name="Kasir")
    Grant.objects.create(user=user, role="cooperative_cashier", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(f"/koperasi/{family.cooperative.id}/anggota/?pilih=menunggak").content.decode()

    assert "Rp20.000" in page and "Upah belum dibayar" in page


def test_the_members_page_shows_it_to_people_who_may_not_open_the_residents_file(family: Family, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username="kasir", name="Kasir")
    Grant.objects.create(user=user, role="cooperative_cashier", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/koperasi/anggota/{family.member}/"
    assert "Tidak ada yang boleh ditampilkan" in client.get(address).content.decode()

    family.says(True)

    assert "Upah belum dibayar" in client.get(address).content.decode()
    assert client.get(f"/warga/{family.resident}/").status_code == 404

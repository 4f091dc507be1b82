"""A contract that is not paid leaves the books: whose money it was bears it, and later money goes there."""

from __future__ import annotations

from uuid import UUID

import pytest

from desmigratif.cooperative.models import BusinessMove
from desmigratif.cooperative.queries.sharia.funds import fund_now, fund_year
from desmigratif.cooperative.rules.sharia.profit import Fund
from desmigratif.cooperative.tests.market import SINCE, TODAY
from desmigratif.cooperative.tests.sharia.conftest import QARDH, Souk
from desmigratif.shared.ids import new_id

FROM_THE_FUND = {**QARDH, "source": "benevolent", "amount_rupiah": 300_000}


@pytest.fixture
def kind(souk: Souk) -> Souk:
    """Half a million was given to the fund."""
    souk.money("move_benevolent_fund", kind="donated", party="Hamba Allah", amount_rupiah=500_000)
    return souk


def lent(souk: Souk) -> UUID:
    id = souk.agreed("qardh", **FROM_THE_FUND)
    souk.money("hand_out_financing", contract_id=id, amount_rupiah=300_000)
    return id


def written_off(souk: Souk, contract: UUID) -> UUID:
    """By two persons; the id of the entry."""
    id, entry = new_id(), new_id()
    asked = {"write_off_id": id, "contract_id": contract, "on": TODAY, "ground": "death", "reason": "Meninggal dunia"}
    souk.do(souk.treasurer, "propose_write_off", **asked)
    agreed = {"entry_id": entry, "write_off_id": id, "on": TODAY, "answer": "yes", "decision": "Rapat pengurus"}
    souk.do(souk.board, "decide_write_off", **agreed)
    return entry


def test_the_fund_bears_its_own_qardh_and_gets_back_what_is_paid_later(kind: Souk) -> None:
    id = lent(kind)
    kind.money("take_contract_payment", contract_id=id, amount_rupiah=50_000)
    written_off(kind, id)

    assert (kind.standing(id).state, kind.standing(id).claim_rupiah) == ("written_off", 250_000)
    assert fund_now(kind.cooperative) == Fund(available=250_000, lent=0)
    assert (kind.balance("fund_benevolent"), kind.balance("provision_expense")) == (250_000, 0)
    assert kind.money_refused("take_contract_payment", contract_id=id, amount_rupiah=250_001) == "more_than_owed"
    kind.money("take_contract_payment", contract_id=id, amount_rupiah=250_000)

    assert (kind.standing(id).state, kind.standing(id).paid) == ("done", 300_000)
    assert (kind.balance("fund_benevolent"), kind.balance("recoveries")) == (500_000, 0)
    year = fund_year(kind.cooperative, SINCE, TODAY)
    assert (year.closing, year.lent, year.otherwise) == (500_000, 0, 0)


def test_a_sale_loses_its_cost_and_not_the_margin_that_nobody_earned(souk: Souk) -> None:
    id = souk.sold()
    souk.money("take_contract_payment", contract_id=id, amount_rupiah=140_000)
    left = souk.balance("murabahah_receivable", id) - souk.balance("murabahah_deferred", id)
    written_off(souk, id)

    assert souk.balance("provision_expense") == left == 1_375_000
    assert souk.balance("murabahah_receivable", id) == souk.balance("murabahah_deferred", id) == 0
    assert (souk.standing(id).claim_rupiah, souk.standing(id).paid) == (1_540_000, 140_000)
    souk.money("take_contract_payment", contract_id=id, amount_rupiah=40_000)
    assert (souk.balance("recoveries"), souk.standing(id).claim_rupiah) == (40_000, 1_500_000)


def test_a_venture_loses_its_capital_and_the_share_that_was_reported(souk: Souk) -> None:
    id = souk.venture("mudharabah")
    souk.reported(id, 100_000)
    written_off(souk, id)
    assert souk.balance("provision_expense") == 1_040_000
    assert souk.standing(id).state == "written_off"


def test_a_write_off_that_was_a_mistake_is_taken_back_by_another(kind: Souk) -> None:
    id = lent(kind)
    back = {"entry_id": new_id(), "move_id": written_off(kind, id), "on": TODAY, "reason": "Ternyata sehat"}
    assert kind.refused(kind.board, "reverse_business_move", **back) == "same_person"
    kind.do(kind.treasurer, "reverse_business_move", **back)
    assert (kind.standing(id).state, kind.standing(id).claim_rupiah) == ("running", 0)
    assert fund_now(kind.cooperative) == Fund(available=200_000, lent=300_000)


def test_a_lease_and_what_is_paid_are_not_written_off_and_arrears_must_be_lost(souk: Souk) -> None:
    id = souk.sold()
    asked = {"write_off_id": new_id(), "contract_id": id, "on": TODAY, "ground": "arrears", "reason": "Belum bayar"}
    assert souk.refused(souk.treasurer, "propose_write_off", **asked) == "not_lost_yet"
    souk.money("take_contract_payment", contract_id=id, amount_rupiah=1_680_000)
    assert souk.refused(souk.treasurer, "propose_write_off", **asked) == "nothing_open"
    lease = souk.agreed(
        "ijarah", goods="Mesin", amount_rupiah=900_000, rent_rupiah=950_000, instalments=10, first_due_on="2026-12-23"
    )
    more = {**asked, "contract_id": lease, "ground": "death"}
    assert souk.refused(souk.treasurer, "propose_write_off", **more) == "not_lent"


def test_capital_that_comes_back_is_no_instalment_on_its_slip(souk: Souk) -> None:
    venture, qardh = souk.venture("musyarakah", members_capital_rupiah=500_000), souk.agreed("qardh", **QARDH)
    souk.money("hand_out_financing", contract_id=qardh, amount_rupiah=600_000)
    for id in (venture, qardh):
        souk.money("take_contract_payment", contract_id=id, amount_rupiah=100_000)
    moves = {move.subject_id: move.get_kind_display() for move in BusinessMove.objects.of(souk.cooperative)}
    assert (moves[venture], moves[qardh]) == ("Modal akad kembali", "Angsuran akad")
    assert souk.standing(venture).paid == 100_000

"""A treasurer starts from a kind of loan: few fields first, the rest filled in and folded; a harvest, not a count."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from desmigratif.cooperative.forms.loans.products import LoanProductForm, LoanTermsForm
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.models import LoanProductTerms
from desmigratif.cooperative.rules.loans.life.contract import terms_of
from desmigratif.cooperative.rules.loans.presets import METHOD_OF, preset_named, seasons_on
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.tests.loans.test_views import Desk, desk  # noqa: F401  a fixture
from desmigratif.cooperative.tests.loans.test_views import clock as clock
from desmigratif.shared.dated import NoValueOnDate

TODAY = date(2026, 11, 27)
pytestmark = pytest.mark.django_db


def test_an_unknown_word_is_the_usual_kind_and_a_season_has_no_value_before_its_rule() -> None:
    assert [preset_named(word) for word in ("musiman", "rentenir", "")] == ["musiman", "menurun", "menurun"]
    assert {one.code: one.months for one in seasons_on(TODAY)}["padi"] == 4
    with pytest.raises(NoValueOnDate):
        seasons_on(date(2000, 1, 1))


@pytest.mark.parametrize("preset", METHOD_OF)
def test_few_fields_stand_first_and_each_field_stands_once(preset: str) -> None:
    form = LoanProductForm(today=TODAY, preset=preset)
    first = [field.name for field in form.first_fields()]
    folded = [field.name for fold in form.folds() for field in fold.fields]
    assert len(first) <= 6 and first[0] == "name"
    assert sorted(first + folded) == sorted(field.name for field in form.visible_fields())
    assert not any(fold.is_open for fold in form.folds())


def test_what_was_set_otherwise_or_is_wrong_stands_open() -> None:
    offer = LoanOffer(method="flat", annual_percent=12, most_rupiah=1, most_instalments=3, late_grace_days=3)
    opened = [str(fold.title) for fold in LoanTermsForm(today=TODAY, offer=offer).folds() if fold.is_open]
    assert opened == ["Bila terlambat"]
    wrong = LoanTermsForm({"grace_principal": "banyak"}, today=TODAY)
    assert "Kapan dibayar" in [str(fold.title) for fold in wrong.folds() if fold.is_open]


def test_a_farmers_wife_borrows_and_pays_once_after_the_harvest(desk: Desk) -> None:  # noqa: F811
    address = reverse("cooperative:add_loan_product", args=[desk.cooperative.id]) + "?jenis=musiman"
    page = desk.clients["board"].get(address)
    assert "Dibayar setelah panen apa?" in page.content.decode() and "Padi: 4 bulan" in page.content.decode()
    form = page.context["form"]
    usual = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    told = {"name": "Musiman padi", "annual_percent": "18", "most_rupiah": "5.000.000", "since": "01-09-2026"}
    forgot = desk.clients["board"].post(address, {**usual, **told})
    assert "Pilih salah satu." in forgot.content.decode() and "Musiman padi" in forgot.content.decode()
    assert desk.clients["board"].post(address, {**usual, **told, "season": "padi"}).status_code == 302

    terms = LoanProductTerms.objects.of(desk.cooperative).get(product__name="Musiman padi")
    assert (terms.offer["method"], terms.offer["every_count"], terms.offer["every_unit"]) == ("bullet", 4, "month")
    assert "musiman: dibayar setelah 4 bulan" in desk.page("cashier", "loans", desk.cooperative.id)
    asked = LoanOffer.read(terms.offer)
    (row,) = make_schedule(terms_of(asked, 1_000_000, 1, date(2026, 11, 23))).rows
    assert (row.due_on, row.principal, row.interest) == (date(2027, 3, 23), 1_000_000, 60_000)

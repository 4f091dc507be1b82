"""The offer check's form says what the answers say, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.cases.forms import OfferCheckForm
from desmigratif.cases.forms.offer.answers import (
    COUNTS,
    DAYS,
    FEES,
    NOTHING,
    ONE_OF,
    SEVERAL,
    TEXTS,
    YES_NO,
    answers_from,
    field_at,
    field_name,
    fields_from,
)
from desmigratif.cases.forms.offer.check import COMPONENTS, CURRENCIES, GROUPS, ORIGINALS, REFUSABLE, ROUTES, TERMS
from desmigratif.cases.rules.labels import JOBS
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.unknown import QUESTIONS
from desmigratif.cases.tests.conftest import LAWFUL_OFFER

TODAY = date(2026, 11, 23)
IN_REGISTER = frozenset({"candidate.birth_date", "candidate.sex", "candidate.marital_status"})


def or_unknown(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some_of(words: Any) -> st.SearchStrategy[Any]:
    return or_unknown(st.lists(st.sampled_from(sorted(words)), unique=True).map(tuple))


truth, money = or_unknown(st.booleans()), or_unknown(st.integers(0, 10**15))
text = or_unknown(st.text("abcXYZ .", min_size=1, max_size=40).map(str.strip).filter(bool))
day = or_unknown(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
fee = st.fixed_dictionaries({"component": or_unknown(st.sampled_from(sorted(COMPONENTS))), "amount": money}).filter(
    lambda row: row["component"] or row["amount"] is not None
)


@st.composite
def answers(draw: st.DrawFn) -> OfferCheckInput:
    """Anything a talk can bring to light, as the form can hold it."""
    amount = draw(money)
    paper = st.fixed_dictionaries({"name": text, "birth_date": day})
    offer = {
        "country": draw(or_unknown(st.sampled_from(["HKG", "TWN", "SAU", "FRA"]))),
        "job": draw(or_unknown(st.sampled_from(sorted(JOBS)))),
        "employer_type": draw(or_unknown(st.sampled_from(["household", "company"]))),
        "scheme": draw(or_unknown(st.sampled_from(["P3MI", "INDIVIDUAL", "G_TO_G", "UKPS"]))),
        "agency": {"name": draw(text), "licence_active": draw(truth), "permit_for_job_order": draw(truth)},
        "visa": draw(or_unknown(st.sampled_from(["work", "visit", "tourist", "umrah", "transit"]))),
        "wage": {
            "amount": amount,
            "currency": draw(or_unknown(st.sampled_from(sorted(CURRENCIES)))),
            "per": None if amount is None else "month",
        },
        "channel": draw(or_unknown(st.sampled_from(["official", "in_person", "social_media", "messenger"]))),
        "route_via": draw(some_of(ROUTES)),
        "refuses": draw(some_of(REFUSABLE)),
        "papers_held_by_recruiter": draw(some_of(ORIGINALS)),
        "fees": draw(or_unknown(st.lists(fee, max_size=7).map(tuple))),
        "departure": {"planned_on": draw(day), **{n: draw(truth) for n in ("hurried", "at_night", "secret")}},
        **{n: draw(money) for n in ("advance_to_family", "debt_to_work_off")},
        **{n: draw(or_unknown(st.integers(0, 600))) for n in ("wage_cut_months", "wage_cut_months_agreed")},
        **{path.split(".")[1]: draw(truth) for path in YES_NO if path.startswith("offer.") and path.count(".") == 1},
    }
    candidate = {
        "birth_date": draw(day),
        "sex": draw(or_unknown(st.sampled_from(["F", "M"]))),
        "marital_status": draw(or_unknown(st.sampled_from(["single", "married", "divorced", "widowed"]))),
        "papers": {name: draw(paper) for name in ("ktp", "kk", "birth_certificate", "school_certificate")},
        "children_under_12": draw(or_unknown(st.integers(0, 1000))),
        "irregular_trips_before": draw(or_unknown(st.integers(0, 1000))),
        "can_name": draw(some_of(TERMS)),
        "deported_before": draw(truth),
        "caregiver_named": draw(truth),
    }
    recruiter = {
        "complaints_before": draw(or_unknown(st.integers(0, 1000))),
        "relation": draw(or_unknown(st.sampled_from(["none", "relative", "neighbour"]))),
        "assignment_letter": draw(truth),
    }
    return OfferCheckInput.read({"offer": offer, "candidate": candidate, "recruiter": recruiter})


def posted(fields: dict[str, Any], **more: Any) -> QueryDict:
    """Fields as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, value in {**fields, **more}.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif isinstance(value, date):
            data[name] = f"{value:%d-%m-%Y}" if value.year >= 1000 else value.isoformat()
        else:
            data[name] = str(value)
    return data


def form_for(known: OfferCheckInput, data: QueryDict | None = None) -> OfferCheckForm:
    return OfferCheckForm(data, known=known, in_register=frozenset(), today=TODAY)


def send(known: OfferCheckInput, **changes: Any) -> OfferCheckForm:
    """The form as it is sent when somebody changes only this."""
    page = form_for(known)
    shown = {name: page[name].value() for name in page.fields}
    shown = {name: "" if value is None else value for name, value in shown.items()}
    return form_for(known, posted({**shown, **changes}))


@given(answers())
def test_answers_survive_the_way_to_fields_and_back(said: OfferCheckInput) -> None:
    assert answers_from(fields_from(said)) == said


@settings(max_examples=25, deadline=None)
@given(answers())
def test_a_form_sent_as_it_was_shown_says_the_same(said: OfferCheckInput) -> None:
    form = send(said)

    assert form.is_valid(), form.errors
    assert form.answers == said


def test_an_untouched_form_knows_nothing() -> None:
    form = send(OfferCheckInput())

    assert form.is_valid(), form.errors
    assert form.answers == OfferCheckInput()


def test_a_worked_example_keeps_every_answer() -> None:
    said = OfferCheckInput.read(LAWFUL_OFFER)

    assert answers_from(fields_from(said)) == said


def test_what_elsewhere_is_called_unknown_is_unknown_here() -> None:
    fields = fields_from(OfferCheckInput.read({"offer": {"scheme": "UNKNOWN", "visa": "unknown"}}))

    assert (fields["offer__scheme"], fields["offer__visa"]) == ("", "")


def test_a_wage_that_is_not_for_a_month_is_asked_again() -> None:
    fields = fields_from(OfferCheckInput.read({"offer": {"wage": {"amount": 500, "currency": "HKD"}}}))

    assert fields["offer__wage__amount"] == ""


def test_none_of_them_is_another_answer_than_not_knowing() -> None:
    assert answers_from({"offer__refuses": [NOTHING]}).offer.refuses == ()
    assert answers_from({"offer__refuses": []}).offer.refuses is None


def test_fees_that_exist_but_are_not_known_are_asked_for() -> None:
    (fee_row,) = answers_from({"fees": "ya"}).offer.fees or ()

    assert (fee_row.component, fee_row.amount) == (None, None)


def test_every_question_is_asked_in_words_exactly_once() -> None:
    asked = [path for group in GROUPS for path in group.all_paths]

    assert sorted(asked) == sorted({*YES_NO, *ONE_OF, *COUNTS, *SEVERAL, *TEXTS, *DAYS, FEES})
    assert set(asked) <= set(QUESTIONS)


def test_a_new_check_shows_some_twenty_questions_and_folds_the_rest() -> None:
    form = OfferCheckForm(known=OfferCheckInput(), in_register=IN_REGISTER, today=TODAY)

    assert sum(len(group["questions"]) for group in form.groups) == 21
    assert {fold["open"] for group in form.groups for fold in group["folds"]} == {False}


def open_folds(form: OfferCheckForm) -> list[set[str]]:
    return [
        {field.name for field in fold["fields"]} for group in form.groups for fold in group["folds"] if fold["open"]
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"offer__departure__at_night": "tidak"},
        {"recruiter__complaints_before": "0"},
        {"offer__route_via": [NOTHING]},
        {"offer__wage_cut_months": "enam"},
        {"candidate__papers__kk__name": "Siti"},
    ],
)
def test_a_fold_stands_open_when_something_in_it_is_answered_or_wrong(changes: dict[str, Any]) -> None:
    form = send(OfferCheckInput(), **changes)

    (fold,) = open_folds(form)

    assert set(changes) <= fold


def test_an_earlier_answer_opens_its_fold() -> None:
    form = form_for(OfferCheckInput.read({"offer": {"orientation_planned": False}}))

    (fold,) = open_folds(form)

    assert "offer__orientation_planned" in fold


def test_nobody_is_asked_what_the_register_knows() -> None:
    form = OfferCheckForm(known=OfferCheckInput(), in_register=IN_REGISTER, today=TODAY)

    assert not {field_name(path) for path in IN_REGISTER} & set(form.fields)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"offer__wage__amount": "banyak"}, "offer__wage__amount"),
        ({"offer__wage__amount": "9" * 20}, "offer__wage__amount"),
        ({"fee_3_rupiah": "sejuta"}, "fee_3_rupiah"),
        ({"fees": "tidak", "fee_0_rupiah": "500.000"}, "fees"),
        ({"offer__refuses": [NOTHING, "training"]}, "offer__refuses"),
        ({"offer__departure__planned_on": "31-02-2027"}, "offer__departure__planned_on"),
        ({"offer__departure__planned_on": "01-01-1800"}, "offer__departure__planned_on"),
        ({"offer__country": "XXX"}, "offer__country"),
        ({"on": ""}, "on"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_the_rest_stays(changes: dict[str, Any], field: str) -> None:
    form = send(OfferCheckInput(), offer__agency__name="PT Contoh", **changes)

    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert form["offer__agency__name"].value() == "PT Contoh"


def test_amounts_are_read_as_people_write_them() -> None:
    form = send(OfferCheckInput(), offer__advance_to_family_rupiah="Rp 2.500.000", fee_1_rupiah="750000")

    assert form.is_valid(), form.errors
    assert form.answers is not None
    assert form.answers.offer.advance_to_family == 2_500_000
    assert [row.amount for row in form.answers.offer.fees or ()] == [750_000]


def test_trouble_with_a_path_is_told_at_its_field() -> None:
    assert field_at("answers.offer.agency.name") == "offer__agency__name"
    assert field_at("offer.fees.2.amount") == "fee_2_rupiah"
    assert field_at("offer.advance_to_family") == "offer__advance_to_family_rupiah"
    assert field_at("offer.route_via.0") == "offer__route_via"


@pytest.mark.parametrize(
    ("written", "code"), [("Polandia", "POL"), ("  polan ", "POL"), ("brunei", "BRN"), ("FILIPINA", "PHL")]
)
def test_a_country_beyond_the_usual_ones_is_written_by_its_name(written: str, code: str) -> None:
    form = send(OfferCheckInput.read({"offer": {"country": "HKG"}}), offer__country_other=written)

    assert form.is_valid(), form.errors
    assert form.answers is not None
    assert form.answers.offer.country == code


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("korea", "Mungkin: Korea "),
        ("Malasyia", "Mungkin: Malaysia"),
        ("Atlantis Raya", "ejaannya"),
        ("Indonesia", ""),
    ],
)
def test_a_name_that_fits_several_countries_or_none_is_asked_again(written: str, told: str) -> None:
    form = send(OfferCheckInput(), offer__country_other=written)

    assert list(form.errors) == ["offer__country_other"]
    assert told in form.errors["offer__country_other"][0]


def test_a_country_is_chosen_or_written_but_not_both() -> None:
    form = send(OfferCheckInput(), offer__country="TWN", offer__country_other="Polandia")

    assert list(form.errors) == ["offer__country_other"]


def test_a_country_that_was_said_before_stays_among_the_usual_ones() -> None:
    form = form_for(OfferCheckInput.read({"offer": {"country": "FRA"}}))

    assert ("FRA", "Prancis") in form.fields["offer__country"].choices
    assert ("POL", "Polandia") not in form.fields["offer__country"].choices
    assert send(OfferCheckInput.read({"offer": {"country": "FRA"}})).is_valid()

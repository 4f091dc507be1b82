"""The answer of the offer check: its shape, its words, what is unknown, and how fast it comes."""

import json
import time
from datetime import date

import pytest

from desmigratif.cases.rules.offer.check import FLAGS, QUESTIONS, check_offer, parse_offer, question_for
from desmigratif.cases.rules.offer.unknown import ESSENTIAL, says_too_little
from desmigratif.shared.reasons import InvalidInput

TODAY = date(2026, 11, 23)
ALL_BAD = {
    "stage": "departure",
    "candidate": {
        "birth_date": "2010-01-01", "marital_status": "single", "children_under_12": 1, "caregiver_named": False,
        "papers": {"ktp": {"name": "Siti"}, "kk": {"name": "Sita"}}, "irregular_trips_before": 2, "can_name": [],
    },
    "family": {"permission": "missing"},
    "offer": {
        "country": "SAU", "employer_type": "household", "job": "domestic_worker", "scheme": "P3MI",
        "agency": {"licence_active": False}, "visa": "umrah", "advance_to_family": 1, "papers_made_elsewhere": True,
        "written_contract": False, "papers_held_by_recruiter": ["passport", "ktp"], "qualification_asked": False,
        "wage": {"amount": 20_000_000, "currency": "IDR", "per": "month"}, "channel": "messenger",
        "departure": {"hurried": True, "at_night": True}, "fees": [{"component": "training", "amount": 30_000_000}],
        "training_planned": False, "destination_changed_after_signing": True,
    },
    "recruiter": {"complaints_before": 2},
    "after_departure": {"ransom_asked": True},
}  # fmt: skip


def check(document, on=TODAY):
    return check_offer(parse_offer(document), on=on)


def test_all_twenty_flags_come_in_the_order_of_the_table():
    assert [flag.code for flag in check(ALL_BAD).flags] == [
        "UNDERAGE_OR_IDENTITY_MISMATCH", "AGENCY_OR_PERMIT_NOT_VALID", "NON_WORK_VISA",
        "COUNTRY_CLOSED_OR_HIGH_RISK", "DEBT_ADVANCE", "PAPERS_FROM_ELSEWHERE", "NO_WRITTEN_CONTRACT",
        "PAPERS_HELD", "PAY_TOO_GOOD", "UNVERIFIABLE_ONLINE_OFFER", "HURRIED_OR_SECRET", "OVERCHARGE",
        "NO_TRAINING_OR_MEDICAL", "RECRUITER_HISTORY", "FAMILY_PERMISSION", "CHILDREN_WITHOUT_CAREGIVER",
        "CANNOT_NAME_TERMS", "DESTINATION_CHANGED", "IRREGULAR_BEFORE", "ALARM_AFTER_DEPARTURE",
    ]  # fmt: skip


def test_the_document_out_has_exactly_the_promised_keys_and_is_json():
    document = json.loads(json.dumps(check(ALL_BAD).as_dict()))

    assert list(document) == ["level", "flags", "unknown", "rules_as_of"]
    assert all(
        list(flag) == ["code", "level", "reason", "citation", "lawful_alternative"] for flag in document["flags"]
    )
    assert document["level"] == "stop"
    assert document["rules_as_of"] == "2026-11-23"


def test_a_calm_level_counts_only_when_the_essential_questions_were_answered():
    empty = check({})
    company = {"name": "PT Contoh", "licence_active": True, "permit_for_job_order": True}
    told = {"country": "HKG", "job": "domestic_worker", "scheme": "P3MI", "agency": company}

    assert empty.level == "clear"
    assert set(empty.unknown) >= ESSENTIAL
    assert says_too_little(empty.level, empty.unknown)
    answered = check({"offer": told})
    assert not says_too_little(answered.level, answered.unknown)
    for name in ("country", "job", "scheme"):
        left_open = check({"offer": told | {name: None}})
        assert says_too_little("clear", left_open.unknown), name
    alone = check({"offer": told | {"scheme": "INDIVIDUAL", "agency": {}}})  # nobody's licence to ask for
    assert not says_too_little("clear", alone.unknown)
    assert not says_too_little("stop", empty.unknown)


def test_a_stop_says_why_by_which_rule_and_what_can_be_done_instead():
    (flag,) = check({"offer": {"country": "SAU", "employer_type": "household"}}).flags

    assert flag.reason == ("Belum bisa: pemberi kerja rumah tangga di Arab Saudi masih ditutup (Kepmenaker 260/2015).")
    assert flag.citation == "Kepmenaker 260/2015"
    assert flag.lawful_alternative == (
        "Yang bisa: bekerja pada perusahaan berbadan hukum di Arab Saudi, atau kerja rumah tangga di Hong Kong, "
        "Taiwan, Singapura, atau Malaysia, lewat perusahaan berizin."
    )


def test_a_banned_country_that_is_not_a_destination_is_not_suggested_for_companies():
    (flag,) = check({"offer": {"country": "YEM", "employer_type": "household"}}).flags

    assert "Yaman" not in flag.lawful_alternative
    assert "Hong Kong" in flag.lawful_alternative


def test_a_ban_on_a_day_without_a_list_of_destinations_still_shows_a_way():
    (flag,) = check({"offer": {"country": "SAU", "employer_type": "household"}}, on=date(2020, 1, 1)).flags

    assert flag.level == "stop"
    assert "Disnaker" in flag.lawful_alternative


def test_two_causes_are_two_sentences_and_each_keeps_its_article_and_its_way():
    (flag,) = check(
        {"candidate": {"birth_date": "2010-01-01", "papers": {"ktp": {"name": "Siti"}, "kk": {"name": "Sita"}}}}
    ).flags

    assert flag.reason == (
        "Belum bisa: calon belum genap 18 tahun pada 23 November 2026 (UU 18/2017 Pasal 5 huruf a). "
        "Juga nama di KTP dan KK tidak sama (UU 18/2017 Pasal 5 dan 13)."
    )
    assert flag.citation == "UU 18/2017 Pasal 5 huruf a; UU 18/2017 Pasal 5 dan 13"
    assert "1 Januari 2028" in flag.lawful_alternative
    assert "Dukcapil" in flag.lawful_alternative


def test_every_flag_is_explained_kindly_with_a_rule_and_a_way_out():
    for stage in ("permission", "departure", "abroad"):
        for flag in check({**ALL_BAD, "stage": stage}).flags:
            opening, _, rest = flag.reason.partition(": ")
            assert opening in ("Belum bisa", "Perlu dicek dulu", "Perlu disiapkan", "Tanda bahaya"), flag.code
            assert rest.endswith("."), flag.code
            assert flag.reason.count(". ") <= 1, f"{flag.code}: at most two sentences"
            assert flag.citation, flag.code
            assert flag.lawful_alternative.endswith("."), flag.code
            assert len(flag.lawful_alternative) > 30, flag.code


def test_who_is_abroad_is_offered_protection_and_not_another_offer():
    flags = {flag.code: flag for flag in check({**ALL_BAD, "stage": "abroad"}).flags}

    assert flags["AGENCY_OR_PERMIT_NOT_VALID"].reason.startswith("Tanda bahaya: ")
    assert "perwakilan RI" in flags["AGENCY_OR_PERMIT_NOT_VALID"].lawful_alternative
    assert "mengasuh" in flags["CHILDREN_WITHOUT_CAREGIVER"].lawful_alternative
    assert flags["ALARM_AFTER_DEPARTURE"].lawful_alternative.startswith("Jangan mengirim uang")


def test_the_age_counts_on_the_planned_day_and_else_on_the_day_of_the_check():
    born = {"birth_date": "2009-01-15"}

    assert check({"candidate": born}).level == "stop"
    assert check({"candidate": born, "offer": {"departure": {"planned_on": "2027-01-15"}}}).level == "clear"


def test_who_turns_eighteen_on_29_february_of_a_leap_year_is_told_that_day():
    (flag,) = check({"candidate": {"birth_date": "2012-02-29"}}).flags

    assert "1 Maret 2030" in flag.lawful_alternative


def test_a_paper_that_says_under_age_is_believed_over_what_is_told():
    (flag,) = check({"candidate": {"papers": {"school_certificate": {"birth_date": "2010-01-01"}}}}).flags

    assert flag.code == "UNDERAGE_OR_IDENTITY_MISMATCH"


@pytest.mark.parametrize("refused", ["written_contract", "placement_agreement", "work_visa", "training", "medical"])
def test_what_the_recruiter_refuses_another_licensed_company_will_give(refused):
    (flag,) = check({"offer": {"scheme": "P3MI", "refuses": [refused]}}).flags

    assert "menolak" in flag.reason
    assert "perusahaan lain yang berizin" in flag.lawful_alternative


def test_fees_are_added_up_and_shown_in_rupiah():
    fees = [{"component": "medical", "amount": 700_000}, {"component": "training", "amount": 5_500_000}, {}]

    (flag,) = check({"offer": {"job": "cook", "fees": fees}}).flags

    assert "diminta Rp6.200.000," in flag.reason
    assert flag.citation == "Perban BP2MI 9/2020"


def test_nothing_known_lists_every_question_and_raises_nothing():
    result = check({"stage": "abroad"})

    assert result.level == "clear"
    assert result.flags == ()
    assert sorted(result.unknown) == sorted(set(QUESTIONS) - {"offer.fees.component", "offer.fees.amount"})


def test_every_unknown_has_a_question_a_fees_amount_too():
    result = check({"stage": "abroad", "offer": {"fees": [{"component": "visa"}, {}]}})

    assert "offer.fees.0.amount" in result.unknown
    assert "offer.fees.0.component" not in result.unknown
    assert "offer.fees.1.component" in result.unknown
    assert all(question_for(path).endswith("?") for path in result.unknown)


def test_the_answers_tidak_tahu_are_unknown_too():
    unknown = check({"offer": {"visa": "unknown", "scheme": "UNKNOWN"}}).unknown

    assert {"offer.visa", "offer.scheme"} <= set(unknown)


@pytest.mark.parametrize("missing", [{}, {"agency": None}, {"agency": {}}, {"agency": {"licence_active": None}}])
def test_null_and_left_out_are_the_same(missing):
    unknown = check({"offer": {"scheme": "P3MI", **missing}}).unknown

    assert "offer.agency.licence_active" in unknown
    assert "offer.agency.name" in unknown


@pytest.mark.parametrize("scheme", ["G_TO_G", "INDIVIDUAL"])
def test_questions_about_an_agency_are_not_asked_where_there_is_none(scheme):
    unknown = check({"offer": {"scheme": scheme}}).unknown

    assert not [path for path in unknown if path.startswith("offer.agency") or path == "offer.placement_agreement"]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"stage": "departure"}, "after_departure.passport_taken"),
        ({"offer": {"wage_cut_months": 0}}, "offer.wage_cut_months_agreed"),
        ({"candidate": {"children_under_12": 0}}, "candidate.caregiver_named"),
        ({"family": {"permission": "missing"}}, "family.giver"),
    ],
)
def test_what_does_not_apply_is_not_asked(document, path):
    assert path not in check(document).unknown
    assert path in check({"stage": "abroad"}).unknown


def test_a_day_before_the_rules_that_we_hold_is_refused_and_not_guessed():
    with pytest.raises(InvalidInput) as refused:
        check({}, on=date(2017, 11, 21))

    (reason,) = refused.value.reasons
    assert (reason.code, reason.field) == ("no_rules_on_date", "on")
    assert reason.text == "Aturan yang berlaku pada 21 November 2017 tidak ada dalam catatan kami."
    assert check({}, on=date(2017, 11, 22)).level == "clear"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"stage": "later"}, "stage"),
        ({"candidate": {"birth_date": "1 Mei 2003"}}, "candidate.birth_date"),
        ({"candidate": {"nik": "330710"}}, "candidate.nik"),
        ({"candidate": {"sex": "P"}}, "candidate.sex"),
        ({"candidate": {"children_under_12": -1}}, "candidate.children_under_12"),
        ({"candidate": {"papers": {"sim": {}}}}, "candidate.papers.sim"),
        ({"candidate": {"can_name": ["boss"]}}, "candidate.can_name.0"),
        ({"offer": {"country": "sau"}}, "offer.country"),
        ({"offer": {"country": "SA"}}, "offer.country"),
        ({"offer": {"job": "pirate"}}, "offer.job"),
        ({"offer": {"wage": {"amount": 1.5}}}, "offer.wage.amount"),
        ({"offer": {"wage": {"amount": 10**18}}}, "offer.wage.amount"),
        ({"offer": {"fees": [{"component": "visa", "amount": -1}]}}, "offer.fees.0.amount"),
        ({"offer": {"fees": [{"component": "bribe"}]}}, "offer.fees.0.component"),
        ({"offer": {"departure": {"planned_on": "9999-12-31"}}}, "offer.departure.planned_on"),
        ({"offer": {"refuses": "training"}}, "offer.refuses"),
        ({"offer": {"papers_held_by_recruiter": [""]}}, "offer.papers_held_by_recruiter.0"),
        ({"gaji": 1}, "gaji"),
        ([], ""),
    ],
)  # fmt: skip
def test_a_document_that_does_not_fit_is_refused_by_field(document, field):
    with pytest.raises(InvalidInput) as refused:
        parse_offer(document)

    (reason,) = refused.value.reasons
    assert reason.field == field
    assert reason.text.endswith(".")


def test_codes_are_the_promised_twenty():
    assert len(FLAGS) == 20


def test_a_check_takes_less_than_five_milliseconds():
    given = parse_offer(ALL_BAD)
    check_offer(given, on=TODAY)

    spent = []
    for _ in range(20):
        started = time.thread_time()
        check_offer(given, on=TODAY)
        spent.append(time.thread_time() - started)

    assert sorted(spent)[10] < 0.005  # the median, of the processor's time: others may have their turn

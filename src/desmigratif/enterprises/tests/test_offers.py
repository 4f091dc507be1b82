"""What a group decided, plans, is allowed to do and offers; and whether it is ready to begin."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from desmigratif.access.actor import Actor, person
from desmigratif.enterprises.models import Deliberation, Permit, Photo, Plan, Product
from desmigratif.enterprises.rules import offers as rules
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, TODAY, Village
from desmigratif.shared.ids import new_id

EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/enterprises.yaml").read_text("utf-8"))
WHOLE = rules.GroupFacts(
    members=6, officers=3, trained=4, deliberations=1, has_plan=True, plan_earns=True, has_product=True,
    permits={"NIB": "valid"},
)  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES["plans"], ids=lambda example: example["why"])
def test_the_cash_of_a_plan_is_that_of_its_worked_example(example: dict[str, Any]) -> None:
    flow = rules.cash_flow(rules.PlanFacts(**example["plan"]))

    found = {
        "sales_rupiah": flow.sales_rupiah, "cost_rupiah": flow.cost_rupiah, "profit_rupiah": flow.profit_rupiah,
        "first_rupiah": flow.balances[0], "last_rupiah": flow.balances[-1], "need_rupiah": flow.need_rupiah,
        "back_months": flow.back_months,
    }  # fmt: skip
    assert found == {key: example[key] for key in found}


@pytest.mark.parametrize("example", EXAMPLES["permits"], ids=lambda example: example["why"])
def test_a_permit_ends_as_the_law_of_its_day_says(example: dict[str, Any]) -> None:
    assert rules.valid_until(example["kind"], example["issued_on"], None) == example["valid_until"]


def test_a_permit_is_said_to_end_soon_and_over_the_day_after() -> None:
    states = [
        rules.permit_state(until, today=TODAY)
        for until in (None, date(2027, 3, 1), date(2027, 1, 1), TODAY, date(2026, 11, 22))
    ]

    assert states == ["valid", "valid", "soon", "soon", "over"]


@pytest.mark.parametrize(
    ("changed", "level", "missing"),
    [
        ({}, "ready", []),
        ({"permits": {"NIB": "valid", "Halal": "over"}}, "almost", ["permit"]),
        ({"plan_earns": False, "trained": 2}, "almost", ["few_trained", "no_profit"]),
        ({"members": 0, "officers": 0, "trained": 0, "deliberations": 0, "has_plan": False, "has_product": False},
         "not_yet", ["few_members", "officers", "no_minutes", "no_plan", "no_product"]),
    ],
)  # fmt: skip
def test_a_group_is_ready_or_hears_what_is_missing(changed: dict[str, Any], level: str, missing: list[str]) -> None:
    facts = rules.GroupFacts(**{**{name: getattr(WHOLE, name) for name in rules.GroupFacts.__slots__}, **changed})

    found = rules.group_readiness(facts, on=TODAY)

    assert (found.level, [one.code for one in found.missing]) == (level, missing)


PLAN = {"unit": "bungkus", "price_rupiah": 10_000, "units": 300, "unit_cost_rupiah": 6_000}


def test_a_plan_takes_the_place_of_the_last_and_nonsense_is_refused(village: Village) -> None:
    group_id = village.group("siti")
    village.do("record_plan", plan_id=new_id(), group_id=group_id, **PLAN)
    village.do("record_plan", plan_id=new_id(), group_id=group_id, **{**PLAN, "units": 400})

    wrong = {"price_rupiah": -10_000, "tools_rupiah": -1}
    refused = village.refused("record_plan", plan_id=new_id(), group_id=group_id, **{**PLAN, **wrong})

    assert refused == ("price_not_positive", "price_rupiah")
    assert Plan.objects.in_village(KURIPAN).get(is_latest=True).units == 400
    assert Plan.objects.in_village(KURIPAN).count() == 2


def test_a_renewed_permit_counts_and_impossible_days_do_not(village: Village) -> None:
    group_id = village.group("siti")
    given = {"group_id": group_id, "kind": "pirt", "number": "2063301010001-26"}
    village.do("record_permit", permit_id=new_id(), issued_on=date(2021, 12, 1), **given)
    before = Permit.objects.in_village(KURIPAN).get()

    ahead = village.refused("record_permit", permit_id=new_id(), issued_on=date(2026, 12, 1), **given)
    turned = village.refused(
        "record_permit", permit_id=new_id(), issued_on=TODAY, valid_until=date(2026, 1, 1), **given
    )
    village.do("record_permit", permit_id=new_id(), issued_on=TODAY, **given)

    assert before.valid_until == date(2026, 12, 1)
    assert (ahead, turned) == (("day_in_future", "issued_on"), ("ends_before", "valid_until"))
    assert Permit.objects.in_village(KURIPAN).get(is_latest=True).valid_until == date(2031, 11, 23)


def photo_with_place() -> bytes:
    target, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", (60, 40), "white").save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_a_product_is_offered_with_a_photo_that_tells_no_place(village: Village, enter: Callable[..., Client]) -> None:
    group_id = village.group("siti")
    browser, at = enter("enterprise_mentor"), reverse("enterprises:add_product", args=[group_id])
    form = browser.get(at).context["form"]
    ids = {name: form[name].value() for name in ("act_id", "product_id", "photo_id")}
    sent = {**ids, "name": "Keripik singkong", "unit": "bungkus", "is_sold": "on"}

    refused = browser.post(at, {**sent, "price_rupiah": "-5.000"})
    picture = SimpleUploadedFile("keripik.jpg", photo_with_place(), "image/jpeg")
    browser.post(at, {**sent, "price_rupiah": "10.000", "picture": picture})

    assert refused.context["form"].errors["price_rupiah"] == ["Harga harus lebih dari Rp0; yang tertulis -Rp5.000."]
    product = Product.objects.in_village(KURIPAN).get()
    kept = browser.get(reverse("enterprises:photo", args=[product.photo_id])).content
    assert b"Kamera Rahasia" not in kept
    assert not dict(Image.open(io.BytesIO(kept)).getexif())
    page = browser.get(reverse("enterprises:catalogue")).content.decode()
    assert "- Keripik singkong: Rp10.000 per bungkus" in page
    assert (
        enter("enterprise_mentor", KENANGA).get(reverse("enterprises:photo", args=[product.photo_id])).status_code
        == 404
    )


def test_a_new_photo_destroys_the_old_one_and_no_photo_leaves_it(village: Village) -> None:
    group_id, product_id = village.group("siti"), new_id()
    given = {
        "product_id": product_id,
        "group_id": group_id,
        "name": "Keripik",
        "unit": "bungkus",
        "price_rupiah": 9_000,
    }
    for picture in (photo_with_place(), None, photo_with_place()):
        village.do("record_product", photo_id=new_id(), picture=picture, **given)

    spoilt = village.refused("record_product", photo_id=new_id(), picture=b"bukan foto", **given)

    assert Photo.objects.in_village(KURIPAN).count() == 1
    assert spoilt == ("not_a_copy", "picture")


def test_what_is_missing_and_what_ends_soon_stands_on_the_pages(
    village: Village, enter: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    group_id = village.group("siti", "wati")
    village.do("record_deliberation", deliberation_id=new_id(), group_id=group_id, present=9, decisions="Ketua: Siti")
    village.do("record_plan", plan_id=new_id(), group_id=group_id, **PLAN)
    village.do(
        "record_permit",
        permit_id=new_id(),
        group_id=group_id,
        kind="pirt",
        number="206330101",
        issued_on=date(2021, 12, 1),
    )
    browser = enter("enterprise_mentor")
    at = reverse("enterprises:offers", args=[group_id])
    browser.get(at)

    with django_assert_max_num_queries(20):
        page = browser.get(at).content.decode()
    plan = browser.get(reverse("enterprises:record_plan", args=[group_id])).content.decode()
    ending = browser.get(reverse("enterprises:permits")).content.decode()

    assert "Anggotanya baru 2; sebaiknya paling sedikit 5." in page
    assert "Sertifikat halal belum ada." in page
    assert "laba <b>Rp1.200.000</b>" in plan
    assert "SPP-IRT (PIRT) Kelompok Melati" in ending


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("enterprises.record_deliberation", {"deliberation_id": new_id(), "present": 5, "decisions": "Setuju semua"}),
        ("enterprises.record_plan", {"plan_id": new_id(), **PLAN}),
        ("enterprises.record_permit", {"permit_id": new_id(), "kind": "nib", "number": "9120", "issued_on": TODAY}),
        ("enterprises.record_product",
         {"product_id": new_id(), "photo_id": new_id(), "name": "Kue", "unit": "kotak", "price_rupiah": 1}),
    ],
)  # fmt: skip
def test_a_stranger_decides_and_offers_nothing(
    village: Village, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    group_id: UUID = village.group("siti")
    for somebody in (stranger, person(new_id(), "Kepala desa", ("village_head", KURIPAN))):
        assert village.refused(action, by=somebody, group_id=group_id, **given)[0] == "not_found"
    for model in (Deliberation, Plan, Permit, Product):
        assert not model.objects.in_village(KURIPAN).exists()

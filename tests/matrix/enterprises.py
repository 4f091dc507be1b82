"""A group of Kuripan that does business: Cucakrowo is its chair, Kenariman a member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.enterprises.models import Participant, Photo
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


def make_group(ids: dict[str, Any], mentor: Actor, act: Callable[..., Any]) -> None:
    ids |= {"business_group_id": new_id(), "group_member_id": new_id()}
    act(
        mentor, "enterprises.form_group", group_id=ids["business_group_id"], name="Kelompok Jalak", trade="food",
        on="2026-09-01", members=[
            {"member_id": new_id(), "resident_id": ids["sister"], "post": "chair"},
            {"member_id": ids["group_member_id"], "resident_id": ids["husband"]},
        ],
    )  # fmt: skip
    ids["training_id"] = new_id()
    act(
        mentor, "enterprises.plan_training", training_id=ids["training_id"], title="Membuat pakan", trainer="Ibu Jalak",
        starts_on="2026-09-01", hours=8,
    )  # fmt: skip
    act(mentor, "enterprises.invite", training_id=ids["training_id"], resident_ids=[ids["sister"]])
    there = Participant.objects.in_village(KURIPAN).get().id
    act(
        mentor, "enterprises.record_day", training_id=ids["training_id"], day_id=new_id(), hours=4,
        participant_ids=[there],
    )  # fmt: skip
    ids["group_product_id"] = new_id()
    act(
        mentor, "enterprises.record_product", product_id=ids["group_product_id"], group_id=ids["business_group_id"],
        name="Sangkar bambu", unit="buah", price_rupiah=50_000, photo_id=new_id(),
    )  # fmt: skip
    ids["goods_photo_id"] = Photo.objects.create(
        village_code=KURIPAN, group_id=ids["business_group_id"], content=b"", size_bytes=0, added_on="2026-09-01"
    ).id
    ids |= {"asset_id": new_id(), "fault_id": new_id()}
    about = {"group_id": ids["business_group_id"]}
    needs = new_id()
    act(mentor, "enterprises.record_needs", needs_id=needs, item="Oven", purpose="Kue", answers={}, **about)
    act(
        mentor, "enterprises.promise_help", asset_id=ids["asset_id"], needs_id=needs, kind="equipment", name="Oven",
        giver_kind="ministry", giver="Kementerian", value_rupiah=5_000_000, **about,
    )  # fmt: skip
    thing = {"asset_id": ids["asset_id"], "condition": "good"}
    receiver = ids["group_member_id"]
    act(mentor, "enterprises.hand_help_over", check_id=new_id(), receiver_id=receiver, usable=True, **thing)
    act(
        mentor, "enterprises.check_asset", check_id=new_id(), usable=False, because="power", tell_giver=True,
        ticket_id=ids["fault_id"], **thing,
    )  # fmt: skip

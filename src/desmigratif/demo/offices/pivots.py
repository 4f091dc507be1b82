"""Tables that the analyst of the demo keeps: two for the office, one of them with its picture, and one for herself."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import NATION
from desmigratif.shared.ids import new_id

# name, what stands in its address before the months, whether the office sees it
KEPT = (
    (
        "Berangkat sesuai prosedur per provinsi",
        "ukuran=A5&wilayah=ID&baris=wilayah&kolom=masa&tiap=tahun&gambar=batang",
        True,
    ),
    (
        "Seluruh ukuran program, Kabupaten Wonosobo",
        "ukuran=F&wilayah=33.07&baris=ukuran&kolom=masa&tiap=triwulan",
        True,
    ),
    ("Pusat layanan menurut jenis program", "ukuran=A1,A5,A7&wilayah=ID&baris=program&kolom=ukuran&tiap=tahun", False),
)


def tell_pivots(now: datetime) -> None:
    """After the figures: the last three years, as far as their months are over."""
    analyst = actor_for(User.objects.get(username="analis.kementerian"), today=now.date())
    last = Month.of(today_in(NATION, now)).previous()
    for title, query, is_shared in KEPT:
        id = new_id()
        years = 1 if "triwulan" in query else 2
        of = f"{query}&dari={Month(last.year - years, 1)}&sampai={last}"
        do(analyst, "analysis.save_pivot", {"pivot_id": id, "title": title, "query": of}, now=now, act_id=new_id(),
           via="demo")  # fmt: skip
        if is_shared:
            given = {"pivot_id": id, "is_shared": True}
            do(analyst, "analysis.share_pivot", given, now=now, act_id=new_id(), via="demo")

"""Sheets of productive enterprise by Typst: the act of handing over, the months on paper, a group's year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from desmigratif.documents.queries import letterhead_of, office_in
from desmigratif.enterprises.models import Asset, Group
from desmigratif.enterprises.press import pressed
from desmigratif.enterprises.queries.report import MONTHS, Report
from desmigratif.enterprises.rules.aid import unusable_on
from desmigratif.enterprises.rules.months import channels_on, month_of, month_words, months_back, picture_of
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah


def _head(group: Group) -> dict[str, Any]:
    found = letterhead_of(group.village_code)
    place = village(group.village_code)
    above = (
        [_("Pemerintah %s") % found["regency"], _("Kecamatan %s") % found["district"]] if found else [place.near_name]
    )
    return {
        "above": above, "office": _("Pemerintah %s") % found["village"] if found else "",
        "address": found["address"] if found else "", "village": place.label,
    }  # fmt: skip


def hand_over_act(asset: Asset, conditions: Mapping[str, str]) -> bytes:
    """The act that giver, receiver and village sign."""
    assert asset.handed_on is not None and asset.receiver is not None  # noqa: S101  asked by the caller
    first = asset.checks.in_village(asset.village_code).order_by("on", "id").first()
    head = office_in(asset.village_code)
    facts = [(_("Barang atau bantuan"), asset.name), (_("Nilai"), format_rupiah(asset.value_rupiah))]
    if asset.serial:
        facts.append((_("Nomor seri"), asset.serial))
    if first is not None:
        works = _("bisa dipakai") if first.usable else _("belum bisa dipakai: %s") % (
            unusable_on(first.on).get(first.because, "").lower()
        )  # fmt: skip
        facts.append((_("Keadaan saat diterima"), f"{conditions[first.condition]}, {works}"))
    facts.append((_("Untuk"), asset.group.name))
    said = {
        "head": _head(asset.group), "title": _("Berita Acara Serah Terima Bantuan"), "facts": facts,
        "lead": _("Pada tanggal %(day)s, %(giver)s menyerahkan dan %(group)s menerima bantuan berikut.") % {
            "day": format_date(asset.handed_on), "giver": asset.giver, "group": asset.group.name,
        },
        "closing": [
            _("Barang sudah dicoba di depan kedua pihak sebelum ditandatangani."),
            _("Bila kemudian tidak bisa dipakai, kelompok melapor lewat pendamping dan pemberi menjawab."),
        ],
        "signers": [
            [_("Yang menyerahkan"), asset.giver], [_("Yang menerima"), asset.receiver.resident.shown_name],
            [_("Mengetahui, %s") % (head.head_title if head else _("Kepala Desa")), head.head_name if head else ""],
        ],
        "foot": str(asset.id),
    }  # fmt: skip
    return pressed("hand_over", said)


def month_sheet(group: Group, today: date) -> bytes:
    """A row for each month of a year, to be filled in by hand."""
    this = month_of(today)
    first = date(this.year, 1, 1)
    said = {
        "head": _head(group), "title": _("Catatan bulan kelompok"), "group": group.name,
        "columns": [_("Bulan"), _("Penjualan"), _("Biaya"), _("Orang diberi upah"), _("Dijual di mana")],
        "rows": [month_words(months_back(first, -count)) for count in range(12)],
        "help": [
            _("Penjualan: semua uang yang masuk dari jualan. Biaya: bahan, bungkus, ongkos, upah."),
            _("Tidak ada? Tulis 0. Kira-kira pun boleh. Serahkan kepada pendamping saat kunjungan."),
            _("Dijual di mana: %s.") % ", ".join(label.lower() for label in channels_on(today).values()),
        ],
    }  # fmt: skip
    return pressed("month_sheet", said)


def report(told: Report) -> bytes:
    """A group's year on one page."""
    picture = picture_of(told.months, until=told.today, count=MONTHS)
    said = {
        "head": _head(told.group), "title": told.group.name, "lead": _lead(told), "figures": _figures(told),
        "bars": [
            {"label": bar.label, "sales": bar.sales_height, "cost": bar.cost_height, "written": bar.written}
            for bar in picture.bars
        ],
        "top": format_rupiah(picture.top_rupiah), "chart_title": _("Penjualan dan biaya dua belas bulan"),
        "sales_word": _("Penjualan"), "cost_word": _("Biaya"), "empty_word": _("belum ditulis"),
        "compare": _compare(told), "assets_title": _("Bantuan yang diterima"),
        "assets": [_asset(one) for one in told.assets],
        "no_assets": _("Belum ada bantuan; kelompok ini berdiri dengan modal sendiri."),
        "foot": _("%(village)s, %(day)s. Angka dari buku kelompok sendiri; nama orang tidak dicantumkan.") % {
            "village": village(told.group.village_code).label, "day": format_date(told.today),
        },
    }  # fmt: skip
    return pressed("report", said)


def _lead(told: Report) -> str:
    what = told.group.product or told.trade
    return _("%(what)s, sejak %(since)s (%(age)s)") % {
        "what": what, "since": format_date(told.group.formed_on), "age": told.age,
    }  # fmt: skip


def _figures(told: Report) -> list[list[str]]:
    workers = told.months[-1].workers if told.months else 0
    return [
        [format_rupiah(told.sales), _("penjualan setahun")],
        [format_rupiah(told.profit), _("laba setahun")],
        [str(told.members), _("anggota, %s dari keluarga PMI") % told.of_migrants],
        [str(workers), _("orang diberi upah bulan terakhir")],
    ]


def _compare(told: Report) -> list[str]:
    """What a reader makes of it, in sentences."""
    said = [f"{told.life.label}. {told.life.why}"]
    if told.mean is not None:
        said.append(_("Laba rata-rata sebulan %s.") % format_rupiah(told.mean))
        if told.before is not None:
            said.append(_against_before(told.mean - told.before, told.before))
        if told.like.median_rupiah is not None:
            said.append(
                _("Tengah-tengah %(count)s kelompok sejenis di kabupaten ini: %(sum)s sebulan.")
                % {"count": told.like.groups, "sum": format_rupiah(told.like.median_rupiah)}
            )
    said.append(_("Dikunjungi pendamping %s kali dalam setahun.") % told.visits)
    return said


def _against_before(change: int, before: int) -> str:
    words = {"before": format_rupiah(before), "change": format_rupiah(abs(change))}
    if change == 0:
        return _("Sama dengan sebelum ada kelompok: %(before)s.") % words
    if change > 0:
        return _("Sebelum ada kelompok %(before)s: naik %(change)s.") % words
    return _("Sebelum ada kelompok %(before)s: turun %(change)s.") % words


def _asset(asset: Asset) -> list[str]:
    if asset.gone_on is not None:
        state = _("tidak ada lagi")
    elif asset.usable is None:
        state = _("diterima")
    elif asset.usable:
        state = _("bisa dipakai")
    else:
        state = (
            _("belum bisa dipakai: %s")
            % unusable_on(asset.checked_on or asset.promised_on)[asset.unusable_because].lower()
        )
    return [asset.name, asset.giver, format_rupiah(asset.value_rupiah), state]

"""Made-up people and texts for the page that shows all components. Nobody here exists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from desmigratif.shared.reasons import Reason


class SampleForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti di KTP, tanpa gelar.")
    nik = forms.CharField(label="NIK", max_length=16, required=False)
    birth_date = forms.DateField(label="Tanggal lahir")
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[("F", "Perempuan"), ("M", "Laki-laki"), ("", "Tidak diketahui")],
        widget=forms.RadioSelect,
        required=False,
    )
    channel = forms.ChoiceField(
        label="Dari mana tawaran itu datang?",
        choices=[
            ("official", "Dinas tenaga kerja atau bursa kerja resmi"),
            ("in_person", "Orang yang datang sendiri: sponsor, calo, kenalan"),
            ("social_media", "Facebook, TikTok, atau Instagram"),
            ("", "Tidak tahu"),
        ],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Yang ditanyakan",
        choices=[("law", "Syarat kerja"), ("cost", "Biaya"), ("country", "Negara tujuan"), ("case", "Ada masalah")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Boleh lebih dari satu.",
    )
    village_part = forms.ChoiceField(label="Dusun", choices=[("", "Pilih dusun"), ("1", "Krajan"), ("2", "Sidorejo")])
    paid_rupiah = forms.CharField(label="Sudah dibayar", required=False)
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    sheet = forms.FileField(
        label="Buku induk penduduk", help_text="Berkas .xlsx dari OpenSID, paling besar 5 MB.", required=False
    )
    agreed = forms.BooleanField(
        label="Ibu Siti setuju datanya dipakai untuk urusan ini",
        help_text="Bacakan dulu kalimat persetujuannya.",
    )


def sample_context() -> dict[str, Any]:
    return {**_shell(), **_people(), **_work(), **_lists(), **_forms()}


def _shell() -> dict[str, Any]:
    return {
        "demo_mode": True,
        "place_name": "Desa Kuripan",
        "place_above": "Kecamatan Garung, Kabupaten Wonosobo",
        "user_name": "Wahyu Utomo",
        "role_name": "Petugas Desmigratif",
        "printed_at": "24 November 2026, 14.30 WIB",
        "letterhead": {
            "regency": "Kabupaten Wonosobo",
            "district": "Garung",
            "village": "Desa Kuripan",
            "address": "Jalan Balai Desa Nomor 1, Kuripan 56353",
        },
        "menu_items": [
            {"url": "#", "label": "Meja hari ini", "icon": "home", "current": True},
            {"url": "#", "label": "Warga dan keluarga", "icon": "users", "current": False, "group": "Warga"},
            {"url": "#", "label": "Surat", "icon": "certificate", "current": False},
            {"url": "#", "label": "Masukkan buku induk", "icon": "file-spreadsheet", "current": False},
        ],
    }


def _people() -> dict[str, Any]:
    return {
        "person": {
            "name": "Ibu Siti Aminah",
            "url": "#",
            "facts": ["34 tahun", "Dusun Krajan RT 02", "NIK berakhir 4417", "KK berakhir 0093"],
            "states": [{"name": "henti", "label": "Tawaran dihentikan"}, {"name": "aman", "label": "Dokumen lengkap"}],
        },
        "members": _members(),
        "facts": [
            {"label": "Alamat", "value": "Dusun Krajan RT 02 RW 01"},
            {"label": "Nomor HP", "value": "0812 ••• 8821", "source": "Dari Ibu Siti, 3 November 2026"},
            {"label": "Pendidikan", "value": "SMP", "source": "Buku induk, 5 Januari 2026"},
            {"label": "Pekerjaan sekarang", "value": None},
        ],
    }


def _members() -> Any:
    return [
        {"name": "Siti Aminah", "url": "#", "relation": "Istri", "age": 34, "place": "Di rumah, Dusun Krajan"},
        {
            "name": "Bambang Prasetyo",
            "url": "#",
            "relation": "Kepala keluarga",
            "age": 38,
            "away": True,
            "place": "Malaysia, perkebunan",
            "since": "3 Maret 2025",
            "contact": "Kabar terakhir 12 November 2026",
            "states": [{"name": "cek", "label": "12 hari tanpa kabar"}],
        },
        {"name": "Rizky Prasetyo", "url": "#", "relation": "Anak", "age": 9, "place": "Ikut rumah belajar"},
        {
            "name": "Mbah Karti",
            "relation": "Orang tua",
            "age": None,
            "states": [{"name": "tidaktahu", "label": "Umur tidak diketahui"}],
        },
    ]


def _work() -> dict[str, Any]:
    return {
        "result": _result(),
        "clear_result": {
            "state": "aman",
            "heading": "Hasil pemeriksaan tawaran · Hong Kong",
            "title": "boleh dilanjutkan",
            "as_of": "24 November 2026",
        },
        "hold_result": {
            "state": "cek",
            "heading": "Hasil pemeriksaan tawaran · Taiwan",
            "title": "dua hal belum jelas",
        },
        "unknown_result": {
            "state": "tidaktahu",
            "heading": "Hasil pemeriksaan surat",
            "title": "daftar pencabutan belum pernah diambil",
        },
        "reasons": _reasons(),
        "proposals": _proposals(),
        "step_groups": _step_groups(),
        "timeline_filters": [
            {"label": "Semua", "url": "#", "current": True, "count": 12},
            {"label": "Layanan", "url": "#", "count": 7},
            {"label": "Surat", "url": "#", "count": 2},
            {"label": "Anak", "url": "#", "count": 3},
        ],
        "timeline": _timeline(),
        "confirm": _confirm(),
    }


def _result() -> Any:
    return {
        "state": "henti",
        "heading": "Hasil pemeriksaan tawaran · Arab Saudi, pekerja rumah tangga",
        "title": "jangan berangkat lewat jalan ini",
        "reasons": [
            {
                "level": "stop",
                "text": "Pemberi kerja rumah tangga di Arab Saudi masih ditutup.",
                "citation": "Kepmenaker 260/2015",
            },
            {
                "level": "stop",
                "text": "Visa umrah tidak boleh dipakai untuk bekerja.",
                "citation": "UU 18/2017 Pasal 13",
            },
            {"level": "hold", "text": "Izin perusahaan belum bisa dipastikan.", "citation": "UU 18/2017 Pasal 51"},
        ],
        "ways_out": [
            "Bekerja di Hong Kong atau Taiwan lewat perusahaan berizin.",
        ],
        "ask_next": [
            "Siapa nama orang yang menawarkan, dan nomor HP-nya?",
        ],
        "as_of": "24 November 2026",
        "actions": [
            {"label": "Cetak untuk keluarga", "url": "#", "icon": "printer"},
            {"label": "Simpan hasil", "url": "#", "icon": "device-floppy"},
        ],
    }


def _reasons() -> Any:
    return [
        Reason(
            "age",
            "Belum bisa dibuat: pada hari berangkat umurnya 17 tahun.",
            "UU 18/2017 Pasal 5",
            way_out="Tunggu sampai 4 Mei 2027, sambil ikut pelatihan.",
        )
    ]


def _proposals() -> Any:
    return [
        {
            "title": "Tawarkan rumah belajar untuk Rizky",
            "why": "ayahnya bekerja di luar negeri dan umurnya 9 tahun.",
            "act_url": "#",
            "act_label": "Daftarkan Rizky",
            "later_url": "#",
        },
    ]


def _step_groups() -> Any:
    return [
        {
            "title": "Sebelum berangkat",
            "steps": [
                {
                    "state": "aman",
                    "title": "Bicara keluarga",
                    "word": "selesai 3 November 2026",
                    "paper": "Catatan bicara keluarga",
                    "holder": "Petugas desa",
                },
                {
                    "state": "next",
                    "title": "Surat izin keluarga",
                    "word": "berikutnya",
                    "open": True,
                    "paper": "Surat izin suami, diketahui kepala desa",
                    "holder": "Kepala desa",
                    "clock": "Hari kerja ke-2 dari 3",
                    "act_url": "#",
                    "act_label": "Buat surat",
                },
                {
                    "state": "cek",
                    "title": "Pemeriksaan kesehatan",
                    "word": "menunggu hasil",
                    "holder": "RSUD Wonosobo",
                },
                {"state": "later", "title": "Pelatihan", "word": "nanti"},
            ],
        },
        {
            "title": "Selama bekerja",
            "steps": [{"state": "later", "title": "Kabar pertama dari tempat kerja", "word": "nanti"}],
        },
    ]


def _timeline() -> Any:
    return [
        {
            "year": 2026,
            "icon": "file-search",
            "state": "henti",
            "title": "Tawaran Arab Saudi diperiksa: berhenti",
            "url": "#",
            "when": "24 November 2026, 9.25 WIB",
            "who": "Wahyu Utomo",
        },
        {
            "year": 2026,
            "icon": "messages",
            "title": "Datang bertanya syarat kerja ke Arab Saudi",
            "detail": "Diberi penjelasan tentang penutupan dan jalan yang sah.",
            "when": "24 November 2026, 9.10 WIB",
            "who": "Wahyu Utomo",
        },
        {
            "year": 2026,
            "icon": "phone",
            "state": "aman",
            "title": "Kabar dari Bambang di Malaysia",
            "when": "12 November 2026",
            "private": True,
        },
        {"year": 2025, "icon": "plane-departure", "title": "Bambang berangkat ke Malaysia", "when": "3 Maret 2025"},
    ]


def _confirm() -> Any:
    return {
        "icon": "certificate",
        "title": "Terbitkan surat izin keluarga?",
        "effects": [
            "Surat mendapat nomor 471/012/XI/2026 dan tidak bisa diubah lagi.",
            "Bila keliru, surat dicabut dan dibuat yang baru.",
        ],
        "action": "#",
        "submit": "Terbitkan surat",
        "back_url": "#",
    }


def _lists() -> dict[str, Any]:
    names = ["Siti Aminah", "Siti Aisyah", "Sitti Maryam", "Siti Nurhaliza Putri Rahmawati"]
    return {
        "queue": [
            {"turn": 1, "title": "Ibu Rumiyati", "detail": "9.10 · Tanya kerja di Hong Kong", "url": "#"},
            {"turn": 2, "title": "Bapak Slamet Riyadi", "detail": "9.25 · Surat izin keluarga", "url": "#"},
        ],
        "todo": _todo(),
        "figures": [
            {"label": "tamu", "value": "84", "of": "61 orang"},
            {"label": "tawaran diperiksa", "value": "12", "note": "3 dihentikan"},
            {"label": "berangkat", "value": "5"},
            {"label": "dibayar pekerja", "value": "Rp2.500.000", "note": "batas sah Rp1.900.000"},
        ],
        "results": [
            {"name": name, "url": "#", "detail": "Dusun Krajan · NIK berakhir 4417 · 34 tahun"} for name in names
        ],
        "search_text": "siti",
        "more_url": "#",
        "letters": _letters(),
        "page": Paginator(range(1240), 50).page(3),
        "tabs": [
            {"label": "Ringkasan", "url": "#", "current": True, "icon": "home-heart"},
            {"label": "Riwayat", "url": "#", "icon": "history", "count": 12},
            {"label": "Surat", "url": "#", "icon": "certificate", "count": 2},
            {"label": "Siapa yang melihat", "url": "#", "icon": "eye"},
        ],
        "sample_nik": "3307101205920417",
        "sample_moment": datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
        "sample_day": date(2026, 8, 17),
    }


def _todo() -> Any:
    return [
        {
            "icon": "alert-triangle",
            "urgent": True,
            "title": "12 hari tanpa kabar: Bambang Prasetyo",
            "detail": "Malaysia · janji kabar tiap 7 hari",
            "url": "#",
        },
        {
            "icon": "id",
            "title": "Paspor habis 40 hari lagi: Dwi Lestari",
            "detail": "Taiwan · 3 Januari 2027",
            "url": "#",
        },
        {
            "icon": "signature",
            "title": "Tanda tangan kepala desa: 2 surat",
            "detail": "menunggu sejak kemarin",
            "url": "#",
        },
    ]


def _letters() -> Any:
    return [
        {
            "number": "471/011/XI/2026",
            "name": "Dwi Lestari",
            "country": "Taiwan",
            "on": date(2026, 11, 20),
            "cost": 1_900_000,
            "state": "aman",
            "word": "Terbit",
        },
        {
            "number": "471/010/XI/2026",
            "name": "Slamet Riyadi",
            "country": "Jepang",
            "on": date(2026, 11, 18),
            "cost": 0,
            "state": "henti",
            "word": "Dicabut",
        },
        {
            "number": "471/009/XI/2026",
            "name": "Rumiyati",
            "country": "Hong Kong",
            "on": None,
            "cost": None,
            "state": "cek",
            "word": "Menunggu tanda tangan",
        },
    ]


def _forms() -> dict[str, Any]:
    wrong = {
        "name": "",
        "nik": "33071012059204",
        "birth_date": "31-02-1992",
        "channel": "in_person",
        "paid_rupiah": "banyak",
    }
    bad = SampleForm({f"salah-{name}": value for name, value in wrong.items()}, prefix="salah")
    bad.is_valid()
    bad.add_error("nik", "NIK harus 16 angka; yang tertulis 14.")
    bad.add_error("paid_rupiah", "Tulis jumlah rupiah dengan angka, misalnya 2.500.000.")
    return {"form": SampleForm(initial={"birth_date": date(1992, 5, 12), "sex": "F"}), "bad_form": bad}

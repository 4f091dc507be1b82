"""The work abroad that our rules know, and who employs: code -> Indonesian word."""

from __future__ import annotations

JOBS = {
    "domestic_worker": "Penata laksana rumah tangga",
    "baby_sitter": "Pengasuh bayi",
    "elderly_carer": "Perawat lansia",
    "cook": "Juru masak",
    "family_driver": "Sopir keluarga",
    "gardener": "Tukang kebun",
    "child_carer": "Pengasuh anak",
    "cleaner": "Petugas kebersihan",
    "farm_worker": "Pekerja ladang",
    "fishing_crew": "Awak kapal perikanan",
    "factory_worker": "Pekerja pabrik",
    "construction_worker": "Pekerja bangunan",
    "plantation_worker": "Pekerja perkebunan",
    "caregiver_institution": "Perawat di lembaga",
    "customer_service": "Layanan pelanggan",
    "administration": "Administrasi",
    "marketing": "Pemasaran",
    "hospitality": "Hotel dan restoran",
    "seafarer": "Pelaut kapal niaga",
    "other": "Pekerjaan lain",
}
EMPLOYER_TYPES = {"household": "Rumah tangga (perseorangan)", "company": "Perusahaan (berbadan hukum)"}

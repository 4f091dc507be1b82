"""Indonesian labels of the words that offers and cases use."""

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
LEVELS = {"clear": "Aman", "advise": "Aman, ada saran", "hold": "Perlu dicek", "stop": "Berhenti"}
COMPONENTS = {
    "ticket_out": "Tiket berangkat",
    "ticket_home": "Tiket pulang",
    "visa": "Visa kerja",
    "contract_legalisation": "Legalisasi perjanjian kerja",
    "agency_fee": "Jasa perusahaan penempatan",
    "overseas_agent_fee": "Jasa agen di luar negeri",
    "training": "Pelatihan kerja",
    "competence_certificate": "Sertifikat kompetensi",
    "passport": "Paspor",
    "police_certificate": "SKCK",
    "social_security": "Jaminan sosial",
    "insurance": "Asuransi",
    "medical": "Pemeriksaan kesehatan",
    "psychology": "Pemeriksaan psikologi",
    "local_transport": "Transportasi lokal",
    "lodging": "Penginapan",
    "airport": "Biaya bandara",
    "practice_goods": "Bahan praktik",
    "recruitment": "Perekrutan",
    "salary_deduction": "Potongan gaji",
    "other": "Biaya lain",
}
PAYERS = {
    "worker": "Pekerja",
    "employer": "Pemberi kerja",
    "local_government": "Pemerintah daerah",
    "worker_or_employer": "Pekerja atau pemberi kerja",
}

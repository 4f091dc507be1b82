"""Indonesian labels of the words that offers and cases use."""

from __future__ import annotations

from desmigratif.regulations.jobs import EMPLOYER_TYPES, JOBS

__all__ = ["COMPONENTS", "EMPLOYER_TYPES", "JOBS", "LEVELS", "PAYERS"]
LEVELS = {"clear": "Aman", "advise": "Aman, ada saran", "hold": "Perlu dicek", "stop": "Berhenti"}
TOO_LITTLE = "Belum bisa dinilai"  # instead of a calm level, while essential questions are open
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

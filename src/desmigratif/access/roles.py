"""Roles, readable by a village head. A role says what; the region of the grant says where."""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif.access.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Role:
    """A short stable code, the Indonesian name on screens, and what it may do; `office` outside the village, if it
    works for one (a holder of regulations/journey.yaml)."""

    code: str
    label: str
    may: frozenset[P]
    explains: str
    office: str = ""


_DESK = frozenset({
    P.RESIDENT_SEE, P.RESIDENT_UNMASK, P.RESIDENT_SPECIFIC_SEE, P.RESIDENT_REGISTER, P.RESIDENT_IMPORT,
    P.RESIDENT_EXPORT, P.CONSENT_RECORD, P.CASE_SEE, P.VISIT_RECORD, P.CASE_OPEN, P.OFFER_CHECK, P.FAMILY_TALK_RECORD,
    P.LETTER_SEE, P.LETTER_ISSUE, P.LETTER_REVOKE, P.RESIDENT_TRACE_SEE, P.HAND_OVER_SEE, P.FIGURES_SEE,
    P.LIST_SEE, P.BROKER_SEE, P.BROKER_REPORT, P.COMPLAINT_SEE, P.COMPLAINT_RECORD, P.COMPLAINT_HANDLE,
    P.REFERRAL_SEND, P.ENTERPRISE_SEE, P.ENTERPRISE_MENTOR, P.ENTERPRISE_MONTH,
    P.CHILD_SEE, P.CHILD_RECORD, P.CHILD_TELL, P.WORRY_SEE, P.CENTRE_SEE, P.CENTRE_RUN,
    P.PLEDGE_ANSWER, P.TASK_FINISH, P.BUDGET_RECORD,
    P.REPORT_SEE, P.REPORT_WRITE,
})  # fmt: skip

VILLAGE_OFFICER = Role(
    "village_officer",
    "Petugas Desmigratif",
    _DESK,
    "Melayani warga di balai desa: data warga, tamu, tawaran, surat.",
)
VILLAGE_HEAD = Role(
    "village_head",
    "Kepala Desa",
    frozenset({
        P.RESIDENT_SEE, P.CASE_SEE, P.LETTER_SEE, P.LETTER_APPROVE, P.LETTER_REVOKE, P.RESIDENT_TRACE_SEE,
        P.HAND_OVER_SEE, P.FIGURES_SEE, P.SECOND_FACTOR_RESTORE, P.LIST_SEE, P.ENTERPRISE_SEE,
        P.PLEDGE_ANSWER, P.TASK_FINISH, P.BUDGET_RECORD,
        P.REPORT_SEE, P.REPORT_SIGN, P.EXTRACT_SEE,
    }),
    "Melihat berkas desanya, menyetujui dan mencabut surat, menandatangani laporan bulanan, dan ikut menyetujui "
    "pemulihan pengaman.",
)  # fmt: skip
TUTOR = Role(
    "tutor",
    "Pengasuh rumah belajar",
    frozenset({
        P.FIGURES_SEE, P.CHILD_SEE, P.CHILD_RECORD, P.CHILD_TELL, P.WORRY_SEE, P.CENTRE_SEE, P.CENTRE_RUN,
    }),
    "Mencatat anak dan kegiatan rumah belajar; tidak membuka berkas warga.",
)  # fmt: skip
ENTERPRISE_MENTOR = Role(
    "enterprise_mentor",
    "Pendamping usaha",
    frozenset({P.ENTERPRISE_SEE, P.ENTERPRISE_MENTOR, P.ENTERPRISE_MONTH, P.FIGURES_SEE}),
    "Mengajak, melatih, dan mendampingi kelompok usaha; tidak membuka berkas warga.",
)
COOPERATIVE_CASHIER = Role(
    "cooperative_cashier",
    "Kasir koperasi",
    frozenset({P.COOPERATIVE_SEE, P.MONEY_TAKE, P.FIGURES_SEE}),
    "Melayani simpanan dan pinjaman anggota.",
)
COOPERATIVE_TREASURER = Role(
    "cooperative_treasurer",
    "Bendahara koperasi",
    frozenset({
        P.COOPERATIVE_SEE, P.MEMBER_MANAGE, P.MONEY_TAKE, P.MONEY_APPROVE, P.BOOKS_POST, P.PERIOD_CLOSE, P.FIGURES_SEE,
    }),
    "Memegang buku koperasi: jurnal, tutup bulan, dan menyetujui uang di atas batas.",
)  # fmt: skip
COOPERATIVE_BOARD = Role(
    "cooperative_board",
    "Pengurus koperasi",
    frozenset({
        P.COOPERATIVE_SEE, P.COOPERATIVE_SET_UP, P.MEMBER_MANAGE, P.MONEY_APPROVE, P.LOAN_DECIDE, P.FIGURES_SEE,
    }),
    "Mengurus anggota dan memutuskan pinjaman.",
)  # fmt: skip
COOPERATIVE_SUPERVISOR = Role(
    "cooperative_supervisor",
    "Pengawas koperasi",
    frozenset({P.COOPERATIVE_SEE, P.FIGURES_SEE}),
    "Memeriksa buku koperasi tanpa mengubahnya.",
)
REGENCY_COORDINATOR = Role(
    "regency_coordinator",
    "Koordinator kabupaten",
    frozenset({
        P.RESIDENT_SEE, P.PROTECTIVE_SEE, P.PROTECTIVE_RECORD, P.CASE_SEE, P.LETTER_SEE, P.OBJECTION_ANSWER,
        P.FIGURES_SEE, P.LIST_SEE, P.BROKER_SEE, P.BROKER_SETTLE, P.EMERGENCY_SEARCH, P.COMPLAINT_SEE,
        P.COMPLAINT_RECORD, P.COMPLAINT_HANDLE, P.REFERRAL_SEND, P.ENTERPRISE_SEE, P.WORRY_SEE, P.CENTRE_SEE,
        P.BARRED_KEEP,
        P.PROGRAMME_RECORD, P.PLEDGE_MAKE, P.TASK_FINISH, P.BUDGET_RECORD,
        P.REPORT_SEE, P.REPORT_ACCEPT, P.FIGURES_SET, P.EXTRACT_SEE, P.EXTRACT_ASK,
    }),
    "Memantau desa-desa di kabupatennya dan langkahnya dalam program, dan menyimpan alamat aman.",
)  # fmt: skip
_OFFICE = frozenset({P.BUNDLE_ANSWER, P.REFERRAL_ANSWER, P.FIGURES_SEE})
MANPOWER_OFFICER = Role(
    "manpower_officer",
    "Petugas Disnaker",
    _OFFICE,
    "Menerima, mengembalikan, dan menjawab berkas calon yang dikirim desa; hanya data yang dikirim.",
    "manpower_office",
)
REGISTRAR = Role(
    "registrar",
    "Petugas Dukcapil",
    _OFFICE,
    "Menjawab berkas kependudukan yang dikirim desa; hanya data yang dikirim.",
    "civil_registry",
)
PROTECTION_OFFICER = Role(
    "protection_officer",
    "Petugas BP3MI",
    _OFFICE | {P.EMERGENCY_SEARCH},
    "Menjawab berkas orientasi yang dikirim desa, dan mencari asal orang dalam keadaan darurat.",
    "protection_office",
)
COOPERATIVE_OFFICE = Role(
    "cooperative_office",
    "Petugas dinas koperasi",
    frozenset({P.COOPERATIVE_FIGURES, P.FIGURES_SEE}),
    "Melihat angka, rapat, dan kesehatan koperasi di wilayahnya, tanpa nama anggota.",
)
PARTNER = Role(
    "partner",
    "Lembaga mitra",
    frozenset({P.PLEDGE_MAKE, P.TASK_FINISH}),
    "Mencatat janji dan tugas lembaganya sendiri untuk desa program; tidak melihat data orang.",
)
MINISTRY_ANALYST = Role(
    "ministry_analyst",
    "Analis kementerian",
    frozenset({P.FIGURES_SEE, P.FIGURES_SET, P.EXTRACT_SEE, P.EXTRACT_ASK}),
    "Melihat angka tanpa nama, menetapkan target, menerbitkan angka bulanan, dan meminta ekstrak data tanpa nama.",
)
AUDITOR = Role(
    "auditor", "Auditor", frozenset({P.AUDIT_READ, P.FIGURES_SEE, P.EXTRACT_SEE}), "Memeriksa jejak dan angka."
)
DATA_PROTECTION_OFFICER = Role(
    "data_protection_officer",
    "Petugas pelindungan data",
    frozenset({P.AUDIT_READ, P.EXTRACT_SEE, P.EXTRACT_APPROVE}),
    "Memeriksa siapa membuka data siapa, dan memutuskan permintaan ekstrak data.",
)
ADMINISTRATOR = Role(
    "administrator",
    "Pengelola sistem",
    frozenset({
        P.ACCOUNT_MANAGE, P.SECOND_FACTOR_RESTORE, P.VILLAGE_SET_UP, P.AUDIT_READ, P.LIST_SEE, P.LIST_LOAD,
    }),
    "Membuat akun, mengatur desa, memuat daftar nasional; tidak membuka berkas warga.",
)  # fmt: skip
OPERATOR = Role(
    "operator",
    "Operator lewat perintah",
    frozenset(P),
    "Orang yang memegang komputer server; setiap perintahnya tercatat.",
)
# Nobody's role: what comes through the public page acts as this one.
PUBLIC_DOOR = Role(
    "public_door", "Halaman lapor", frozenset({P.COMPLAINT_SEND}), "Menerima laporan warga tanpa akun, dan tidak lebih."
)

REFERRED_BODY = Role(
    "referred_body",
    "Lembaga lewat tautan sekali pakai",
    frozenset({P.REFERRAL_ANSWER}),
    "Lembaga tanpa akun: menjawab satu rujukan lewat tautan di suratnya, dan hanya itu.",
)
GROUP_TREASURER = Role(
    "group_treasurer",
    "Bendahara kelompok usaha",
    frozenset({P.ENTERPRISE_MONTH}),
    "Bendahara kelompok tanpa akun: mengisi catatan bulanan kelompoknya lewat tautan, dan hanya itu.",
)
CAREGIVER = Role(
    "caregiver",
    "Pengasuh",
    frozenset({P.CHILD_TELL}),
    "Pengasuh tanpa akun: lewat tautannya mencatat telepon anak asuhnya dan menitipkan pesan, dan hanya itu.",
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        VILLAGE_OFFICER, VILLAGE_HEAD, TUTOR, ENTERPRISE_MENTOR, COOPERATIVE_CASHIER, COOPERATIVE_TREASURER,
        COOPERATIVE_BOARD, COOPERATIVE_SUPERVISOR, REGENCY_COORDINATOR, MANPOWER_OFFICER, REGISTRAR, PROTECTION_OFFICER,
        COOPERATIVE_OFFICE, PARTNER,
        MINISTRY_ANALYST, AUDITOR, DATA_PROTECTION_OFFICER,
        ADMINISTRATOR, OPERATOR, PUBLIC_DOOR, REFERRED_BODY, GROUP_TREASURER, CAREGIVER,
    )
}  # fmt: skip
_NOBODYS = (OPERATOR, PUBLIC_DOOR, REFERRED_BODY, GROUP_TREASURER, CAREGIVER)
GRANTABLE_ROLES = tuple(role for role in ROLES.values() if role not in _NOBODYS)

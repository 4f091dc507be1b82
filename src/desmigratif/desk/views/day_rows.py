"""What cannot wait today, as rows of the first page: each with its why and one place to go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.cases.models import Aftercare, Case, FollowUp
from desmigratif.cases.queries.day import Day
from desmigratif.cases.queries.trouble.complaints import ComplaintsWaiting
from desmigratif.cases.rules.abroad.contact import days_silent
from desmigratif.cases.views.common import called
from desmigratif.reports.queries.monthly import Waiting as ReportsWaiting
from desmigratif.shared.dates import format_date

SHOWN_FOLLOW_UPS = 3


def rows_of(day: Day) -> list[dict[str, Any]]:
    """Only what there is, the law's own clock first."""
    late = f"{reverse('cases:cases')}?terlambat=on"
    bundles, referrals = reverse("cases:bundles"), reverse("cases:referrals")
    waits = [
        (day.letters_due, "certificate", _("surat harus dijawab"), _("Batasnya hari ini atau sudah lewat."),
         reverse("cases:objections")),
        (day.objections, "scale", _("keberatan menunggu kabupaten"), _("Siapkan berkasnya bila kabupaten bertanya."),
         reverse("cases:objections")),
        (day.returned, "arrow-back-up", _("berkas dikembalikan kantor"), _("Lengkapi, lalu kirim lagi."), bundles),
        (day.late_at_offices, "file-text", _("berkas terlambat dijawab kantor"), _("Tanyakan kepada kantornya."),
         bundles),
        (day.referrals.to_look_at, "messages", _("rujukan dibalas"), _("Baca balasannya, lalu tutup atau lanjutkan."),
         f"{referrals}?lihat=balasan"),
        (day.referrals.late, "arrow-right", _("rujukan terlambat dijawab"), _("Ingatkan lembaganya."),
         f"{referrals}?lihat=terlambat"),
        (day.referrals.silent, "phone", _("rujukan belum dibalas"), _("Tanyakan apakah sudah diterima."), referrals),
        (day.late_steps, "hourglass", _("langkah lewat batas"), _("Lihat siapa yang memegangnya."), late),
        (day.due_today, "calendar", _("langkah berakhir hari ini"), _("Batas waktunya hari ini."),
         reverse("cases:cases")),
        (day.plan_steps, "plane-arrival", _("langkah yang pulang sudah waktunya"), _("Tanyakan hasilnya."),
         reverse("cases:returns")),
    ]  # fmt: skip
    return [
        {"icon": icon, "urgent": True, "title": f"{count} {words}", "detail": why, "url": url}
        for count, icon, words, why, url in waits
        if count
    ]


def complaint_rows(waiting: ComplaintsWaiting) -> list[dict[str, Any]]:
    """Who is in trouble comes before everything else."""
    here = reverse("cases:complaints")
    waits = [
        (waiting.emergencies, "alert-octagon", _("laporan darurat belum dipilah"), _("Pilah sekarang juga."), here),
        (waiting.new - waiting.emergencies, "lifebuoy", _("pengaduan belum dipilah"), _("Baca dan pilah hari ini."),
         here),
        (waiting.reopened, "messages", _("pengaduan dibuka lagi oleh pelapor"),
         _("Baca kata pelapor, lalu tangani lagi."), f"{here}?lihat=berjalan"),
        (waiting.late, "hourglass", _("pengaduan lewat batas"), _("Lihat mana yang tertahan."),
         f"{here}?lihat=berjalan" if not waiting.new else here),
    ]  # fmt: skip
    return [
        {"icon": icon, "urgent": True, "title": f"{count} {words}", "detail": why, "url": url}
        for count, icon, words, why, url in waits
        if count
    ]


def report_rows(waiting: ReportsWaiting) -> list[dict[str, Any]]:
    """The month's report: what the officer owes, what the head has not signed."""
    waits = [
        (waiting.to_sign, "signature", _("laporan bulanan menunggu tanda tangan Anda"), _("Baca, lalu kirim.")),
        (
            waiting.to_write,
            "file-text",
            _("laporan bulanan belum selesai"),
            _("Angkanya sudah terisi; tinggal diperiksa."),
        ),
    ]
    return [
        {"icon": icon, "urgent": True, "title": f"{count} {words}", "detail": why,
         "url": reverse("reports:monthly_reports")}
        for count, icon, words, why in waits
        if count
    ]  # fmt: skip


def asleep_rows(count: int) -> list[dict[str, Any]]:
    """Business groups that sold nothing and that nobody visited for a season."""
    return [
        {
            "icon": "users",
            "urgent": True,
            "title": _("%s kelompok usaha tertidur") % count,
            "detail": _("Tidak ada penjualan dan kunjungan. Kunjungi, lalu catat yang ditemukan."),
            "url": reverse("enterprises:life"),
        }
    ] if count else []  # fmt: skip


def worry_rows(count: int) -> list[dict[str, Any]]:
    """What somebody wrote for this person alone: no name, no word of it."""
    return [
        {
            "icon": "shield-lock",
            "urgent": True,
            "title": _("%s kekhawatiran tentang anak untuk Anda") % count,
            "detail": _("Baris ini hanya tampak bagi Anda. Buka saat sendirian."),
            "url": reverse("parenting:worries"),
        }
    ] if count else []  # fmt: skip


def sleeping_rows(count: int) -> list[dict[str, Any]]:
    """Learning centres in which nothing happened for too long; the regency hears of it a week later."""
    return [
        {
            "icon": "school",
            "urgent": True,
            "title": _("%s rumah belajar diam") % count,
            "detail": _("Lama tanpa kegiatan. Rencanakan satu, atau catat yang sudah terlaksana."),
            "url": f"{reverse('parenting:centres')}?lihat=diam",
        }
    ] if count else []  # fmt: skip


def follow_up_rows(waiting: list[FollowUp], today: date) -> list[dict[str, Any]]:
    """Whom to ask again after a stopped offer, by name; the rest as one line."""
    rows: list[dict[str, Any]] = [
        {
            "icon": "messages",
            "urgent": True,
            "title": _("Tanyakan kabar %s") % called(one.case.resident, today),
            "detail": _("Tawarannya berhenti; batasnya %s.") % format_date(one.due_on),
            "url": reverse("cases:finish_follow_up", args=[one.id]),
        }
        for one in waiting[:SHOWN_FOLLOW_UPS]
    ]
    if (more := len(waiting) - SHOWN_FOLLOW_UPS) > 0:
        title = _("dan %s tindak lanjut lain") % more
        rows.append({"icon": "messages", "title": title, "url": f"{reverse('cases:cases')}?tanya=on"})
    return rows


def visit_rows(due: list[Aftercare], today: date) -> list[dict[str, Any]]:
    """Whom to visit months after coming back, by name; the rest as one line."""
    rows: list[dict[str, Any]] = [
        {
            "icon": "calendar",
            "urgent": True,
            "title": _("Tengok %s") % called(one.back.case.resident, today),
            "detail": _("%(month)s bulan sesudah pulang; batasnya %(day)s.")
            % {"month": one.month, "day": format_date(one.due_on)},
            "url": reverse("cases:record_aftercare", args=[one.id]),
        }
        for one in due[:SHOWN_FOLLOW_UPS]
    ]
    if (more := len(due) - SHOWN_FOLLOW_UPS) > 0:
        rows.append({"icon": "calendar", "title": _("dan %s tengokan lain") % more, "url": reverse("cases:returns")})
    return rows


def silent_rows(silent: list[Case], today: date, now: datetime) -> list[dict[str, Any]]:
    """Who abroad was not heard of for longer than agreed, by name; the rest as one line."""
    rows: list[dict[str, Any]] = [
        {
            "icon": "phone-off",
            "urgent": True,
            "title": _("Tanpa kabar: %s") % called(case.resident, today),
            "detail": _silence(case, now),
            "url": reverse("cases:stay", args=[case.id]),
        }
        for case in silent[:SHOWN_FOLLOW_UPS]
    ]
    if (more := len(silent) - SHOWN_FOLLOW_UPS) > 0:
        url = f"{reverse('cases:abroad')}?saring=diam"
        rows.append({"icon": "phone-off", "title": _("dan %s orang lain tanpa kabar") % more, "url": url})
    return rows


def _silence(case: Case, now: datetime) -> str:
    if case.stay.heard_at is None or case.agreed_contact_days is None:
        return _("Sedang dicari.")
    words = {"n": days_silent(case.stay.heard_at, now), "agreed": case.agreed_contact_days}
    return _("Sudah %(n)s hari; disepakati tiap %(agreed)s hari.") % words

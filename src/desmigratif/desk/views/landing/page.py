"""The first page of each office above the desk in words: a sentence, a table, what to do now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission as P
from desmigratif.access.queries import name_of_region
from desmigratif.access.reviews import reviews_of
from desmigratif.access.scope import count_together
from desmigratif.cases.queries.papers.offices import inbox_counts
from desmigratif.cases.queries.trouble.complaints import complaints_waiting
from desmigratif.cases.queries.trouble.raised import raised_to
from desmigratif.cases.queries.trouble.referrals import counts_of
from desmigratif.cases.queries.trouble.referrals import inbox_of as referrals_to
from desmigratif.cases.rules.trouble.referrals import WITH_BODY
from desmigratif.cooperative.queries.overview import Morning, mornings_of
from desmigratif.desk.queries import landing
from desmigratif.desk.views.landing.block import Block
from desmigratif.desk.views.landing.helpers import helpers
from desmigratif.enterprises.queries.life import asleep, late_faults
from desmigratif.extracts.queries import waiting_for as extracts_waiting
from desmigratif.parenting.queries.centres import sleeping
from desmigratif.parenting.queries.sessions import todays_sessions
from desmigratif.parenting.queries.worries import unread_worries
from desmigratif.parenting.views.centre_common import clock, kind_word, roll_url
from desmigratif.people.queries.envelopes import Waiting, regencies_of, waiting_in
from desmigratif.regions.queries import UnknownRegion, near_name, today_in, village
from desmigratif.reports.queries.monthly import waiting_for as reports_waiting
from desmigratif.shared.dates import format_date, format_moment

JAKARTA = 7
RAISED_SHOWN = 8
VILLAGE_DOTS = 3


def blocks_for(by: Actor, now: datetime) -> list[Block]:
    """What this person's roles let them see from above, in the order of what they are for."""
    today = today_in(by.home_code, now)
    blocks = []
    if by.may_anywhere(P.COOPERATIVE_SEE):
        blocks += [_cooperative(one) for one in mornings_of(by)]
    if by.may_anywhere(P.MONEY_TAKE):
        blocks += _sheets_waiting(by, now)
    if by.may_anywhere(P.BUNDLE_ANSWER):
        blocks.append(_bundles(by, now))
    if by.may_anywhere(P.COMPLAINT_HANDLE):
        blocks.append(_complaints(by, now))
    if by.may_anywhere(P.REFERRAL_ANSWER):
        blocks.append(_referred(by, now))
    if by.may_anywhere(P.OBJECTION_ANSWER):
        blocks += _raised(by)
        blocks.append(_stuck_referrals(by, now))
        blocks.append(_objections(by))
    if by.may_anywhere(P.PLEDGE_MAKE):
        blocks.append(helpers(by, today))
    if by.may_anywhere(P.REPORT_ACCEPT):
        blocks.append(_reports(by, today))
    if by.may_anywhere(P.WORRY_SEE):
        blocks += _worries(by)
    if by.may_anywhere(P.CENTRE_RUN):
        blocks.append(_today_at_centre(by, today))
    elif by.may_anywhere(P.CENTRE_SEE):
        blocks.append(_sleeping_centres(by, today))
    if by.may_anywhere(P.ENTERPRISE_SEE):
        blocks.append(_groups(by, today))
    if by.may_anywhere(P.CASE_SEE):
        blocks.append(_villages(by, now))
    if by.may_anywhere(P.PROTECTIVE_SEE):
        blocks += [_sealed(waiting_in(code)) for code in regencies_of(by)]
    elif by.may_anywhere(P.FIGURES_SEE) and by.home_code.count(".") < 3:
        blocks.append(_figures(by, now))
    if by.may_anywhere(P.ACCOUNT_MANAGE):
        blocks.append(_housekeeping(landing.housekeeping(by, today=today, now=now)))
    if by.may_anywhere(P.EXTRACT_SEE):
        blocks.append(_extracts(by))
    if by.may_anywhere(P.AUDIT_READ):
        blocks.append(_chains(landing.chain_states(by, now=now)))
    return blocks


def _extracts(by: Actor) -> Block:
    """The way to the register of de-identified rows, and what waits there for oneself."""
    sentence = _("Siapa meminta data apa, dan untuk apa.")
    if by.may_anywhere(P.EXTRACT_APPROVE) and (waiting := extracts_waiting(by).count()):
        sentence = _("%s permintaan menunggu keputusan Anda.") % waiting
    links = [{"label": _("Ekstrak data"), "icon": "file-spreadsheet", "url": reverse("extracts:extracts")}]
    return Block(_("Ekstrak data tanpa nama"), "file-spreadsheet", sentence, links=links)


def _cooperative(morning: Morning) -> Block:
    """The way to one's own till first, then what waits to be decided: counts, nobody's name."""
    lines, links = [], []
    if morning.may_take:
        lines.append(_("Kas Anda sudah dibuka.") if morning.has_till else _("Kas Anda belum dibuka."))
        links.append({"label": _("Ke kas"), "icon": "cash", "url": reverse("cooperative:till", args=[morning.id])})
    lines.append(
        _("%s pinjaman menunggu keputusan atau pencairan.") % morning.loans_waiting
        if morning.loans_waiting else _("Tidak ada pinjaman yang menunggu.")
    )  # fmt: skip
    links.append({"label": _("Pinjaman"), "icon": "wallet", "url": reverse("cooperative:loans", args=[morning.id])})
    return Block(morning.name, "building-bank", " ".join(lines), links=links)


def _sheets_waiting(by: Actor, now: datetime) -> list[Block]:
    """Money of meetings that the books could not take as it came; whoever has none to decide sees no block."""
    count = reviews_of(by, now=now).count()
    if not count:
        return []
    links = [{"label": _("Buka"), "icon": "scale", "url": reverse("desk:reviews")}]
    sentence = _("%s kiriman menunggu keputusan orang kedua. Uangnya sudah diterima dari anggota.") % count
    return [Block(_("Setoran pertemuan yang menunggu"), "scale", sentence, links=links)]


def _reports(by: Actor, today: date) -> Block:
    """Monthly reports of villages that wait to be read, and those that did not come."""
    waiting = reports_waiting(by, today)
    words = {"read": waiting.to_read, "late": waiting.late}
    sentence = _("%(read)s menunggu dibaca, %(late)s terlambat.") % words
    here = reverse("reports:monthly_reports")
    look = "menunggu" if waiting.to_read else "terlambat" if waiting.late else ""
    url = f"{here}?lihat={look}" if look else here
    return Block(_("Laporan bulanan desa"), "file-text", sentence,
                 links=[{"label": _("Buka laporan"), "icon": "file-text", "url": url}])  # fmt: skip


def _worries(by: Actor) -> list[Block]:
    """What somebody wrote for this person alone; whoever is named nowhere sees no block."""
    count = unread_worries(by).count()
    if not count:
        return []
    links = [{"label": _("Buka"), "icon": "shield-lock", "url": reverse("parenting:worries")}]
    sentence = _("%s menunggu Anda. Bagian ini hanya tampak bagi Anda.") % count
    return [Block(_("Kekhawatiran tentang anak"), "shield-lock", sentence, links=links)]


def _today_at_centre(by: Actor, today: date) -> Block:
    """The way to today's roll in one tap."""
    sessions = todays_sessions(by, today)
    sentence = _("Hari ini tidak ada kegiatan yang direncanakan.")
    if sessions:
        sentence = _("Hari ini %s kegiatan menunggu dicatat.") % len(sessions)
    if silent := sleeping(by, "village", today).count():
        sentence += " " + _("%s rumah belajar sudah lama diam.") % silent
    links = [
        {
            "label": _("Daftar hadir: %s") % f"{kind_word(one)} {clock(one.at)}",
            "icon": "clipboard-check",
            "url": roll_url(one),
        }
        for one in sessions
    ]
    links.append({"label": _("Rumah belajar"), "icon": "school", "url": reverse("parenting:centres")})
    links.append({"label": _("Telepon orang tua"), "icon": "phone", "url": reverse("parenting:calls")})
    return Block(_("Rumah belajar"), "school", sentence, links=links)


def _sleeping_centres(by: Actor, today: date) -> Block:
    """Centres without a session for so long that the village has not solved it alone: a count and one way there."""
    silent = sleeping(by, "regency", today).count()
    sentence = _("Semua rumah belajar masih berkegiatan.")
    if silent:
        sentence = _("%s rumah belajar lama tanpa kegiatan. Telepon desanya.") % silent
    here = reverse("parenting:centres")
    links = [{"label": _("Lihat yang diam"), "icon": "school", "url": f"{here}?lihat=diam" if silent else here}]
    return Block(_("Rumah belajar"), "school", sentence, links=links)


def _groups(by: Actor, today: date) -> Block:
    """Business groups that nobody looks at, and givers who let a broken thing wait: counts and one way there."""
    numbers = count_together({"asleep": asleep(by, today), "late": late_faults(by, today)})
    sentence = _("%(asleep)s kelompok tertidur, %(late)s kerusakan terlambat dijawab pemberi.") % numbers
    links = [{"label": _("Keadaan kelompok"), "icon": "chart-bar", "url": reverse("enterprises:life")}]
    return Block(_("Kelompok usaha"), "users", sentence, links=links)


def _bundles(by: Actor, now: datetime) -> Block:
    """What waits at an office outside the village: counts, nobody's name."""
    counts = inbox_counts(by, today_in(by.home_code, now))
    words = {"sent": counts.get("sent", 0), "accepted": counts.get("accepted", 0), "late": counts["late"]}
    return Block(
        _("Berkas dari desa"),
        "clipboard-check",
        _("%(sent)s menunggu diterima, %(accepted)s sedang dikerjakan, %(late)s terlambat dijawab.") % words,
        links=[{"label": _("Buka berkas masuk"), "icon": "clipboard-check", "url": reverse("cases:inbox")}],
    )


def _complaints(by: Actor, now: datetime) -> Block:
    """Who is in trouble, in the villages and in the regency's own inbox: counts, nobody's name."""
    waiting = complaints_waiting(by, now)
    words = {"new": waiting.new, "urgent": waiting.emergencies, "late": waiting.late}
    sentence = _("%(new)s belum dipilah, %(urgent)s di antaranya darurat; %(late)s lewat batas.") % words
    if waiting.reopened:
        sentence = _("%(said)s %(again)s dibuka lagi oleh pelapor.") % {"said": sentence, "again": waiting.reopened}
    links = [{"label": _("Buka pengaduan"), "icon": "lifebuoy", "url": reverse("cases:complaints")}]
    return Block(_("Pengaduan"), "lifebuoy", sentence, links=links)


def _raised(by: Actor) -> list[Block]:
    """What waited too long in a village and was brought up: whose turn it is now, nobody's name."""
    rows = raised_to(by, most=RAISED_SHOWN + 1)
    if not rows:
        return []
    complaints, referrals = reverse("cases:complaints"), reverse("cases:referrals")
    words = {"emergency": _("Laporan darurat"), "complaint": _("Pengaduan"), "referral": _("Rujukan ke %s")}
    cells = [
        [
            near_name(one.village_code),
            {
                "url": referrals if one.kind == "referral" else complaints,
                "label": words[one.kind] % one.body if one.body else words[one.kind],
            },
            format_date(one.late_since),
        ]
        for one in rows[:RAISED_SHOWN]
    ]
    more = len(rows) > RAISED_SHOWN
    return [
        Block(
            _("Naik dari desa"),
            "alert-octagon",
            _("Ini lewat batas di desa. Hubungi petugasnya, atau tangani sendiri."),
            (_("Desa"), _("Perkara"), _("Lewat sejak")),
            cells,
            _("Masih ada lagi; lihat di daftarnya.") if more else "",
        )
    ]


def _referred(by: Actor, now: datetime) -> Block:
    """What was referred to this body: counts, nobody's name."""
    today = today_in(by.home_code, now)
    waiting = list(referrals_to(by).filter(state__in=WITH_BODY).values_list("due_on", flat=True))
    late = sum(due < today for due in waiting)
    return Block(
        _("Rujukan"),
        "lifebuoy",
        _("%(waiting)s menunggu jawaban Anda, %(late)s terlambat.") % {"waiting": len(waiting), "late": late},
        links=[{"label": _("Buka rujukan masuk"), "icon": "lifebuoy", "url": reverse("cases:referred")}],
    )


def _stuck_referrals(by: Actor, now: datetime) -> Block:
    """Where referrals of the villages wait too long; the regency asks too."""
    counts = counts_of(by, today_in(by.home_code, now))
    words = {"waiting": counts.waiting, "late": counts.late, "escalated": counts.escalated}
    return Block(
        _("Rujukan"),
        "arrow-right",
        _("%(waiting)s di lembaga, %(late)s terlambat, %(escalated)s perlu ditanyakan kabupaten.") % words,
        links=[{"label": _("Di mana tertahan"), "icon": "hourglass", "url": reverse("cases:referrals")}],
    )


def _objections(by: Actor) -> Block:
    """What the regency owes an answer to: a count and the nearest day, nobody's name."""
    state = landing.objections_waiting(by)
    sentence = _("Tidak ada keberatan yang menunggu.")
    if state.first_due_on is not None:
        sentence = _("%(count)s keberatan calon menunggu jawaban Anda; batas terdekat %(day)s.") % {
            "count": state.count, "day": format_date(state.first_due_on),
        }  # fmt: skip
    links = [{"label": _("Jawab keberatan"), "icon": "scale", "url": reverse("cases:objections")}]
    return Block(_("Keberatan"), "scale", sentence, links=links if state.count else [])


def _sealed(waiting: Waiting) -> Block:
    """Envelopes for the coordinator: counts alone; what they hold is seen with the key."""
    if waiting.key is None:
        sentence = _("Belum ada kunci. Buat dulu, supaya desa bisa menitipkan tanda bahaya dengan aman.")
    elif waiting.since_opened:
        sentence = _("%(n)s amplop belum dibuka. Sebagian besar kosong; yang berisi bisa mendesak.") % {
            "n": waiting.since_opened
        }
    else:
        sentence = _("Tidak ada amplop baru.")
    label = _("Buka titipan") if waiting.key else _("Buat kunci")
    links = [{"label": label, "icon": "shield-lock", "url": reverse("people:sealed_notes")}]
    return Block(_("Titipan tersegel dari desa"), "shield-lock", sentence, links=links)


def _villages(by: Actor, now: datetime) -> Block:
    states = landing.village_states(by, today=today_in(by.home_code, now))
    silent = sum(one.is_silent for one in states)
    stuck = sum(one.stuck for one in states)
    return Block(
        _("Desa-desa Anda"),
        "map-pin",
        _("%(villages)s desa; %(silent)s sepi lebih dari dua minggu, %(stuck)s rencana tertahan.")
        % {"villages": len(states), "silent": silent, "stuck": stuck},
        (
            _("Desa"),
            _("Menunggu hari ini"),
            _("Rencana"),
            _("Tertahan"),
            _("Ada langkah terlambat"),
            _("Surat tahun ini"),
            _("Tamu terakhir"),
        ),
        [_village(one) for one in states],
        _("Tertahan: rencana yang belum bersurat dan sudah lebih dari %s hari.") % landing.STUCK_DAYS,
        [
            *_cockpit(by),
            {"label": _("Rencana berangkat"), "icon": "plane-departure", "url": reverse("cases:cases")},
            {"label": _("Register surat"), "icon": "certificate", "url": reverse("documents:letters")},
        ],
    )


def _place(code: str) -> str:
    """A village with its district, as two may have one name; a wider region by its own."""
    try:
        return village(code).full_name
    except (UnknownRegion, ValueError):
        return name_of_region(code)


def _village(one: landing.VillageState) -> list[Any]:
    last: Any = format_date(one.last_visit_on) if one.last_visit_on else ""
    if one.is_silent:
        word = _("%s hari sepi") % one.silent_days if one.last_visit_on else _("Belum pernah ada tamu")
        last = {"state": "cek", "label": word}
    stuck: Any = {"state": "cek", "label": str(one.stuck)} if one.stuck else 0
    plans = {"url": f"{reverse('cases:cases')}?desa={one.code}", "label": str(one.plans)} if one.plans else 0
    late: Any = 0
    if one.late:
        late = {"url": f"{reverse('cases:cases')}?desa={one.code}&terlambat=on", "label": str(one.late)}
    return [_place(one.code), one.waiting, plans, stuck, late, one.letters, last]


def _figures(by: Actor, now: datetime) -> Block:
    rows = landing.regency_figures(by, today=today_in(by.home_code, now))
    villages, reporting = sum(one.villages for one in rows), sum(one.reporting for one in rows)
    return Block(
        _("Desa yang bekerja bulan ini"),
        "chart-bar",
        _("%(reporting)s dari %(villages)s desa sudah mencatat pelayanan bulan ini; %(silent)s belum.")
        % {"reporting": reporting, "villages": villages, "silent": villages - reporting},
        (_("Kabupaten"), _("Desa"), _("Sudah mencatat"), _("Kunjungan")),
        [[name_of_region(one.code), one.villages, one.reporting, one.visits] for one in rows],
        _("Angka per %s, tanpa nama warga.") % format_moment(now, JAKARTA),
        _cockpit(by),
    )


def _cockpit(by: Actor) -> list[dict[str, str]]:
    """The way to the figures of one's whole region; a village's people have their own page first."""
    if not any(code.count(".") < VILLAGE_DOTS for code in by.regions_for(P.FIGURES_SEE)):
        return []
    return [
        {"label": _("Kokpit"), "icon": "map", "url": reverse("cockpit:home")},
        {"label": _("Meja analis"), "icon": "chart-bar", "url": reverse("analysis:pivots")},
    ]


def _chains(states: list[landing.ChainState]) -> Block:
    broken = sum(not one.end_fits for one in states)
    sentence = _("%(chains)s rantai jejak dengan %(events)s kejadian.") % {
        "chains": len(states), "events": f"{sum(one.events for one in states):,}".replace(",", "."),
    }  # fmt: skip
    if broken:
        sentence += " " + _("%s rantai ujungnya tidak cocok: hubungi pengelola.") % broken
    return Block(
        _("Jejak dan pembacaan tujuh hari terakhir"),
        "shield-check",
        sentence,
        (_("Wilayah"), _("Ujung rantai"), *landing.LOOKS, _("Oleh"), _("Kejadian terakhir")),
        [_chain(one) for one in states],
        _("Ujung rantai dicocokkan setiap halaman ini dibuka. Seluruh rantai diperiksa di server dengan "
          "desmigratif audit verify."),
    )  # fmt: skip


def _chain(one: landing.ChainState) -> list[Any]:
    end = {"state": "aman", "label": _("Cocok")} if one.end_fits else {"state": "henti", "label": _("Tidak cocok")}
    last = format_moment(one.last_at, JAKARTA) if one.last_at else ""
    looks = [one.looks[kind] for kind in landing.LOOKS]
    return [_place(one.code), end, *looks, _("%s\u00a0orang") % one.people, last]


def _housekeeping(state: landing.Housekeeping) -> Block:
    lines = [_("%s akun aktif.") % state.accounts]
    if state.must_change:
        lines.append(_("%s belum mengganti kata sandi pertamanya.") % state.must_change)
    lines.append(
        _("%s orang menunggu pengamannya dipulihkan.") % state.resets
        if state.resets else _("Tidak ada yang kehilangan pengaman.")
    )  # fmt: skip
    return Block(
        _("Akun dan desa"),
        "users",
        " ".join(lines),
        (_("Desa tanpa kop surat"),) if state.without_letterhead else (),
        [[_place(code)] for code in state.without_letterhead],
        _("Tanpa kop surat, desa belum bisa menerbitkan surat.") if state.without_letterhead else "",
        [
            {"label": _("Akun petugas"), "icon": "user-check", "url": reverse("access:accounts")},
            {"label": _("Kantor desa"), "icon": "building-community", "url": reverse("documents:office")},
        ],
    )

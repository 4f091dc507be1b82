"""The hand-over of a village in words: sections with rows, for the screen and for the paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.queries import name_of_region
from desmigratif.cases.models import Bundle, BundleState, Case, CaseState, CaseStep, StepState
from desmigratif.cases.rules.before.visits import PURPOSES
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.rules.labels import LEVELS
from desmigratif.cases.views.common import LEVEL_STATES, called, goal_of
from desmigratif.desk.queries.hand_over import Alarm, HandOver
from desmigratif.desk.templatetags.desk_ui import count
from desmigratif.desk.views.reviews import title_of
from desmigratif.people.rules.proposals import signal_in_words
from desmigratif.people.views.common import place_of
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date

HOLDERS = {  # what a state waits for, where no step says it better
    CaseState.INTENT: "Di petugas: periksa tawarannya",
    CaseState.OFFER_CHECKED: "Di petugas dan keluarga: bicara, lalu surat izin",
    CaseState.VILLAGE_CLEARED: "Di calon: surat sudah terbit, tanyakan kelanjutannya",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the paper. `count` is whole even where `rows` are cut; `note` says what the list cannot."""

    title: str
    icon: str
    count: int | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    url: str = ""

    @property
    def is_settled(self) -> bool:
        """Nothing of it waits: on paper a word is enough."""
        return not (self.rows or self.note)

    @property
    def more(self) -> int:
        return max(0, (self.count or 0) - len(self.rows)) if self.rows else 0


def sections_of(paper: HandOver) -> list[Section]:
    """What waits first, what only needs to be known last."""
    return [
        _visits(paper),
        _alarms(paper),
        _complaints(paper),
        _requests(paper),
        _objections(paper),
        _stopped(paper),
        *_plans(paper),
        _bundles(paper),
        _reviews(paper),
        _moves(paper),
        _doubles(paper),
        _letters(paper),
        _contacts(paper),
        _imports(paper),
    ]


def _visits(paper: HandOver) -> Section:
    rows = [
        {
            "title": called(visit.resident, paper.today) if visit.resident else visit.visitor_name,
            "detail": f"{format_date(visit.on)} · {PURPOSES.get(visit.purpose, visit.purpose)}",
        }
        for visit in paper.visits
    ]
    return Section(
        _("Tamu yang belum dilayani"), "hourglass", paper.visit_count, rows,
        url=reverse("cases:visits"),
    )  # fmt: skip


def _alarms(paper: HandOver) -> Section:
    return Section(
        _("Keluarga yang perlu dihubungi"), "alert-triangle", len(paper.alarms),
        [_alarm(alarm, paper.today) for alarm in paper.alarms],
    )  # fmt: skip


def _alarm(alarm: Alarm, today: date) -> dict[str, Any]:
    state, label = signal_in_words(alarm.kind) or ("cek", alarm.kind)
    return {
        "title": called(alarm.resident, today),
        "detail": _("%(place)s · sejak %(since)s") % {
            "place": place_of(alarm.resident.household), "since": format_date(alarm.since),
        },
        "url": reverse("people:household", args=[alarm.resident.household_id]),
        "states": [{"name": state, "label": label}],
    }  # fmt: skip


def _complaints(paper: HandOver) -> Section:
    """A count alone: who is in trouble does not stand on a paper that lies about."""
    note = _("Nama dan isinya tidak dicetak; buka daftarnya di meja layanan.") if paper.complaints else ""
    url = reverse("cases:complaints") if paper.complaints else ""
    return Section(_("Pengaduan yang belum selesai"), "lifebuoy", paper.complaints, note=note, url=url)


def _requests(paper: HandOver) -> Section:
    """Candidates who asked for their letter: the village owes them an answer by a day."""
    rows = [
        {
            "title": called(asked.case.resident, paper.today),
            "detail": _("diminta %s") % format_date(asked.asked_on),
            "url": reverse("cases:case", args=[asked.case_id]),
            "states": [_due(_("Jawab sebelum %s"), asked.due_on, paper.today)],
        }
        for asked in paper.requests
    ]
    return Section(
        _("Surat yang diminta dan belum dijawab"), "certificate", len(rows), rows,
        url=reverse("cases:objections") if rows else "",
    )  # fmt: skip


def _objections(paper: HandOver) -> Section:
    rows = [
        {
            "title": called(one.request.case.resident, paper.today),
            "detail": _("diajukan %s, dijawab kabupaten") % format_date(one.on),
            "url": reverse("cases:objection", args=[one.id]),
            "states": [_due(_("Batas jawab %s"), one.due_on, paper.today)],
        }
        for one in paper.objections
    ]
    return Section(_("Keberatan yang menunggu kabupaten"), "scale", len(rows), rows)


def _due(words: str, due_on: date, today: date) -> dict[str, str]:
    return {"name": "henti" if due_on < today else "cek", "label": words % format_date(due_on)}


def _stopped(paper: HandOver) -> Section:
    return Section(
        _("Tawaran dihentikan, belum ada kelanjutannya"), "alert-octagon", len(paper.stopped),
        [_plan(case, paper) for case in paper.stopped],
        note=_("Cari jalan yang sah bersama calon, atau catat bila ia batal berangkat.") if paper.stopped else "",
    )  # fmt: skip


def _plans(paper: HandOver) -> list[Section]:
    """One section for each step, with who holds it; a step without plans has none."""
    return [
        Section(
            _("Rencana: %s") % _inside(str(CaseState(state).label)),
            "plane-departure",
            len(cases),
            [_plan(case, paper) for case in cases],
            note=HOLDERS.get(CaseState(state), ""),
            url=f"{reverse('cases:cases')}?langkah={state}",
        )
        for state, cases in paper.plans.items()
    ]


def _plan(case: Case, paper: HandOver) -> dict[str, Any]:
    """Where to, since when, and in whose hands the running step lies."""
    level, step = getattr(case, "last_level", None) or "", paper.steps.get(case.id)
    told = [goal_of(case), _("sejak %s") % format_date(case.opened_on)]
    states = [{"name": LEVEL_STATES[level], "label": LEVELS[level]}] if level in ("stop", "hold") else []
    if step is not None:
        told.append(_step(step, paper.today))
        if step.due_on and step.due_on < paper.today:
            states.append({"name": "cek", "label": _("Lewat tenggat")})
    return {
        "title": called(case.resident, paper.today),
        "detail": " · ".join(told),
        "url": reverse("cases:case", args=[case.id]),
        "states": states,
    }


def _inside(words: str) -> str:
    """As inside a sentence: only the first letter becomes small, and not that of KTP."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _step(step: CaseStep, today: date) -> str:
    known = journey_on(today)
    found = known.find(step.step)
    said = {
        "title": _inside(found.title) if found else step.step,
        "holder": known.holders.get(step.holder, step.holder),
        "since": format_date(step.holder_since),
    }
    if step.state == StepState.HELD:
        return _("%(title)s tertahan di %(holder)s sejak %(since)s") % said
    return _("%(title)s di %(holder)s sejak %(since)s") % said


def _bundles(paper: HandOver) -> Section:
    """Papers that lie at an office outside, and those that came back and were not sent again."""
    holders = journey_on(paper.today).holders
    rows = [
        {
            "title": called(bundle.case.resident, paper.today),
            "detail": _("ke %(office)s, dikirim %(on)s") % {
                "office": holders.get(bundle.office, bundle.office), "on": format_date(bundle.sent_on),
            },
            "url": reverse("cases:case", args=[bundle.case_id]),
            "states": [_lies(bundle, paper.today)],
        }
        for bundle in paper.bundles
    ]  # fmt: skip
    return Section(_("Berkas di kantor lain"), "file-text", len(rows), rows)


def _lies(bundle: Bundle, today: date) -> dict[str, str]:
    if bundle.state == BundleState.RETURNED:
        return {"name": "cek", "label": _("Dikembalikan, belum dikirim lagi")}
    return _due(_("Ditunggu sampai %s"), bundle.due_on, today)


def _reviews(paper: HandOver) -> Section:
    rows = [
        {
            "title": title_of(receipt),
            "detail": _("dikirim %s") % format_date(today_in(receipt.village_code, receipt.at)),
            "url": reverse("desk:review", args=[receipt.id]),
        }
        for receipt in paper.reviews
    ]
    return Section(
        _("Kiriman yang perlu diputuskan"), "scale", paper.review_count, rows,
        note=_("Kiriman disimpan 30 hari, lalu isinya dihapus.") if rows else "",
    )  # fmt: skip


def _moves(paper: HandOver) -> Section:
    rows = [
        {
            "title": one.name,
            "detail": _("Datang dari %(village)s, bisa diterima sampai %(until)s") % {
                "village": village(one.from_village_code).near_name, "until": format_date(one.until),
            },
            "url": reverse("people:accept_resident", args=[one.move_id]),
        }
        for one in paper.arrivals
    ]  # fmt: skip
    leaving = _("%s warga yang pindah dari desa ini belum diterima desa tujuannya.") % len(paper.departures)
    return Section(
        _("Warga pindahan"), "arrow-right", len(paper.arrivals), rows,
        note=leaving if paper.departures else "",
        url=reverse("people:arrivals") if rows else "",
    )  # fmt: skip


def _doubles(paper: HandOver) -> Section:
    return Section(
        _("Berkas yang mungkin kembar"), "copy", paper.doubles,
        note=_("%s pasang warga mungkin tercatat dua kali. Bandingkan dengan KK sebelum digabung.") % paper.doubles
        if paper.doubles else "",
        url=reverse("people:doubles") if paper.doubles else "",
    )  # fmt: skip


def _letters(paper: HandOver) -> Section:
    rows = [
        {
            "title": _("%(year)s: %(issued)s surat") % {"year": one.year, "issued": one.issued},
            "detail": _("Nomor terakhir %(last)s · %(revoked)s dicabut") % {
                "last": one.last, "revoked": one.revoked,
            },
        }
        for one in paper.letters
    ]  # fmt: skip
    return Section(
        _("Register surat"), "certificate", None, rows,
        url=reverse("documents:letters"),
    )  # fmt: skip


def _contacts(paper: HandOver) -> Section:
    lines = [
        _("%s warga tercatat pergi, tujuannya belum diketahui.") % paper.away if paper.away else "",
        _("%s warga bekerja di luar negeri.") % paper.abroad if paper.abroad else "",
        _("%s di antaranya belum punya nomor HP di sini.") % paper.abroad_without_phone
        if paper.abroad_without_phone else "",
        _("%s orang dengan rencana berangkat belum ditanya persetujuannya.") % paper.without_consent
        if paper.without_consent else "",
    ]  # fmt: skip
    return Section(
        _("Kontak dan persetujuan"), "phone", note=" ".join(line for line in lines if line)
    )  # fmt: skip


def _imports(paper: HandOver) -> Section:
    rows = [
        {
            "title": batch.file_name,
            "detail": _("%(on)s · %(new)s warga baru, %(changed)s berubah%(undone)s") % {
                "on": format_date(batch.imported_on),
                "new": count(batch.new_count), "changed": count(batch.changed_count),
                "undone": _(", dibatalkan") if batch.undone_on else "",
            },
            "url": reverse("people:import_batch", args=[batch.id]),
        }
        for batch in paper.imports
    ]  # fmt: skip
    return Section(_("Register desa yang dimasukkan"), "file-spreadsheet", None, rows)


def colleagues(paper: HandOver) -> list[dict[str, str]]:
    """Whose role holds here, with the place it is given in."""
    return [
        {
            "name": one.name,
            "role": one.role,
            "place": name_of_region(one.region_code),
            "seen": format_date(one.seen_on) if one.seen_on else _("belum pernah masuk"),
            "until": format_date(one.until) if one.until else "",
        }
        for one in paper.colleagues
    ]

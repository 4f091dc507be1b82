"""Referrals to bodies outside: to whom, about what, with which facts, by when, and what may follow. Plain Python.

Kinds of bodies, reasons, fields, clocks and answers are data (regulations/referrals.yaml); here is what they mean.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

SENT, ACKNOWLEDGED, ACCEPTED, STANDBY = "sent", "acknowledged", "accepted", "standby"
IN_PROCESS, ANSWERED, CONFIRMED, REFUSED, RECALLED = "in_process", "answered", "confirmed", "refused", "recalled"
WITH_BODY = (SENT, ACKNOWLEDGED, ACCEPTED, STANDBY, IN_PROCESS)  # something is expected of the body
OWNING = (ACCEPTED, IN_PROCESS)  # one body holds the matter
TO_LOOK_AT = (ANSWERED, REFUSED)  # something is expected of the sender
OVER = (CONFIRMED, RECALLED)
# What a body can say next. Somebody who answers at once has received and accepted it too.
NEXT: Mapping[str, tuple[str, ...]] = {
    SENT: (ACKNOWLEDGED, ACCEPTED, ANSWERED, REFUSED),
    ACKNOWLEDGED: (ACCEPTED, ANSWERED, REFUSED),
    STANDBY: (REFUSED,),
    ACCEPTED: (IN_PROCESS, ANSWERED, REFUSED),
    IN_PROCESS: (IN_PROCESS, ANSWERED),
}
REPLIES = {
    ACKNOWLEDGED: "Sudah kami terima, masih kami baca",
    ACCEPTED: "Kami tangani",
    IN_PROCESS: "Sedang berjalan",
    ANSWERED: "Sudah selesai, ini hasilnya",
    REFUSED: "Tidak bisa kami tangani",
}
WAYS = {"phone": "Telepon", "message": "Pesan", "letter": "Surat", "visit": "Datang langsung"}
_SAID = {
    ANSWERED: "Rujukan ini sudah dijawab.",
    CONFIRMED: "Rujukan ini sudah dijawab dan ditutup.",
    REFUSED: "Rujukan ini sudah ditolak.",
    RECALLED: "Rujukan ini sudah ditarik kembali oleh pengirimnya.",
    STANDBY: "Lembaga lain sudah menerima lebih dulu; tunggu kabar dari pengirim.",
}


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of body; days are working days."""

    code: str
    label: str
    acknowledge: int
    answer: int
    escalate: int


@dataclass(frozen=True, slots=True)
class About:
    """What a referral is about: to which kinds of bodies it may go, and which facts go along unless taken away."""

    code: str
    label: str
    to: tuple[str, ...]
    privacy: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyRefused:
    code: str
    label: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """When to remind, when an answer is due, when it goes to the regency, until when the body sees the facts."""

    remind_on: date
    due_on: date
    escalate_on: date
    shown_until: date


def body_kinds_on(day: date) -> dict[str, BodyKind]:
    return {row["code"]: BodyKind(**row) for row in value_on("referrals.bodies", day)}


def abouts_on(day: date) -> dict[str, About]:
    rows = value_on("referrals.reasons", day)
    return {
        row["code"]: About(row["code"], row["label"], tuple(row["to"]), row["privacy"], tuple(row["fields"]))
        for row in rows
    }


def about_of_complaint(kind: str, group: str, day: date) -> str:
    """As what a complaint is usually referred; empty for one whose kind is not known."""
    usual: Mapping[str, str] = value_on("referrals.complaints", day)
    return usual.get(kind) or usual.get(group, "")


def refusals_on(day: date) -> dict[str, WhyRefused]:
    return {row["code"]: WhyRefused(**row) for row in value_on("referrals.refused", day)}


def labels_on(name: str, day: date) -> dict[str, str]:
    """Code -> label of "fields", "bases", "outcomes" or "recalled"."""
    return {row["code"]: row["label"] for row in value_on(f"referrals.{name}", day)}


def specific_fields_on(day: date) -> set[str]:
    """The codes of fields that are more than personal."""
    return {row["code"] for row in value_on("referrals.fields", day) if row["privacy"] != "personal"}


def is_told(basis: str, day: date) -> bool:
    """Whether the person may read of the sharing in the list of who saw their data: not where it could harm them."""
    return any(row["code"] == basis and row["told"] for row in value_on("referrals.bases", day))


def link_until(made_on: date) -> date:
    """The last day on which a one-time link made on a day can be used."""
    days: int = value_on("referrals.link", made_on)["days"]
    return made_on + timedelta(days=days)


def kept_late(day: date) -> int:
    """How many answers that come too late are kept for one link."""
    kept: int = value_on("referrals.link", day)["kept_late"]
    return kept


def clocks_of(kind: BodyKind, sent_on: date) -> Clocks:
    """In working days of the body; the facts stay open for some plain days more."""
    closed = working_days.closed_days(sent_on, sent_on)
    due = working_days.after(sent_on, kind.answer, closed)
    shown: int = value_on("referrals.shown", sent_on)["days"]
    return Clocks(
        remind_on=working_days.after(sent_on, kind.acknowledge + 1, closed),
        due_on=due,
        escalate_on=working_days.after(due, kind.escalate, closed),
        shown_until=due + timedelta(days=shown),
    )


def urgency(state: str, clocks: Any, today: date) -> str:
    """ "" | remind | late | escalate: how long a body has said nothing that was expected of it.

    `clocks` has remind_on, due_on and escalate_on: a referral, or what `clocks_of` says.
    """
    if state not in WITH_BODY:
        return ""
    if today > clocks.escalate_on:
        return "escalate"
    if today > clocks.due_on:
        return "late"
    return "remind" if state == SENT and today >= clocks.remind_on else ""


def reasons_not_to_send(
    *, kind: str, about: str, fields: Collection[str], basis: str, named: bool, already: date | None, on: date
) -> list[Reason]:
    """Why something cannot be referred. `named`: the matter is of a person we know; `already`: since when the same
    body has the same matter and has not answered."""
    reasons = []
    meant = abouts_on(on).get(about)
    if meant is None:
        reasons.append(Reason("unknown_about", "Pilih perihalnya dari daftar.", field="about"))
    elif kind not in meant.to:
        names = ", ".join(body_kinds_on(on)[code].label for code in meant.to)
        text = f"{meant.label}: lembaga ini tidak berwenang."
        reasons.append(Reason("other_body", text, field="body_id", way_out=f"Pilih salah satu: {names}."))
    if set(fields) - set(labels_on("fields", on)):
        reasons.append(Reason("unknown_field", "Ada data yang tidak boleh ikut dirujuk.", field="fields"))
    if fields and not named:
        text = "Perihal ini tidak menyebut warga, jadi tidak ada data yang bisa ikut."
        reasons.append(Reason("nobody_named", text, field="fields", way_out="Tulis yang perlu saja di penjelasannya."))
    if basis not in labels_on("bases", on):
        reasons.append(Reason("unknown_basis", "Pilih dasar membagikan datanya.", field="basis"))
    if already is not None:
        text = f"Hal yang sama sudah dirujuk ke lembaga ini {format_date(already)} dan belum dijawab."
        reasons.append(
            Reason("already_referred", text, field="body_id", way_out="Ingatkan lembaganya dari rujukan itu.")
        )
    return reasons


def reasons_without_consent(may_refer: bool | None, basis: str) -> list[Reason]:
    """A reporter who said no is not passed on, unless a life is in danger or the law says so."""
    if may_refer is not False or basis in ("vital", "duty"):
        return []
    text = "Pelapor tidak setuju pengaduannya dirujuk."
    way_out = "Bicarakan lagi dengan pelapor. Bila nyawa terancam, pilih dasar yang lain."
    return [Reason("reporter_said_no", text, citation="UU 27/2022 Pasal 20", way_out=way_out, field="basis")]


def reasons_not_to_reply(*, state: str, reply: str, because: str, outcome: str, on: date, since: date) -> list[Reason]:
    """Why a body's word cannot be taken down as it is."""
    if reply not in NEXT.get(state, ()):
        known = _SAID.get(state, "Jawaban itu tidak cocok dengan keadaan rujukan sekarang.")
        return [Reason("not_now", known, way_out="Buka lagi rujukannya untuk melihat keadaan terakhir.")]
    reasons = []
    if on < since:
        text = f"Tanggalnya tidak boleh sebelum {format_date(since)}, hari terakhir rujukan ini bergerak."
        reasons.append(Reason("before_last", text, field="on"))
    if reply == REFUSED and because not in refusals_on(on):
        reasons.append(Reason("refused_because", "Pilih alasan mengapa tidak bisa ditangani.", field="because"))
    if reply == ANSWERED and outcome not in labels_on("outcomes", on):
        reasons.append(Reason("no_outcome", "Pilih hasilnya.", field="outcome"))
    return reasons


def reasons_not_to_confirm(state: str) -> list[Reason]:
    if state == ANSWERED:
        return []
    text = "Rujukan ini sudah ditutup." if state in OVER else "Belum ada jawaban yang bisa disahkan."
    return [Reason("not_answered", text, way_out="Catat jawaban lembaganya lebih dulu.")]


def reasons_not_to_recall(state: str, because: str, day: date) -> list[Reason]:
    if state not in (*WITH_BODY, REFUSED):
        return [Reason("over", _SAID.get(state, "Rujukan ini sudah selesai."))]
    if because not in labels_on("recalled", day):
        return [Reason("recalled_because", "Pilih alasan menarik rujukan.", field="because")]
    return []


def reasons_not_to_remind(state: str) -> list[Reason]:
    if state in WITH_BODY:
        return []
    return [Reason("nothing_waits", _SAID.get(state, "Tidak ada yang ditunggu dari lembaga ini."))]


def late_words(*, used_on: date | None, ended_on: date | None, until: date, today: date) -> str:
    """Why a one-time link does not hold any more, in one sentence; empty while it holds."""
    if used_on is not None:
        return f"Alamat jawaban ini sudah dipakai pada {format_date(used_on)}."
    if ended_on is not None:
        return f"Alamat jawaban ini tidak berlaku lagi sejak {format_date(ended_on)}."
    if today > until:
        return f"Alamat jawaban ini berlaku sampai {format_date(until)}."
    return ""

"""Ten things that are done at the desk every week, as the robot does them: from the page of the desk to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tasks.robot import Robot

LAWFUL = {
    "offer__country": "HKG", "offer__job": "domestic_worker", "offer__employer_type": "household",
    "offer__scheme": "P3MI", "offer__agency__name": "PT Contoh Karya", "offer__agency__licence_active": "ya",
    "offer__agency__permit_for_job_order": "ya", "offer__visa": "work", "offer__written_contract": "ya",
    "offer__placement_agreement": "ya", "offer__training_planned": "ya", "offer__channel": "official",
    "candidate__can_name": ["employer", "city", "wage", "hours", "contact"],
}  # fmt: skip
STOPPED = {
    "offer__country": "SAU", "offer__job": "domestic_worker", "offer__employer_type": "household",
    "offer__visa": "umrah", "offer__channel": "messenger",
}  # fmt: skip


@dataclass(frozen=True)
class Task:
    """Who does it, what it is called, and how it goes. `proof`: what the last page says; `stage`: what was there."""

    user: str
    title: str
    walk: Callable[[Robot], None]
    proof: str
    stage: str = "nothing_more"


def from_question_to_letter(robot: Robot) -> None:
    open_plan(robot, "siti")
    robot.send(LAWFUL)
    robot.follow("Catat bicara keluarga")
    robot.send({"permission": "given", "disputed": "tidak", "pressure": "tidak", "candidate_confirms_alone": "ya"})
    robot.follow("Buat surat izin")
    robot.send({"contract_months": "24"})


def open_plan(robot: Robot, words: str) -> None:
    """Somebody comes who wants to go: the visit and the wish, up to the questions about the offer."""
    robot.search(words)
    robot.follow("Aminah")
    robot.follow("Aminah")
    robot.follow("/tamu/baru/")
    robot.send({"purpose": "report_intention"})
    robot.send()


def stopped_offer(robot: Robot) -> None:
    open_plan(robot, "siti")
    robot.send(STOPPED)


def wait_and_serve(robot: Robot) -> None:
    robot.follow("Catat tamu")
    robot.send({"visitor_name": "Pak Darmo", "purpose": "ask_information"}, button="wait=")
    robot.open("/")
    robot.follow("Pak Darmo")
    robot.send({"topics": ["costs", "countries"]})


def office_step(robot: Robot) -> None:
    open_ratnas_plan(robot)
    robot.follow("Catat langkah ini")
    robot.send({"trips": "1", "paid_rupiah": "0"})


def open_ratnas_plan(robot: Robot) -> None:
    robot.follow("Rencana berangkat")
    robot.follow("Ratna")


def held_step(robot: Robot) -> None:
    open_ratnas_plan(robot)
    robot.follow("Catat langkah ini")
    robot.follow("Catat hambatan")
    robot.send({"reason": "papers_returned"})


def refusal_and_objection(robot: Robot) -> None:
    open_ratnas_plan(robot)
    robot.follow("Calon meminta surat")
    robot.send()
    robot.follow("Jawab: belum bisa")
    robot.send({"reason": "offer_stopped"})
    robot.follow("/keberatan/")
    robot.send({"story": "Tawarannya sudah saya ganti."})


def departure(robot: Robot) -> None:
    open_ratnas_plan(robot)
    robot.follow("Catat keberangkatan")
    robot.send({"agreed_contact_days": "14"})


def found_abroad(robot: Robot) -> None:
    robot.search("joko")
    robot.follow("Joko")
    robot.follow("Joko")
    robot.follow("/rencana/baru/")
    robot.follow("sudah di luar negeri")
    robot.send({"country": "MYS", "job": "plantation_worker"})


def new_family(robot: Robot) -> None:
    robot.follow("Warga dan keluarga")
    robot.follow("Catat keluarga baru")
    robot.send(
        {"name": "Slamet Riyadi", "sex": "M", "birth_date": "08-08-1985", "marital_status": "married",
         "hamlet": "Krajan"}
    )  # fmt: skip


def deposit(robot: Robot) -> None:
    robot.follow("Koperasi")
    robot.follow("Ke kas")
    robot.follow("Buka kas")
    robot.send({"opening_rupiah": "100.000"})
    robot.search("budi")  # the only one of that name: the counter itself comes
    robot.send({"kind": "deposit:*", "amount_rupiah": "250.000"})


TASKS = (
    Task("petugas", "Dari pertanyaan sampai surat izin", from_question_to_letter, "Cetak surat (PDF)"),
    Task("petugas", "Tawaran yang berhenti, dengan jalan yang sah", stopped_offer, "Jalan yang sah"),
    Task("petugas", "Tamu menunggu, lalu dilayani", wait_and_serve, "Pak Darmo"),
    Task("petugas", "Satu langkah di kantor selesai", office_step, "Selesai", "a_plan"),
    Task("petugas", "Berkas dikembalikan kantor", held_step, "Tertahan", "a_plan"),
    Task("petugas", "Surat belum bisa, calon berkeberatan", refusal_and_objection, "eberatan", "a_stopped_plan"),
    Task("petugas", "Calon berangkat", departure, "erangkat", "a_plan_at_its_last_step"),
    Task("petugas", "Warga ternyata sudah di luar negeri", found_abroad, "luar negeri"),
    Task("petugas", "Keluarga baru dicatat", new_family, "Slamet Riyadi"),
    Task("kasir", "Kas dibuka, setoran, dan buktinya", deposit, "Bukti nomor", "a_saver"),
)

"""What a new officer learns in the first five days, and by which of their own acts each task is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

DAYS_NEW = 14  # after which the first page no longer shows the guide by itself


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to try: where it is done, and the acts or looks that show it was (any of them)."""

    title: str
    why: str
    address: str
    done_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    title: str
    tasks: tuple[Task, ...]


DAYS: tuple[Day, ...] = (
    Day(
        "Kenali meja dan desa",
        (
            Task(
                "Baca berkas serah terima",
                "Semua yang ditinggalkan petugas sebelumnya ada di sana.",
                "desk:hand_over",
                ("hand_over.opened",),
            ),
            Task(
                "Cari satu warga yang Anda kenal",
                "Setengah nama sudah cukup; salah eja pun ketemu.",
                "people_search",
                ("residents.searched",),
            ),
            Task(
                "Buka berkas satu keluarga",
                "Semua layanan untuk keluarga itu ada di satu halaman.",
                "people:residents",
                ("household.opened",),
            ),
        ),
    ),
    Day(
        "Layani tamu",
        (
            Task(
                "Catat tamu pertama Anda",
                "Setiap orang yang bertanya dicatat, juga yang hanya singgah.",
                "cases:record_visit",
                ("cases.record_visit",),
            ),
            Task(
                "Selesaikan tamu yang menunggu",
                "Tulis apa yang dijelaskan, lalu tamu keluar dari daftar tunggu.",
                "cases:visits",
                ("cases.finish_visit",),
            ),
        ),
    ),
    Day(
        "Periksa tawaran kerja",
        (
            Task(
                "Catat niat berangkat seorang warga",
                "Rencana dimulai dari berkas keluarganya.",
                "cases:cases",
                ("cases.open_case",),
            ),
            Task(
                "Periksa satu tawaran",
                "Jawab seperlunya; Tidak tahu juga jawaban.",
                "cases:cases",
                ("cases.check_offer",),
            ),
        ),
    ),
    Day(
        "Keluarga dan surat",
        (
            Task(
                "Catat bicara dengan keluarga",
                "Calon ditanya sendirian, tanpa keluarga di ruangan.",
                "cases:cases",
                ("cases.record_family_talk",),
            ),
            Task(
                "Buka satu surat dan periksa kodenya",
                "Kode QR bisa diperiksa siapa saja, tanpa internet.",
                "documents:letters",
                ("letter.opened", "letter.printed", "cases.issue_family_permission"),
            ),
        ),
    ),
    Day(
        "Rawat data",
        (
            Task(
                "Lihat warga yang mungkin tercatat dua kali",
                "Bandingkan dulu; yang keliru digabung bisa dipisahkan lagi.",
                "people:doubles",
                ("residents.compared", "people.merge_residents"),
            ),
            Task(
                "Perbaiki satu data yang salah",
                "Isi yang lama tetap tersimpan bersama sumbernya.",
                "people:residents",
                ("people.correct_resident", "people.correct_household", "people.settle_doubt"),
            ),
            Task(
                "Catat cara aman menghubungi satu warga",
                "Ada warga yang tidak boleh ditelepon sembarang waktu.",
                "people:residents",
                ("people.add_phone", "people.record_contact_wish"),
            ),
        ),
    ),
)


def all_signs() -> frozenset[str]:
    """Every act and look that the guide asks the memory for."""
    return frozenset(sign for day in DAYS for task in day.tasks for sign in task.done_by)


def is_done(task: Task, seen: Collection[str]) -> bool:
    return any(sign in seen for sign in task.done_by)


def next_task(seen: Collection[str]) -> Task | None:
    """The first task that is not done; None at the end of the week."""
    return next((task for day in DAYS for task in day.tasks if not is_done(task, seen)), None)


def counts(seen: Collection[str]) -> tuple[int, int]:
    """(done, all) tasks of the week."""
    tasks = [task for day in DAYS for task in day.tasks]
    return sum(is_done(task, seen) for task in tasks), len(tasks)

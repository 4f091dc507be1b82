"""What can go wrong with a backup, in one Indonesian sentence each."""

from __future__ import annotations

import errno

from desmigratif.shared.reasons import Reason, Refusal


class BackupTrouble(Refusal):
    """A backup cannot be made, read or restored. Nothing half-done was left behind."""

    code = "backup_trouble"

    def __init__(self, code: str, text: str, way_out: str = "") -> None:
        super().__init__(Reason(code, text, way_out=way_out))

    @property
    def sentence(self) -> str:
        """What the command prints on standard error."""
        reason = self.reasons[0]
        return f"{reason.text} {reason.way_out}".strip()


def damaged() -> BackupTrouble:
    return BackupTrouble(
        "damaged",
        "Berkas cadangan ini rusak atau terpotong; tidak ada yang diubah.",
        "Pakai salinan cadangan yang lain.",
    )


def wrong_sheet() -> BackupTrouble:
    return BackupTrouble(
        "wrong_sheet",
        "Lembar pemulihan ini bukan pasangan berkas cadangan ini.",
        "Cari lembar yang dibuat sebelum tanggal cadangan; sidiknya tertulis di lembar.",
    )


def not_a_backup() -> BackupTrouble:
    return BackupTrouble("not_a_backup", "Berkas ini bukan cadangan Desmigratif.", "Periksa nama berkasnya.")


def from_system(problem: OSError) -> BackupTrouble:
    """The sentence for trouble of the disk."""
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return BackupTrouble("disk_full", "Tempat di disk tidak cukup.", "Kosongkan tempat lalu ulangi.")
    if isinstance(problem, FileNotFoundError):
        return BackupTrouble("no_file", "Berkas atau folder itu tidak ada.", "Periksa alamatnya, lalu ulangi.")
    if isinstance(problem, PermissionError):
        return BackupTrouble("not_allowed", "Program tidak boleh membaca atau menulis di tempat itu.")
    return BackupTrouble("disk_trouble", "Disk tidak dapat dibaca atau ditulis.", "Coba disk atau USB lain.")

"""Proving a backup: every member, every count, every sum, every chain."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pydantic

from desmigratif.access.backup.archive import Unpacked, is_encrypted, unpack
from desmigratif.access.backup.attachments import TABLE as ATTACHMENTS
from desmigratif.access.backup.attachments import prove_attachments
from desmigratif.access.backup.chain import walk_chains
from desmigratif.access.backup.make import sidecar
from desmigratif.access.backup.manifest import FORMAT, MANIFEST, SQLITE_MEMBER, Manifest, keys_id, sums_of
from desmigratif.access.backup.rows import CopyRows, Rows, SqliteRows
from desmigratif.access.backup.trouble import BackupTrouble, damaged, from_system
from desmigratif.access.keys import recovery
from desmigratif.shared.keyring import Keyring, KeysUnreadable
from desmigratif.shared.reasons import Reason, Refusal

_NOT_OPENED = ("isi tabel", "jumlah baris", "nomor surat", "mata rantai jejak", "lampiran")


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was proven, what could not be, and what is wrong (nothing = a sound backup as far as checked)."""

    path: Path
    encrypted: bool
    problems: tuple[Reason, ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...] = ()
    made_at: datetime | None = None
    tables: int = 0
    rows: int = 0
    events: int = 0
    files: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.problems

    @property
    def proves_nothing(self) -> bool:
        """Not even the file's sum could be compared."""
        return self.is_sound and not self.checked

    def sentences(self) -> list[str]:
        """For the terminal."""
        if self.proves_nothing:
            return [
                "Belum ada yang terbukti: cadangan ini disandi, dan jumlah periksanya (berkas .sha256) tidak ada di "
                "sampingnya.",
                "Ulangi dengan isi lembar pemulihan: desmigratif backup verify BERKAS --sheet LEMBAR.",
            ]
        said = [reason.text for reason in self.problems] or [
            f"Cadangan utuh: {self.rows} baris, {self.files} lampiran, {self.events} mata rantai jejak."
            if self.tables
            else "Berkasnya sama dengan jumlah periksa di sampingnya; isinya belum dibuka."
        ]
        if self.not_checked:
            said.append(f"Belum diperiksa: {', '.join(self.not_checked)}.")
        return said


def verify_backup(
    path: Path,
    identity: str | None = None,
    *,
    keyring: Keyring | None = None,
    work_dir: Path | None = None,
) -> VerifyReport:
    """Prove a backup. `identity` is what stands on the recovery sheet; without it an encrypted backup is only
    compared with the SHA-256 beside it, and the report says what that leaves open.

    `keyring` (this machine's) proves the audit chains of a backup that carries no keys. `work_dir` is where it is
    unpacked for a moment (without keys); by default the system's temporary folder. Never raises for a bad file.
    """
    try:
        encrypted = is_encrypted(path)
        if encrypted and identity is None:
            return _verify_closed(path)
        return _verify_open(path, encrypted, identity, keyring, work_dir)
    except Refusal as trouble:
        return VerifyReport(path, False, trouble.reasons, ())
    except OSError as problem:
        return VerifyReport(path, False, from_system(problem).reasons, ())


def _verify_closed(path: Path) -> VerifyReport:
    note = sidecar(path)
    if not note.is_file():
        return VerifyReport(path, True, (), (), not_checked=("keutuhan berkas", *_NOT_OPENED))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    problems = () if note.read_text("ascii", "replace").split()[:1] == [digest] else damaged().reasons
    return VerifyReport(path, True, problems, ("keutuhan berkas",), not_checked=_NOT_OPENED)


def _verify_open(
    path: Path, encrypted: bool, identity: str | None, keyring: Keyring | None, work_dir: Path | None
) -> VerifyReport:
    key_of_sheet = recovery.identity_from(identity) if identity and encrypted else None
    folder = Path(tempfile.mkdtemp(prefix=".periksa-", dir=work_dir))
    try:
        unpacked = unpack(path, folder, key_of_sheet)
        manifest = read_manifest(unpacked)
        keys = keys_of(unpacked, manifest, keyring)
        events = prove(unpacked, manifest, keys)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    checked = ("keutuhan berkas", *_NOT_OPENED)
    return VerifyReport(
        path,
        encrypted,
        (),
        checked if keys else tuple(item for item in checked if item != "mata rantai jejak"),
        not_checked=() if keys else ("tanda pada mata rantai jejak (kunci tidak ada)",),
        made_at=manifest.made_at,
        tables=len(manifest.tables),
        rows=sum(facts.rows for facts in manifest.tables.values()),
        events=events,
        files=attachments_in(manifest),
    )


def attachments_in(manifest: Manifest) -> int:
    """Copies of papers in the database, and files beside it."""
    copies = manifest.tables.get(ATTACHMENTS)
    return (copies.rows if copies else 0) + sum(name.startswith("files/") for name in manifest.members)


def read_manifest(unpacked: Unpacked) -> Manifest:
    """The manifest, after every member was compared with it. Raises `BackupTrouble`."""
    try:
        document = json.loads((unpacked.folder / MANIFEST).read_bytes())
        if isinstance(document, dict) and document.get("format", 0) > FORMAT:
            raise newer_version()
        manifest = Manifest.model_validate(document)
    except (FileNotFoundError, ValueError, TypeError, pydantic.ValidationError):
        raise damaged() from None
    found = {name: digest for name, digest in unpacked.digests.items() if name != MANIFEST}
    if found != manifest.members or manifest.keys_included != (unpacked.keys is not None):
        raise damaged()
    return manifest


def newer_version() -> BackupTrouble:
    return BackupTrouble(
        "newer_version",
        "Cadangan ini dibuat oleh versi Desmigratif yang lebih baru.",
        "Pasang versi itu lebih dulu, lalu ulangi.",
    )


def keys_of(unpacked: Unpacked, manifest: Manifest, at_hand: Keyring | None) -> Keyring | None:
    """The keyring that belongs to a backup: its own, or the one at hand if it is the same."""
    if unpacked.keys is not None:
        try:
            keyring = Keyring.from_bytes(unpacked.keys)
        except KeysUnreadable:
            raise damaged() from None
        if keys_id(keyring) != manifest.keys_id:
            raise damaged()
        return keyring
    return at_hand if at_hand is not None and keys_id(at_hand) == manifest.keys_id else None


def prove(unpacked: Unpacked, manifest: Manifest, keyring: Keyring | None) -> int:
    """Compare the unpacked tables with the manifest and walk the chains. Returns the number of links.

    Raises `BackupTrouble`.
    """
    if manifest.engine == "sqlite":
        with closing(SqliteRows(unpacked.folder / SQLITE_MEMBER)) as rows:
            if not rows.is_whole():
                raise damaged()
            return prove_rows(rows, manifest, keyring)
    return prove_rows(copy_rows(unpacked, manifest), manifest, keyring)


def copy_rows(unpacked: Unpacked, manifest: Manifest) -> CopyRows:
    """The tables of a PostgreSQL archive."""
    columns = {table: facts.columns for table, facts in manifest.tables.items()}
    return CopyRows(unpacked.folder, columns, {table: facts.parts for table, facts in manifest.tables.items()})


def prove_rows(rows: Rows, manifest: Manifest, keyring: Keyring | None) -> int:
    """Counts, sums, copies of papers and chains of tables, wherever they are. Returns the links walked.

    Raises `BackupTrouble`.
    """
    if {table: rows.count(table) for table in rows.tables()} != {
        table: facts.rows for table, facts in manifest.tables.items()
    }:
        raise damaged()
    if sums_of(rows) != manifest.sums:
        raise damaged()
    prove_attachments(rows)
    findings = walk_chains(rows, keyring.audit if keyring else None)
    if findings.broken:
        code, number = findings.broken[0]
        raise BackupTrouble(
            "chain_broken",
            f"Jejak wilayah {code} putus pada nomor {number}: isi cadangan ini pernah diubah di luar program.",
            "Pakai cadangan yang lebih tua, dan laporkan ke koordinator.",
        )
    return findings.events

"""Sheets of meetings that wait for a second person: each line beside what the books say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.actor import Actor
from desmigratif.access.reviews import USUAL_WORDS, Comparison, FirstStep, Line, ReviewKind
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.collection.sheet import read_waiting_sheet
from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import Cooperative, Loan, LoanStatus, Member, SavingsAccount
from desmigratif.cooperative.queries.collection.sheets import next_seal, paths_moved_since
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.standing import standing_loans
from desmigratif.cooperative.queries.till import open_till
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

_APPLYING = gettext_lazy(
    "uangnya masuk ke kas Anda hari ini dan setiap anggota mendapat bukti. Yang tidak dapat diterima lagi, "
    "kembalikan kepada anggotanya; jumlahnya dicatat dalam jejak."
)
_DISCARDING = gettext_lazy(
    "hanya bila semua uangnya sudah dikembalikan atau sudah dicatat dengan cara lain. Daftar ini lalu dihapus."
)
_WORDS = replace(
    USUAL_WORDS,
    ask=gettext_lazy("Uangnya sudah Anda terima dan hitung?"),
    apply=gettext_lazy("Masukkan ke kas saya"),
    discard=gettext_lazy("Buang lembar ini"),
    sent=gettext_lazy("Di lembar"),
    changed=gettext_lazy("ada uang lain sesudah lembar dibawa; tanyakan apakah membayar dua kali"),
    discarded=gettext_lazy("Lembar dibuang; pengirimnya diberi tahu sebabnya di HP."),
)


def compare_sheet(by: Actor, given: TakeCollection, *, today: date, with_specific: bool) -> Comparison:
    """Who paid what at the meeting, and for whom other money has passed since."""
    found = cooperative_of(by, given.cooperative_id)
    with transaction.atomic():  # the lines are locked while they are read
        back = read_waiting_sheet(found, by, given, today).refused
    refused = {line.reasons[0].field.rsplit(".", 1)[0]: line.reasons[0].text for line in back if line.reasons[0].field}
    lines = _lines(found, given, today, refused)
    return Comparison(
        subjects=(Subject("cooperative", found.id),),
        lines=tuple(lines),
        facts=(
            (_("Koperasi"), found.name),
            (_("Tanggal pertemuan"), format_date(given.on)),
            (_("Jumlah di daftar"), format_rupiah(given.written_rupiah)),
            (_("Uang yang dihitung"), None if given.counted_rupiah is None else format_rupiah(given.counted_rupiah)),
            *([(_("Dikembalikan kepada anggota"), format_rupiah(sum(line.amount for line in back)))] if back else []),
        ),
        first=None if open_till(found, by) else _open_first(found),
        seen_version=next_seal(found),
        applying=_APPLYING,
        discarding=_DISCARDING,
    )


def _open_first(found: Cooperative) -> FirstStep:
    address = reverse("cooperative:open_till", args=[found.id])
    return FirstStep(_("Uangnya masuk ke kas Anda, dan kas Anda belum dibuka."), _("Buka kas dulu"), address)


def say_entered(result: Mapping[str, Any]) -> str:
    """What became of the money, for whoever put it into the own till."""
    said = _("Tidak ada yang masuk ke kas.")
    if result["number"]:
        told = {"sum": format_rupiah(result["total_rupiah"]), "number": result["number"]}
        said = _("%(sum)s masuk ke kas Anda, bukti nomor %(number)s.") % told
    if back := result["handed_back_rupiah"]:
        said += " " + _("Kembalikan %s kepada anggotanya.") % format_rupiah(back)
    return said


def _lines(found: Cooperative, given: TakeCollection, today: date, refused: Mapping[str, str]) -> list[Line]:
    moved = {path.rsplit(".", 1)[0] for path in paths_moved_since(found, given)}
    told = [*_of_loans(found, given, today), *_of_members(found, given), *_of_accounts(found, given)]
    return [
        Line(
            label, now, format_rupiah(sum), changed_meanwhile=path in moved,
            refused=_("Kembalikan: %s") % refused[path] if path in refused else None,
        )
        for path, label, now, sum in told
    ]  # fmt: skip


Told = Iterator[tuple[str, str, str | None, int]]  # path of the line, whose and what, what stands now, rupiah sent


def _of_loans(found: Cooperative, given: TakeCollection, today: date) -> Told:
    rows = Loan.objects.of(found).filter(id__in=[line.loan_id for line in given.lines]).select_related("member")
    standing = {one.loan.id: one for one in standing_loans(rows, today)}
    for place, line in enumerate(given.lines):
        now, name = None, ""
        if one := standing.get(line.loan_id):
            owed = {"due": format_rupiah(one.state.due.total), "left": format_rupiah(one.state.principal_outstanding)}
            is_paid = one.loan.status == LoanStatus.PAID
            now = _("Sudah lunas") if is_paid else _("Ditagih %(due)s, sisa pokok %(left)s") % owed
            name = one.loan.member.name
        yield f"lines.{place}", _("%s: angsuran") % name, now, line.amount_rupiah


def _of_members(found: Cooperative, given: TakeCollection) -> Told:
    ids = [line.member_id for line in given.compulsory]
    members = {one.id: one for one in Member.objects.of(found).filter(id__in=ids)}
    for place, line in enumerate(given.compulsory):
        one = members.get(line.member_id)
        label = _("%s: simpanan wajib") % (one.name if one else "")
        yield f"compulsory.{place}", label, one.get_status_display() if one else None, line.amount_rupiah


def _of_accounts(found: Cooperative, given: TakeCollection) -> Told:
    rows = SavingsAccount.objects.of(found).filter(id__in=[line.account_id for line in given.savings])
    accounts = {one.id: one for one in rows.select_related("member", "product")}
    for place, line in enumerate(given.savings):
        one = accounts.get(line.account_id)
        now = None if one is None else _("Sudah ditutup") if one.closed_on else one.member.get_status_display()
        label = f"{one.member.name}: {one.product.name}" if one else _("Simpanan")
        yield f"savings.{place}", label, now, line.amount_rupiah


REVIEWS: Mapping[str, ReviewKind] = {
    "cooperative.take_collection": ReviewKind(
        gettext_lazy("Lembar setoran pertemuan"), compare_sheet, words=_WORDS, say=say_entered
    ),
}

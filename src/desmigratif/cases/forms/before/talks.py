"""The talk with the family, and with the candidate alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.access.signin.kept_posts import FOR_THE_COORDINATOR
from desmigratif.cases.forms.offer.answers import NO, UNKNOWN, YES
from desmigratif.cases.forms.widgets import OneTap, Pick, Several, YesNo, told
from desmigratif.cases.rules.letters.permission import CAPACITIES
from desmigratif.documents.acting import Day, RecordForm
from desmigratif.people.models import Resident
from desmigratif.people.rules.envelopes import NOTE_LETTERS, SIGNS
from desmigratif.shared.dates import age_on

PERMISSIONS = {
    "given": _("Ya, mengizinkan"),
    "refused": _("Tidak mengizinkan"),
    "missing": _("Belum ada jawaban"),
}
GROWN_UP = 18  # who gives permission is of age
TRUTH = {YES: True, NO: False, UNKNOWN: None}


class FamilyTalkForm(RecordForm):
    """What the family said and what the candidate said alone. `members` are the others of the household."""

    permission = Pick(
        label=_("Apakah keluarga mengizinkan?"), choices=PERMISSIONS.items(), missing=_("Pilih jawaban keluarga.")
    )
    giver_capacity = OneTap(
        choices=CAPACITIES.items(),
        label=_("Pemberi izin adalah siapanya calon?"),
        help_text=_("Yang menikah: suami atau istri. Yang belum atau tidak menikah: ayah, ibu, atau wali."),
    )
    disputed = YesNo(label=_("Adakah anggota keluarga yang keberatan?"))
    candidate_confirms_alone = YesNo(
        label=_("Sudah bicara berdua saja dengan calon: ini pilihannya sendiri?"),
        help_text=_("Ajak calon bicara tanpa didampingi siapa pun, lalu tanyakan dengan tenang."),
    )
    pressure = YesNo(
        label=_("Apakah calon merasa dipaksa atau ditekan?"),
        help_text=_("Jawaban ini tetap di dalam: tidak dicetak dan tidak tampil di riwayat keluarga."),
    )
    note = forms.CharField(
        label=_("Catatan"),
        help_text=_("Disimpan terkunci; hanya petugas yang bisa membuka."),
        required=False,
        max_length=2000,
        widget=told(),
    )
    on = Day(label=_("Tanggal pembicaraan"))

    def __init__(
        self,
        *args: Any,
        candidate: Resident,
        members: Sequence[Resident],
        today: date,
        may_seal: bool = False,
        **kwargs: Any,
    ) -> None:
        adults = [member for member in members if _may_be_of_age(member, today)]
        proposed = likely_giver(candidate, adults)
        super().__init__(*args, initial={"on": today, **proposed}, **kwargs)
        adults.sort(key=lambda member: str(member.id) != proposed.get("giver_id"))
        self.fields["giver_id"] = Pick(
            label=_("Siapa pemberi izinnya?"),
            choices=[
                *((str(member.id), _named(member, today)) for member in adults),
                (UNKNOWN, _("Orang lain, tulis namanya")),
            ],
            required=False,
        )
        self.fields["giver_name"] = forms.CharField(
            label=_("Nama pemberi izin"),
            required=False,
            max_length=100,
            help_text=_("Hanya bila orangnya tidak ada di daftar keluarga."),
        )
        if may_seal:
            self._ask_what_is_sealed()
        self.order_fields(["permission", "giver_capacity", "giver_id", "giver_name", "disputed"])

    def _ask_what_is_sealed(self) -> None:
        """For the coordinator alone: never in a draft of the browser, never kept for later by the server."""
        self.fields["sealed_signs"] = Several(
            label=_("Tanda bahaya pada calon"), choices=SIGNS.items(), help_text=_("Kosongkan bila tidak ada.")
        )
        self.fields["sealed_note"] = forms.CharField(
            label=_("Yang perlu diketahui koordinator"),
            help_text=_("Langsung disegel. Setelah disimpan, tidak bisa dibaca lagi di desa, juga oleh Anda."),
            required=False,
            max_length=NOTE_LETTERS,
            widget=told(),
        )
        for name in FOR_THE_COORDINATOR:
            self.fields[name].widget.attrs["data-no-draft"] = True

    def sealed(self) -> tuple[list[str], str]:
        """Signs and words that must not go through the door in clear."""
        signs = list(self.cleaned_data.get("sealed_signs", ()))
        if TRUTH[self.cleaned_data["pressure"]] and "pressure" not in signs:
            signs.append("pressure")
        return signs, self.cleaned_data.get("sealed_note", "")

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "talk_id": data["record_id"],
            "on": data["on"],
            "permission": data["permission"],
            "giver_capacity": data["giver_capacity"] or None,
            "giver_id": data["giver_id"] or None,
            "giver_name": None if data["giver_id"] else data["giver_name"] or None,
            "disputed": TRUTH[data["disputed"]],
            "pressure": TRUTH[data["pressure"]],
            "candidate_confirms_alone": TRUTH[data["candidate_confirms_alone"]],
            "note": data["note"] or None,
        }


def likely_giver(candidate: Resident, members: Sequence[Resident]) -> dict[str, str]:
    """The spouse, when a married candidate lives with exactly one married person of the other sex. A proposal."""
    capacity = {"F": "husband", "M": "wife"}.get(candidate.sex)
    if candidate.marital_status != "married" or capacity is None:
        return {}
    spouses = [m for m in members if m.marital_status == "married" and m.sex and m.sex != candidate.sex]
    couples = {"head", "wife", "husband"}
    spouses = [m for m in spouses if {m.relation, candidate.relation} <= couples] or spouses
    chosen = {"giver_id": str(spouses[0].id)} if len(spouses) == 1 else {}
    return {"giver_capacity": capacity, **chosen}


def _may_be_of_age(member: Resident, today: date) -> bool:
    """A member of unknown age stays in the list: leaving somebody out would be a guess."""
    return member.birth_date is None or age_on(member.birth_date, today) >= GROWN_UP


def _named(member: Resident, today: date) -> str:
    if member.birth_date is None:
        return member.name
    return _("%(name)s, %(age)s tahun") % {"name": member.name, "age": age_on(member.birth_date, today)}

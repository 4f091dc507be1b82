"""Forms about bodies that help, their pledges, tasks, minutes and money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Rupiah, Taps
from desmigratif.programme.models import Minutes, Outcome, SharedTask

Choices = Iterable[tuple[Any, Any]]
NO_NAMES = _("Tanpa nama warga.")


class PickOne(forms.ChoiceField):
    """One of a longer list."""

    def __init__(self, *, label: Any, choices: Choices, empty: Any = "", **kwargs: Any) -> None:
        first = [("", empty)] if empty else []
        super().__init__(label=label, choices=[*first, *((str(code), word) for code, word in choices)], **kwargs)
        self.error_messages["required"] = _("Pilih salah satu.")


class Year(forms.IntegerField):
    """Four digits."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, min_value=2016, max_value=2100)
        self.error_messages["invalid"] = _("Tulis tahunnya dengan empat angka.")


class PartnerForm(RecordForm):
    """A body."""

    name = forms.CharField(label=_("Nama lembaga"), min_length=3, max_length=120)

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = Taps(label=_("Jenis lembaga"), choices=kinds.items())

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"partner_id": data["record_id"], "kind": data["kind"], "name": data["name"]}


class SeatForm(RecordForm):
    """Which account signs in for a body."""

    def __init__(self, *args: Any, accounts: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        none = _("Tidak ada lagi yang memakai")
        self.fields["user_id"] = PickOne(
            label=_("Akun yang dipakai lembaga ini"), choices=accounts, empty=none, required=False,
            help_text=_("Pengelola membuat akunnya dulu, dengan peran Lembaga mitra."),
        )  # fmt: skip
        self.fields["on"] = Day(label=_("Mulai tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"seat_id": data["record_id"], "user_id": data["user_id"] or None, "on": data["on"]}


class PledgeForm(RecordForm):
    """What a body will bring; the village and the body are asked where they are not known yet."""

    def __init__(
        self, *args: Any, villages: Choices, partners: Choices, pillars: Mapping[str, str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"on": today, "year": today.year}, **kwargs)
        self.fields["village_code"] = PickOne(label=_("Desa"), choices=villages)
        self.fields["partner_id"] = PickOne(label=_("Lembaga"), choices=partners)
        self.fields["pillar"] = Taps(label=_("Untuk pilar"), choices=pillars.items())
        self.fields["what"] = forms.CharField(label=_("Apa yang dijanjikan"), min_length=3, max_length=160)
        self.fields["amount_rupiah"] = Rupiah(
            label=_("Nilainya dalam rupiah"), required=False, help_text=_("Kosongkan bila bukan uang.")
        )
        self.fields["year"] = Year(label=_("Untuk tahun"))
        self.fields["on"] = Day(label=_("Dijanjikan tanggal"))

    def payload(self) -> dict[str, Any]:
        names = ("village_code", "partner_id", "pillar", "what", "amount_rupiah", "year", "on")
        return {"pledge_id": self.cleaned_data["record_id"], **{name: self.cleaned_data[name] for name in names}}


class DayForm(ActForm):
    """The day on which something was done."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "act_id"}


class AnswerForm(DayForm):
    """Whether it came."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["outcome"] = Taps(label=_("Apakah sudah sampai di desa?"), choices=Outcome.choices)
        self.fields["remark"] = forms.CharField(
            label=_("Apa yang belum datang"), max_length=200, required=False,
            help_text=_("Wajib bila belum diterima atau baru sebagian."),
        )  # fmt: skip
        self.order_fields(["outcome", "remark", "on"])


class FinishForm(DayForm):
    """What came of a task."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["result"] = forms.CharField(label=_("Hasilnya"), max_length=200, required=False, help_text=NO_NAMES)
        self.order_fields(["result", "on"])


class TaskForm(RecordForm):
    """What somebody takes on, and within how many working days."""

    def __init__(self, *args: Any, partners: Choices, today: date, days: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "days": days}, **kwargs)
        owners = [(one.value, one.label) for one in (SharedTask.Owner.VILLAGE, SharedTask.Owner.REGENCY)]
        self.fields["what"] = forms.CharField(
            label=_("Apa yang harus dikerjakan"), min_length=3, max_length=160, help_text=NO_NAMES
        )
        self.fields["holder"] = PickOne(label=_("Siapa yang memegang"), choices=[*owners, *partners])
        self.fields["days"] = forms.IntegerField(label=_("Selesai dalam berapa hari kerja"), min_value=1, max_value=120)
        self.fields["on"] = Day(label=_("Disepakati tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_body = data["holder"] not in (SharedTask.Owner.VILLAGE, SharedTask.Owner.REGENCY)
        holder = {"owner": "partner", "partner_id": data["holder"]} if is_body else {"owner": data["holder"]}
        return {"task_id": data["record_id"], **holder, **{name: data[name] for name in ("what", "days", "on")}}


class MinutesForm(RecordForm):
    """A visit, a meeting or the review of a year."""

    def __init__(self, *args: Any, partners: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["kind"] = Taps(label=_("Jenisnya"), choices=Minutes.Kind.choices)
        self.fields["on"] = Day(label=_("Tanggal"))
        self.fields["partner_id"] = PickOne(
            label=_("Lembaga yang datang"), choices=partners, empty=_("Tidak ada"), required=False
        )
        self.fields["present"] = forms.CharField(
            label=_("Siapa lagi yang hadir"), max_length=200, required=False,
            help_text=_("Jabatan atau kelompoknya, misalnya kepala desa, PKK."),
        )  # fmt: skip
        self.fields["said"] = forms.CharField(
            label=_("Yang dibicarakan dan disepakati"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
            help_text=NO_NAMES,
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        rest = {name: data[name] for name in ("kind", "on", "present", "said")}
        return {"minutes_id": data["record_id"], "partner_id": data["partner_id"] or None, **rest}


class BudgetForm(RecordForm):
    """What a source gave in a year, and what was spent."""

    def __init__(self, *args: Any, sources: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "year": today.year}, **kwargs)
        self.fields["year"] = Year(label=_("Tahun anggaran"))
        self.fields["source"] = Taps(label=_("Sumber dana"), choices=sources.items())
        self.fields["allotted_rupiah"] = Rupiah(label=_("Dianggarkan"))
        self.fields["spent_rupiah"] = Rupiah(label=_("Sudah dipakai"), help_text=_("Tulis 0 bila belum ada."))
        self.fields["on"] = Day(label=_("Menurut catatan tanggal"))
        self.fields["remark"] = forms.CharField(
            label=_("Keterangan"), max_length=200, required=False,
            help_text=_("Wajib bila yang dipakai lebih besar dari anggarannya."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("year", "source", "allotted_rupiah", "spent_rupiah", "on", "remark")
        return {"line_id": data["record_id"], **{name: data[name] for name in names}}

"""Forms of the members' meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.models import AttendanceWay, DecisionKind, Meeting, MeetingKind, Member, Office
from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps

ABSENT = "absent"
SEATS = [(ABSENT, _("Tidak hadir")), (AttendanceWay.IN_PERSON, _("Hadir")), (AttendanceWay.ONLINE, _("Lewat daring"))]
TERM_YEARS = 3
BY_THE_ARTICLES = ("delegates_each", "notice_days", "quorum_percent", "second_percent")


class Clock(forms.RegexField):
    """An hour as people write it: 09.00."""

    def __init__(self) -> None:
        wrong = {"invalid": _("Tulis jamnya seperti 09.00.")}
        super().__init__(r"^([01]\d|2[0-3])\.[0-5]\d$", label=_("Pukul"), error_messages=wrong, max_length=5)
        self.widget.attrs |= {"class": "w-day", "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace(":", ".")
        return f"0{text}" if text[1:2] == "." else text


def _heads(label: Any, *, required: bool = False) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=100_000, required=required)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"})
    return field


def _by_the_articles(label: Any, help_text: Any, most: int, least: int = 1) -> forms.IntegerField:
    field = forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most, required=False)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"})
    return field


def _number(label: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=1, max_value=10**6)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-day", "autocomplete": "off"})
    return field


class CallForm(RecordForm):
    """The invitation."""

    place = forms.CharField(label=_("Tempat"), min_length=3, max_length=120)
    has_election = forms.BooleanField(label=_("Ada pemilihan pengurus atau pengawas"), required=False)
    may_represent = forms.BooleanField(
        label=_("Anggaran dasar membolehkan kuasa: satu anggota mewakili satu anggota lain"), required=False
    )
    delegates_each = _by_the_articles(
        _("Bila dihadiri delegasi: satu delegasi untuk berapa anggota?"),
        _("Hanya bila anggaran dasar mengatur rapat delegasi. Kosong: setiap anggota hadir sendiri."), 1000, least=2,
    )  # fmt: skip
    notice_days = _by_the_articles(
        _("Undangan paling lambat berapa hari sebelum rapat?"), _("Menurut anggaran dasar. Kosong: 7 hari."), 60
    )
    quorum_percent = _by_the_articles(
        _("Rapat sah bila yang hadir lebih dari berapa persen anggota?"), _("Menurut anggaran dasar. Kosong: 50."), 99
    )
    second_percent = _by_the_articles(
        _("Rapat kedua sah mulai berapa persen anggota?"), _("Menurut anggaran dasar. Kosong: 20."), 100
    )
    matters = forms.CharField(
        label=_("Pokok lain yang dibicarakan"), required=False, max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu pokok tiap baris. Pokok wajib RAT sudah ditambahkan sendiri."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, years: list[int], before: Meeting | None, **kwargs: Any) -> None:
        start: dict[str, Any] = {
            "invited_on": today, "on": today + timedelta(days=7), "at": "09.00", "place": "Balai desa",
        }  # fmt: skip
        if before is not None:  # what the articles say does not change from one meeting to the next
            start |= {name: getattr(before, name) for name in BY_THE_ARTICLES}
            start |= {"place": before.place, "may_represent": before.proxies_each > 0}
            start["on"] = today + timedelta(days=before.notice_days or 7)
        super().__init__(*args, initial=start, **kwargs)
        kinds = [choice for choice in MeetingKind.choices if years or choice[0] != MeetingKind.ANNUAL]
        self.fields["kind"] = Taps(label=_("Rapat apa?"), choices=kinds)
        self.initial["kind"] = kinds[0][0]
        self.fields["invited_on"] = Day(label=_("Undangan dibagikan"))
        self.fields["on"] = Day(label=_("Hari rapat"))
        self.fields["at"] = Clock()
        order = ["kind", "invited_on", "on", "at", "place", "has_election", "may_represent", "matters"]
        order += BY_THE_ARTICLES
        if years:
            self.fields["book_year"] = forms.TypedChoiceField(
                label=_("Tahun buku yang dilaporkan"), coerce=int, choices=[(year, str(year)) for year in years],
                help_text=_("Hanya untuk RAT."),
            )  # fmt: skip
            order.insert(1, "book_year")
        self.order_fields(order)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_annual = data["kind"] == MeetingKind.ANNUAL
        matters = [line.strip()[:200] for line in data["matters"].splitlines() if line.strip()]
        return {
            "meeting_id": data["record_id"], "kind": data["kind"], "invited_on": data["invited_on"], "on": data["on"],
            "book_year": data.get("book_year") if is_annual else None, "at": data["at"], "place": data["place"],
            "matters": matters[:12], "has_election": data["has_election"],
            "proxies_each": 1 if data["may_represent"] else 0,
            **{name: data[name] for name in BY_THE_ARTICLES},
        }  # fmt: skip


class SeatsForm(ActForm):
    """One sheet of the list of attendance: how each member is there."""

    def __init__(self, *args: Any, members: Iterable[Member], there: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {f"seat_{one.id}": one for one in members}
        for name, one in self.members.items():
            self.fields[name] = forms.ChoiceField(label=one.name, choices=SEATS, required=False)
            self.initial[name] = there.get(one.id, ABSENT)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "seats": [{"member_id": one.id, "way": data[name] or ABSENT} for name, one in self.members.items()]
        }  # fmt: skip


class ProxyForm(RecordForm):
    """Who speaks for whom."""

    number = _number(_("Nomor anggota yang tidak hadir"))
    holder_number = _number(_("Nomor anggota yang mewakili"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"attendance_id": data["record_id"], "number": data["number"], "holder_number": data["holder_number"]}


class AdjournForm(RecordForm):
    """When and where the second meeting is."""

    def __init__(self, *args: Any, today: date, at: str, where: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today + timedelta(days=7), "at": at, "place": where}, **kwargs)
        self.fields["on"] = Day(label=_("Hari rapat kedua"))
        self.fields["at"] = Clock()
        self.fields["place"] = forms.CharField(label=_("Tempat"), min_length=3, max_length=120)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"next_id": data["record_id"], "on": data["on"], "at": data["at"], "place": data["place"]}


class CancelForm(ActForm):
    """Why a meeting is called off."""

    reason = forms.CharField(label=_("Sebabnya"), min_length=3, max_length=160)

    def payload(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class DecideForm(RecordForm):
    """What the members said."""

    text = forms.CharField(
        label=_("Bunyi keputusan"), min_length=3, max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    votes_for, votes_against, abstained = _heads(_("Setuju")), _heads(_("Tidak setuju")), _heads(_("Tidak memilih"))

    def __init__(self, *args: Any, is_annual: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = DecisionKind.choices if is_annual else [(DecisionKind.OTHER.value, DecisionKind.OTHER.label)]
        self.fields["kind"] = Taps(label=_("Tentang apa?"), choices=kinds)
        self.initial["kind"] = kinds[0][0]
        hows = [("yes", _("Semua setuju, tanpa pemungutan suara")), ("no", _("Dengan pemungutan suara"))]
        self.fields["how"] = Taps(label=_("Bagaimana diputuskan?"), choices=hows)
        self.initial["how"] = "yes"
        self.order_fields(["kind", "text", "how", "votes_for", "votes_against", "abstained"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        votes = {name: data[name] or 0 for name in ("votes_for", "votes_against", "abstained")}
        return {
            "decision_id": data["record_id"], "kind": data["kind"], "text": data["text"],
            "is_unanimous": data["how"] == "yes", **votes,
        }  # fmt: skip


class ElectForm(RecordForm):
    """Who was chosen, for which office, for how long."""

    number = _number(_("Nomor anggota yang terpilih"))
    votes = _heads(_("Suaranya"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        until = on.replace(year=on.year + TERM_YEARS, day=min(on.day, 28))
        super().__init__(*args, initial={"since": on, "until": until}, **kwargs)
        self.fields["votes"].help_text = _("Kosongkan bila dipilih tanpa pemungutan suara.")
        self.fields["office"] = Taps(label=_("Jabatannya"), choices=Office.choices)
        self.fields["since"] = Day(label=_("Mulai"))
        self.fields["until"] = Day(label=_("Sampai"))
        self.order_fields(["number", "office", "votes", "since", "until"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        fields = {name: data[name] for name in ("number", "office", "votes", "since", "until")}
        return {"term_id": data["record_id"], **fields}


class CloseForm(ActForm):
    """The end of the minutes."""

    led_by = forms.CharField(label=_("Pimpinan rapat"), min_length=3, max_length=100)
    written_by = forms.CharField(label=_("Notulis"), min_length=3, max_length=100)
    notes = forms.CharField(
        label=_("Jalannya rapat"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Tanya jawab dan saran anggota. Keputusan dan pemilihan sudah tercatat."),
    )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("led_by", "written_by", "notes")}


class ReportForm(ActForm):
    """The outcome reached the office."""

    proof = forms.CharField(
        label=_("Buktinya"), min_length=3, max_length=120, help_text=_("Nomor tanda terima dinas, atau nomor di ODS.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Dikirim tanggal"))
        self.order_fields(["on", "proof"])

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "proof")}


class WordsForm(RecordForm):
    """What the board or the supervisors say to the members."""

    text = forms.CharField(
        label=_("Isi laporan"), min_length=20, max_length=12_000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Baris kosong memulai alinea baru. Angka simpanan, pinjaman, dan anggota disusun sendiri."),
    )  # fmt: skip

    def __init__(self, *args: Any, of_auditor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_auditor = of_auditor
        if of_auditor:
            self.fields["text"].help_text = _(
                "Salin pendapat auditornya: kantor akuntan, nomor dan tanggal laporannya, lalu apa yang ditemukan."
            )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"report_id": data["record_id"], "text": data["text"], "of_auditor": self.of_auditor}

"""Forms about complaints: in the order of the talk, and everything but the story may stay open."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import UsualCountry, WrittenCountry
from desmigratif.cases.forms.offer.answers import NO, YES
from desmigratif.cases.forms.papers.papers import ACCEPTED
from desmigratif.cases.forms.widgets import Amount, Pick, YesNo, told
from desmigratif.cases.models import Channel, EvidenceWhat, MoneyItem, Relation, Tier
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.documents.rules.copies import MOST_BYTES

TRUTH = {YES: True, NO: False}
DESK_CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


def kind_choices(today: date, first: Any) -> list[Any]:
    """The taxonomy by group, with what it says when nothing is chosen."""
    kinds = rules.kinds_on(today).values()
    groups = rules.groups_on(today).items()
    return [("", first), *[(label, [(k.code, k.label) for k in kinds if k.group == code]) for code, label in groups]]


def text(label: Any, *, most: int, rows: int = 0, help_text: Any = "", required: bool = False) -> forms.CharField:
    widget = told(rows) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=widget)


class ComplaintForm(RecordForm):
    """The minimum intake."""

    ABOUT = ("about_name", "about_birth_place", "about_birth_date", "country", "other_country")
    WORK = ("happened", "employer", "agency", "passport_number", "about_address")
    BACK = ("relation", "reporter_name", "callback", "reporter_birth_date")
    MORE = ("may_refer", "about_officer", "tier")
    CLAIM = ("benefit", "benefit_on")

    story = text(
        _("Apa yang terjadi?"), most=4000, rows=5, required=True,
        help_text=_("Dengan kata-kata pelapor: siapa, apa, di mana, sejak kapan. Disimpan terkunci."),
    )  # fmt: skip
    wish = text(_("Apa yang diminta pelapor?"), most=300, rows=2)
    emergency = YesNo(label=_("Apakah ada yang dalam bahaya sekarang?"))
    about_name = text(_("Nama orang yang dalam masalah"), most=100)
    about_birth_place = text(_("Tempat lahirnya"), most=100)
    about_birth_date = Day(label=_("Tanggal lahirnya"), required=False)
    about_address = text(_("Alamatnya, di sini atau di luar negeri"), most=300)
    passport_number = text(
        _("Nomor paspor"), most=20, help_text=_("Penting bila paspornya ditahan atau hilang. Lihat di fotokopinya.")
    )
    employer = text(_("Majikan atau perusahaan tempat bekerja"), most=300)
    agency = text(_("Perusahaan penempatan atau perekrut"), most=300)
    happened = text(_("Sejak kapan?"), most=100)
    relation = Pick(label=_("Pelapor itu siapanya?"), choices=Relation.choices)
    reporter_name = text(_("Nama pelapor"), most=100, help_text=_("Boleh kosong. Laporan tanpa nama tetap ditangani."))
    callback = text(
        _("Cara aman menghubungi pelapor"), most=300, help_text=_("Nomor, jam, dan siapa yang tidak boleh tahu.")
    )
    reporter_birth_date = Day(label=_("Tanggal lahir pelapor"), required=False)
    may_refer = YesNo(label=_("Boleh diteruskan ke kantor lain yang berwenang?"))
    about_officer = YesNo(label=_("Apakah ini tentang petugas atau orang kantor desa?"))
    tier = Pick(label=_("Siapa yang boleh melihat?"), choices=Tier.choices)
    benefit_on = Day(label=_("Tanggal kejadiannya"), required=False)

    def __init__(self, *args: Any, today: date, named: bool, places: list[tuple[str, str]], **kwargs: Any) -> None:
        initial = {
            "on": today, "channel": Channel.DESK, "relation": Relation.UNKNOWN, "tier": Tier.VILLAGE,
            **(kwargs.pop("initial", None) or {}),
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["channel"] = Pick(label=_("Bagaimana laporannya masuk?"), choices=DESK_CHANNELS)
        self.fields["on"] = Day(label=_("Tanggal laporan diterima"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("Masalahnya apa?"), choices=kind_choices(today, _("Belum tahu, dipilah nanti")), required=False
        )
        self.fields["country"] = UsualCountry(label=_("Di negara mana?"), chosen=(initial.get("country"),))
        self.fields["other_country"] = WrittenCountry()
        benefits = [(code, said["label"]) for code, said in rules.benefits_on(today).items()]
        self.fields["benefit"] = forms.ChoiceField(
            label=_("Manfaat jaminan sosial"), choices=[("", _("Tidak tentang jaminan sosial")), *benefits],
            required=False,
        )  # fmt: skip
        self.fields["reporter_birth_date"].help_text = _(
            "Bersama kode laporan, untuk melihat kabarnya nanti. Tidak disimpan."
        )
        if places:
            self.fields["place"] = forms.ChoiceField(label=_("Desanya"), choices=places)
        if named:
            for name in self.ABOUT[:3]:
                del self.fields[name]
        for field in self.fields.values():  # what is told may put somebody in danger: no browser keeps any of it
            field.widget.attrs["data-no-draft"] = True

    def group(self, names: Iterable[str]) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    @property
    def about_fields(self) -> list[Any]:
        return self.group(self.ABOUT)

    @property
    def work_fields(self) -> list[Any]:
        return self.group(self.WORK)

    @property
    def back_fields(self) -> list[Any]:
        return self.group(self.BACK)

    @property
    def more_fields(self) -> list[Any]:
        return self.group(self.MORE)

    @property
    def claim_fields(self) -> list[Any]:
        return self.group(self.CLAIM)

    def field_of(self, path: str) -> str:
        renamed = {"about.birth_date": "about_birth_date", "reporter.birth_date": "reporter_birth_date"}
        return super().field_of(renamed.get(path, path))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        about = {name: data.get(f"about_{name}") or None for name in ("name", "birth_place", "birth_date", "address")}
        known = {name: data[name] or None for name in ("passport_number", "employer", "agency", "happened")}
        known["country"] = data["other_country"] or data["country"] or None
        return {
            "complaint_id": data["record_id"],
            **{name: data[name] for name in ("on", "channel", "story", "tier")},
            **{name: data[name] or None for name in ("kind", "wish", "benefit", "benefit_on")},
            **{name: TRUTH.get(data[name]) for name in ("emergency", "may_refer", "about_officer")},
            "about": {**about, **known},
            "reporter": {
                "relation": data["relation"],
                "name": data["reporter_name"] or None,
                "callback": data["callback"] or None,
                "birth_date": data["reporter_birth_date"],
            },
        }


class TriageForm(ActForm):
    """What it is, whether it cannot wait, and who may see it."""

    emergency = Pick(
        label=_("Apakah ada yang dalam bahaya sekarang?"), choices=[(YES, _("Ya, darurat")), (NO, _("Tidak"))],
        missing=_("Pilih ya atau tidak. Bila ragu, pilih ya."),
    )  # fmt: skip
    tier = Pick(label=_("Siapa yang boleh melihat?"), choices=Tier.choices)
    note = text(_("Catatan"), most=1000, rows=2)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("Masalahnya apa?"), choices=kind_choices(today, _("Pilih")))
        self.fields["kind"].error_messages["required"] = str(_("Pilih jenis masalahnya."))
        self.order_fields(["kind", "emergency", "tier"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": data["kind"], "emergency": TRUTH[data["emergency"]], "tier": data["tier"],
            "note": data["note"] or None,
        }  # fmt: skip


class VerifyForm(ActForm):
    """What was found out, and who goes on."""

    found = text(
        _("Apa yang sudah dipastikan?"), most=2000, rows=4, required=True,
        help_text=_("Siapa yang ditanya, bukti apa yang dilihat, apa yang masih belum jelas."),
    )  # fmt: skip
    here = Pick(
        label=_("Lalu?"), choices=[(YES, _("Ditangani di kantor ini")), (NO, _("Dirujuk ke kantor lain"))],
        missing=_("Pilih siapa yang melanjutkan."),
    )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        return {"found": self.cleaned_data["found"], "here": TRUTH[self.cleaned_data["here"]]}


class TakeUpForm(ActForm):
    """This office goes on with it."""

    note = text(_("Apa yang akan dilakukan?"), most=1000, rows=3)

    def payload(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"] or None}


class ResolveForm(ActForm):
    """What came out of it."""

    note = text(_("Penjelasan"), most=2000, rows=3)

    def __init__(self, *args: Any, today: date, waiting_at: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = Pick(
            label=_("Hasilnya"), choices=rules.outcomes_on(today).items(), missing=_("Pilih hasilnya.")
        )
        if waiting_at:
            (reason,) = rules.reasons_not_to_resolve(waiting_at=waiting_at, despite="")
            self.fields["despite"] = text(
                _("Mengapa hasilnya dicatat sekarang?"), most=1000, rows=2, required=True,
                help_text=_("Belum menjawab: %s. Bila tidak mendesak, tunggu dulu jawabannya.") % ", ".join(waiting_at),
            )  # fmt: skip
            self.fields["despite"].error_messages["required"] = f"{reason.text} {reason.way_out}"
        self.order_fields(["outcome", "note"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "outcome": data["outcome"], "note": data["note"] or None, "despite": (data.get("despite") or "").strip()
            or None,
        }  # fmt: skip


class TieForm(ActForm):
    """Whom it is about, chosen from the register on the same page."""


class HearForm(ActForm):
    """The reporter's own word."""

    satisfied = Pick(
        label=_("Menurut pelapor, apakah sudah selesai?"), choices=[(YES, _("Ya, selesai")), (NO, _("Belum"))],
        missing=_("Pilih jawaban pelapor."),
    )  # fmt: skip
    note = text(_("Kata pelapor"), most=2000, rows=3)

    def payload(self) -> dict[str, Any]:
        return {"satisfied": TRUTH[self.cleaned_data["satisfied"]], "note": self.cleaned_data["note"] or None}


class MoneyForm(ActForm):
    """One item, as it stands today."""

    item = forms.ChoiceField(label=_("Uang apa?"), choices=[("", _("Pilih")), *MoneyItem.choices])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["claimed_rupiah"] = Amount(label=_("Dituntut seluruhnya"))
        self.fields["recovered_rupiah"] = Amount(
            label=_("Sudah kembali, seluruhnya sampai hari ini"), help_text=_("Kosongkan bila belum ada.")
        )
        for name in ("item", "claimed_rupiah"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = str(_("Isi dulu yang ini."))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "on": self.today, "item": data["item"], "claimed_rupiah": data["claimed_rupiah"],
            "recovered_rupiah": data["recovered_rupiah"] or 0,
        }  # fmt: skip


class EvidenceForm(RecordForm):
    """A photo or PDF of what the reporter brought."""

    what = Pick(label=_("Bukti apa?"), choices=EvidenceWhat.choices, missing=_("Pilih jenis buktinya."))
    copy = forms.FileField(
        label=_("Foto atau PDF"), help_text=_("Foto di tempat terang. Disimpan tersandi."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "empty": _("Berkas ini kosong. Foto atau pilih sekali lagi."), "required": _("Pilih foto atau PDF-nya."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def field_of(self, path: str) -> str:
        return "copy" if path == "picture" else super().field_of(path)

    def clean_copy(self) -> Any:
        sent = self.cleaned_data["copy"]
        if sent.size > MOST_BYTES:
            said = _("Berkas ini lebih dari %(most)s MB. Foto dengan kamera HP, lalu pilih foto itu.")
            raise forms.ValidationError(said, params={"most": MOST_BYTES >> 20})
        return sent

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "evidence_id": data["record_id"], "on": self.today, "what": data["what"],
            "picture": base64.b64encode(data["copy"].read()).decode(),
        }  # fmt: skip


class BenefitForm(forms.Form):
    """A day to try, kept nowhere."""

    kejadian = Day(label=_("Kapan kejadiannya?"))

"""Forms of the journey: finish a step, hand it on, hold it, leave it out, put it right, end or begin a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import country_choices
from desmigratif.cases.forms.offer.answers import NO, UNKNOWN, YES
from desmigratif.cases.forms.widgets import DONT_KNOW, Amount, Number, OneTap, Pick, Several
from desmigratif.cases.models import CaseStep, ProceduralStatus
from desmigratif.cases.rules.journey import Exit, Journey, Step
from desmigratif.cases.rules.labels import EMPLOYER_TYPES, JOBS
from desmigratif.cases.rules.papers.papers import PaperFacts
from desmigratif.documents.acting import ActForm, Day, RecordForm

TRUTH = {YES: True, NO: False, UNKNOWN: None}


class SeenForm(ActForm):
    """A form about something that two officers may write to: it says which version was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def look_again(self, version: int) -> None:
        """After a clash: what was typed stays, and the next sending knows what stands now."""
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(version)
        self.data = data


class StepForm(SeenForm):
    """A step is finished: when, and what it took. What is written of its paper already stands there."""

    on = Day(label=_("Selesai tanggal"))

    def __init__(
        self,
        *args: Any,
        step: Step,
        row: CaseStep | None,
        today: date,
        known: PaperFacts | None = None,
        **kwargs: Any,
    ) -> None:
        written = {"paper_number": known.number, "valid_until": known.valid_until} if known else {}
        super().__init__(*args, initial={"on": today, "seen": row.version if row else 0, **written}, **kwargs)
        if "number" in step.asks:
            self.fields["paper_number"] = forms.CharField(
                label=_("Nomor dokumennya"), required=False, max_length=60, help_text=_("Seperti tertulis di dokumen.")
            )
        if "valid_until" in step.asks:
            self.fields["valid_until"] = Day(label=_("Berlaku sampai"), required=False)
        self.fields["trips"] = Number(label=_("Berapa kali pergi mengurusnya?"), most=99)
        self.fields["places_visited"] = Number(label=_("Ke berapa tempat?"), most=99)
        self.fields["paid_rupiah"] = Amount(
            label=_("Berapa yang dibayar?"),
            help_text=_("Tulis 0 bila gratis. Langkah ini seharusnya gratis.") if step.free
            else _("Tulis 0 bila tidak membayar."),
        )  # fmt: skip
        if step.elsewhere:
            self.fields["elsewhere"] = forms.BooleanField(
                label=_("Sudah dilakukan sebelum dicatat di desa"),
                required=False,
                help_text=_("Lama dan biayanya tidak ikut dihitung."),
            )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "on": data["on"],
            "seen": data["seen"],
            "elsewhere": data.get("elsewhere", False),
            "trips": data["trips"],
            "places_visited": data["places_visited"],
            "paid_rupiah": data["paid_rupiah"],
            "paper_number": data.get("paper_number") or None,
            "valid_until": data.get("valid_until"),
        }


class TakeStepForm(SeenForm):
    """Whose hands it is in now."""

    on = Day(label=_("Sejak tanggal"))

    def __init__(self, *args: Any, journey: Journey, step: Step, row: CaseStep | None, today: date, **kwargs: Any):
        holder = row.holder if row else step.holder
        initial = {"on": today, "seen": row.version if row else 0, "holder": holder}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["holder"] = Pick(
            label=_("Siapa yang memegang berkasnya sekarang?"), choices=_named(journey.holders)
        )
        self.order_fields(["holder", "on"])

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "seen", "holder")}


class HoldStepForm(SeenForm):
    """Why a step stands still."""

    on = Day(label=_("Sejak tanggal"))

    def __init__(self, *args: Any, journey: Journey, row: CaseStep | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": row.version if row else 0}, **kwargs)
        self.fields["reason"] = Pick(
            label=_("Apa yang menahannya?"), choices=[(why.code, why.label) for why in journey.held],
            missing=_("Pilih apa yang menahannya."),
        )  # fmt: skip
        self.fields["holder"] = forms.ChoiceField(
            label=_("Berkasnya di tangan siapa?"), choices=[DONT_KNOW, *_named(journey.holders)], required=False
        )
        self.order_fields(["reason", "holder", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"on": data["on"], "seen": data["seen"], "reason": data["reason"], "holder": data["holder"] or None}


class LeaveOutForm(SeenForm):
    """By which rule a step is not asked for."""

    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, journey: Journey, step: Step, row: CaseStep | None, today: date, **kwargs: Any):
        super().__init__(*args, initial={"on": today, "seen": row.version if row else 0}, **kwargs)
        self.fields["reason"] = Pick(
            label=_("Mengapa langkah ini tidak diperlukan?"),
            choices=[(why.code, f"{why.label} ({why.citation})") for why in journey.reasons_to_leave_out(step.code)],
            missing=_("Pilih alasannya."),
        )
        self.order_fields(["reason", "on"])

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "seen", "reason")}


class CorrectStepForm(SeenForm):
    """What was written of a finished step, to be put right; or the step opened again."""

    def __init__(self, *args: Any, journey: Journey, step: Step, row: CaseStep, today: date, **kwargs: Any):
        known = {
            name: getattr(row, name)
            for name in ("done_on", "trips", "places_visited", "asked_again", "paid_rupiah", "paper_number",
                         "valid_until")
        }  # fmt: skip
        super().__init__(*args, initial={"seen": row.version, **known}, **kwargs)
        self.today = today
        self.fields["done_on"] = Day(label=_("Selesai tanggal"))
        if "number" in step.asks:
            self.fields["paper_number"] = forms.CharField(label=_("Nomor dokumennya"), required=False, max_length=60)
        if "valid_until" in step.asks:
            self.fields["valid_until"] = Day(label=_("Berlaku sampai"), required=False)
        self.fields["trips"] = Number(label=_("Berapa kali pergi mengurusnya?"), most=99)
        self.fields["places_visited"] = Number(label=_("Ke berapa tempat?"), most=99)
        self.fields["asked_again"] = Number(label=_("Berapa kali dokumen diminta ulang?"), most=99)
        self.fields["paid_rupiah"] = Amount(label=_("Berapa yang dibayar?"))
        if step.written == "form":
            self.fields["reopen"] = forms.BooleanField(
                label=_("Langkah ini ternyata belum selesai"), required=False,
                help_text=_("Langkahnya dibuka lagi; catatan lamanya tetap tersimpan."),
            )  # fmt: skip
        self.fields["reason"] = Pick(
            label=_("Mengapa dibetulkan?"), choices=[(why.code, why.label) for why in journey.corrected],
            missing=_("Pilih mengapa dibetulkan."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name != "act_id"} | {"on": self.today}
        if data.get("reopen"):
            return {name: data[name] for name in ("seen", "on", "reason", "reopen")}
        data.pop("reopen", None)
        return data


class InformationForm(ActForm):
    """Which topics were explained now, and that the candidate says so."""

    on = Day(label=_("Tanggal penjelasan"))

    def __init__(self, *args: Any, topics: Mapping[str, str], told: list[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "topics": told}, **kwargs)
        self.fields["topics"] = Several(choices=topics.items(), label=_("Apa saja yang sudah dijelaskan?"))
        self.fields["received"] = forms.BooleanField(
            label=_("Calon berkata sudah menerima dan mengerti penjelasan ini"),
            required=False,
            help_text=_("Tanyakan kepada calon sendiri. Langkah ini selesai bila semuanya sudah diterima."),
        )
        self.order_fields(["topics", "received", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"on": data["on"], "topics": data["topics"], "received": data["received"]}


class ExitForm(ActForm):
    """By which way a plan ends."""

    on = Day(label=_("Sejak tanggal"))

    def __init__(self, *args: Any, exits: tuple[Exit, ...], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["exit"] = Pick(
            label=_("Apa yang terjadi?"), choices=[(way.code, way.label) for way in exits],
            missing=_("Pilih apa yang terjadi."),
        )  # fmt: skip
        self.order_fields(["exit", "on"])

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"], "exit": self.cleaned_data["exit"]}


class FoundAbroadForm(RecordForm):
    """Somebody is abroad already; what is not known may stay so."""

    job = forms.ChoiceField(label=_("Bekerja sebagai apa?"), choices=[DONT_KNOW, *JOBS.items()], required=False)
    employer_type = OneTap(choices=EMPLOYER_TYPES.items(), label=_("Bekerja di rumah tangga atau di perusahaan?"))
    procedural_status = Pick(
        choices=[(value, label) for value, label in ProceduralStatus.choices],
        label=_("Dulu berangkat lewat jalur apa?"),
        help_text=_("Untuk melindungi, bukan menghukum. Boleh belum diketahui."),
        initial="UNKNOWN",
    )
    departed_on = Day(label=_("Berangkat tanggal"), required=False)
    on = Day(label=_("Dicatat tanggal"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Bekerja di negara mana?"), choices=country_choices(today), required=False
        )
        self.order_fields(["country", "job", "employer_type", "departed_on", "procedural_status"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "case_id": data["record_id"],
            "on": data["on"],
            "country": data["country"] or None,
            "job": data["job"] or None,
            "employer_type": data["employer_type"] or None,
            "departed_on": data["departed_on"],
            "procedural_status": data["procedural_status"],
        }


def _named(holders: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, name[0].upper() + name[1:]) for code, name in holders.items()]

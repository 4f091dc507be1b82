"""Forms about coming back and what follows. Lists of choices are those of regulations/returns.yaml on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.countries import country_choices
from desmigratif.cases.forms.offer.answers import NO, UNKNOWN, YES
from desmigratif.cases.forms.widgets import DONT_KNOW, OneTap, Pick, Several, YesNo, told
from desmigratif.cases.models import PlanOutcome, RecruiterComplaint
from desmigratif.cases.rules.back.returns import labels, plan_steps, questions_on
from desmigratif.cases.rules.journey import Journey
from desmigratif.cases.rules.labels import JOBS
from desmigratif.documents.acting import ActForm, Day, RecordForm

TRUTH = {YES: True, NO: False, UNKNOWN: None}
STAYS, GOES_AGAIN = "stays", "goes_again"
WISHES = {"stay": _("Tinggal di desa"), "go_again": _("Berangkat lagi"), "unsure": _("Belum tahu")}
LOCKED = _("Disimpan terkunci; hanya petugas yang bisa membuka.")


def _text(label: Any, help_text: Any = LOCKED, *, rows: int = 3, most: int = 2000) -> forms.CharField:
    area = told(rows)
    return forms.CharField(label=label, required=False, max_length=most, widget=area, help_text=help_text)


class ReturnForm(RecordForm):
    """Somebody came back, or news of it came."""

    case_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id", "case_id")
    returned_on = Day(label=_("Tanggal pulang, atau tanggal meninggalnya"))
    on = Day(label=_("Dicatat tanggal"))

    def __init__(self, *args: Any, today: date, asks_country: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        kinds, causes = labels("kinds", today), labels("causes", today)
        self.fields["kind"] = Pick(
            label=_("Bagaimana pulangnya?"), choices=kinds.items(), missing=_("Pilih bagaimana pulangnya.")
        )
        self.fields["cause"] = forms.ChoiceField(label=_("Apa sebabnya?"), choices=causes.items(), initial="unknown")
        self.fields["travel_paper"] = OneTap(
            label=_("Pulang dengan surat apa?"), choices=labels("travel_papers", today).items()
        )
        self.fields["source"] = Pick(
            label=_("Dari siapa kabarnya?"), choices=labels("sources", today).items(),
            missing=_("Pilih dari siapa kabarnya."),
        )  # fmt: skip
        self.fields["teller"] = forms.CharField(
            label=_("Nama dan cara menghubungi pemberi kabar"), required=False, max_length=200, help_text=LOCKED
        )
        if asks_country:
            self.fields["country"] = forms.ChoiceField(
                label=_("Pulang dari negara mana?"), choices=country_choices(today), required=False
            )
        hint = _("Disimpan terkunci. Kekerasan atau perdagangan orang dicatat lewat pengaduan, bukan di sini.")
        self.fields["note"] = _text(_("Catatan"), hint)
        self.order_fields(["kind", "cause", "returned_on", "country", "travel_paper", "source", "teller", "note"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "return_id": data["record_id"],
            **{name: data[name] for name in ("case_id", "on", "returned_on", "kind", "cause", "source")},
            **{name: data.get(name) or None for name in ("teller", "travel_paper", "country", "note")},
        }


class WithdrawReturnForm(ActForm):
    """Why a report of a return is wrong."""

    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, journey: Journey, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        why = [(choice.code, choice.label) for choice in journey.corrected]
        self.fields["reason"] = Pick(label=_("Mengapa ditarik?"), choices=why, missing=_("Pilih mengapa ditarik."))
        self.order_fields(["reason", "on"])

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"], "reason": self.cleaned_data["reason"]}


class OriginForm(RecordForm):
    """Who confirms whose child this is, and by what."""

    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["confirmed_by"] = Pick(
            label=_("Siapa yang memastikan?"), choices=labels("origin_confirmers", today).items(),
            missing=_("Pilih siapa yang memastikan."),
        )  # fmt: skip
        self.fields["confirmer"] = forms.CharField(
            label=_("Nama, hubungan, dan nomor HP-nya"), required=False, max_length=200, help_text=LOCKED
        )
        self.fields["proofs"] = Several(label=_("Dengan bukti apa?"), choices=labels("origin_proofs", today).items())
        self.order_fields(["confirmed_by", "confirmer", "proofs", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "origin_id": data["record_id"], "on": data["on"], "confirmed_by": data["confirmed_by"],
            "confirmer": data["confirmer"] or None, "proofs": data["proofs"],
        }  # fmt: skip


class NeedsForm(RecordForm):
    """What somebody who came back needs."""

    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, known: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "needs": list(known)}, **kwargs)
        self.fields["needs"] = Several(label=_("Apa yang dibutuhkan?"), choices=labels("needs", today).items())
        self.fields["wish"] = OneTap(label=_("Apa keinginannya sekarang?"), choices=WISHES.items())
        self.fields["note"] = _text(_("Ceritanya"))
        self.order_fields(["needs", "wish", "note", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "assessment_id": data["record_id"], "on": data["on"], "needs": data["needs"], "wish": data["wish"] or None,
            "note": data["note"] or None,
        }  # fmt: skip


class PlanForm(ActForm):
    """Steps to take; those that answer the needs are ticked already, the returnee decides."""

    on = Day(label=_("Disusun tanggal"))
    target_on = Day(label=_("Target semua langkah, bila ada"), required=False)

    def __init__(self, *args: Any, today: date, proposed: list[str], standing: set[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "steps": proposed}, **kwargs)
        steps = [
            (code, _("%(label)s (%(days)s hari)") % {"label": step.label, "days": step.days})
            for code, step in plan_steps(today).items()
            if code not in standing
        ]
        self.fields["steps"] = Several(
            label=_("Langkah yang dipilih"), choices=steps,
            help_text=_("Yang menjawab kebutuhannya sudah dicentang. Orangnya sendiri yang memutuskan."),
        )  # fmt: skip
        self.fields["target_on"].help_text = _("Kosongkan supaya tiap langkah memakai jumlah harinya sendiri.")
        self.order_fields(["steps", "target_on", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"on": data["on"], "steps": data["steps"], "target_on": data["target_on"]}


class PlanStepForm(ActForm):
    """How a step of a plan ended."""

    outcome = Pick(label=_("Bagaimana hasilnya?"), choices=PlanOutcome.choices, missing=_("Pilih hasilnya."))
    on = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"], "outcome": self.cleaned_data["outcome"]}


class AftercareForm(ActForm):
    """How the returnee does now; what was not asked stays open."""

    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["met"] = Pick(
            label=_("Bertemu orangnya?"), choices=[(YES, _("Ya")), (NO, _("Belum bisa ditemui"))],
            missing=_("Pilih bertemu atau belum."),
        )  # fmt: skip
        self.asked = [asked["code"] for asked in questions_on(today)]
        for asked in questions_on(today):
            answers = [(str(score), text) for score, text in enumerate(asked["answers"])]
            self.fields[asked["code"]] = OneTap(label=asked["text"], choices=answers)
        self.order_fields(["met", *self.asked, "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {code: int(data[code]) for code in self.asked if data[code] != UNKNOWN}
        return {"on": data["on"], "met": data["met"] == YES, "answers": answers if data["met"] == YES else {}}


class ExperienceForm(RecordForm):
    """How it was with the agency and the recruiter."""

    broker_record_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id", "broker_record_id")
    agency = forms.CharField(label=_("Berangkat lewat perusahaan apa?"), required=False, max_length=200)
    on = Day(label=_("Tanggal"))
    answers: ClassVar[Mapping[str, Any]] = {
        "promises_kept": _("Pekerjaan dan upahnya seperti dijanjikan?"),
        "paid_more": _("Membayar di luar aturan?"),
        "papers_held": _("Paspor atau dokumen ditahan?"),
        "would_recommend": _("Mau menyarankan perusahaan ini kepada tetangga?"),
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        for name, label in self.answers.items():
            self.fields[name] = YesNo(label=label)
        self.fields["broker_name"] = forms.CharField(
            label=_("Nama perekrut, bila ada"), required=False, min_length=2, max_length=100
        )
        self.fields["broker_phone"] = forms.CharField(label=_("Nomor HP perekrut"), required=False, max_length=30)
        self.fields["complaint"] = OneTap(
            label=_("Keluhan tentang perekrut"), choices=RecruiterComplaint.choices,
            help_text=_("Masuk daftar perekrut; kabupaten yang menilai."),
        )  # fmt: skip
        self.fields["story"] = _text(_("Ceritanya"), _("Yang dialami sendiri. Disimpan terkunci."))
        self.order_fields(["agency", *self.answers, "broker_name", "broker_phone", "complaint", "story", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = ("agency", "broker_name", "broker_phone", "complaint", "story")
        return {
            "record_id": data["record_id"], "broker_record_id": data["broker_record_id"], "on": data["on"],
            **{name: TRUTH[data[name]] for name in self.answers},
            **{name: data[name] or None for name in texts},
        }  # fmt: skip


class CloseReturnForm(RecordForm):
    """How it ends: here, or away again. Going again is a right."""

    on = Day(label=_("Tanggal"))
    job = forms.ChoiceField(label=_("Mau bekerja apa?"), choices=[DONT_KNOW, *JOBS.items()], required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["ends"] = Pick(
            label=_("Apa yang dipilih orangnya?"),
            choices=[(STAYS, _("Menetap di desa")), (GOES_AGAIN, _("Berangkat lagi"))],
            missing=_("Pilih menetap atau berangkat lagi."),
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Bila berangkat lagi: ke negara mana?"), choices=country_choices(today), required=False
        )
        self.order_fields(["ends", "country", "job", "on"])

    @property
    def goes_again(self) -> bool:
        return bool(self.cleaned_data["ends"] == GOES_AGAIN)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.goes_again:
            return {"on": data["on"]}
        return {
            "new_case_id": data["record_id"], "on": data["on"], "country": data["country"] or None,
            "job": data["job"] or None,
        }  # fmt: skip

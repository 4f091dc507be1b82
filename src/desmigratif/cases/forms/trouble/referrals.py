"""Forms of referrals: hand a matter over, what a body says, and what the sender does about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.before.steps import SeenForm
from desmigratif.cases.forms.offer.answers import NO, YES
from desmigratif.cases.forms.widgets import Pick, told
from desmigratif.cases.models import Referral
from desmigratif.cases.queries.trouble.matters import Matter
from desmigratif.cases.rules.trouble import referrals as rules
from desmigratif.documents.acting import Day, RecordForm
from desmigratif.placement.models import Body

FEW_BODIES = 8  # more of them are a list to choose from


def _note(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=1000, widget=told(), help_text=help_text)


class Ticks(forms.MultipleChoiceField):
    """Any number of ticks, none as well."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Sequence[tuple[str, Any]], label: Any, help_text: Any = "") -> None:
        super().__init__(choices=choices, label=label, help_text=help_text, required=False)


class SendReferralForm(RecordForm):
    """To whom, about what, what is asked; which facts go along, and why that is lawful."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "record_id", "link_id")

    def __init__(self, *args: Any, matter: Matter, bodies: Sequence[Body], today: date, **kwargs: Any) -> None:
        abouts, kinds = rules.abouts_on(today), rules.body_kinds_on(today)
        usual = abouts.get(matter.about)
        ticked = usual.fields if usual else ("name", "birth_date", "sex")
        initial = {"on": today, "about": matter.about, "fields": ticked, "tasks": [one.code for one in matter.tasks]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["about"] = forms.ChoiceField(
            label=_("Perihal"), choices=[("", _("Pilih")), *((one.code, one.label) for one in abouts.values())]
        )
        first = [one for one in bodies if usual and one.kind in usual.to]
        ordered = [*first, *(one for one in bodies if one not in first)]
        if len(bodies) == 1 or len(first) == 1:
            self.initial["body_id"] = str(ordered[0].id)
        named = [(str(one.id), f"{one.name} ({kinds[one.kind].label})") for one in ordered if one.kind in kinds]
        self.fields["body_id"] = (
            Pick(label=_("Dirujuk ke mana?"), choices=named, missing=_("Pilih lembaganya."))
            if len(named) <= FEW_BODIES
            else forms.ChoiceField(label=_("Dirujuk ke mana?"), choices=[("", _("Pilih")), *named])
        )
        self.fields["why"] = forms.CharField(
            label=_("Apa yang terjadi, dan apa yang diminta?"),
            max_length=1000,
            widget=told(4),
            help_text=_("Tulis seperlunya; disimpan terkunci dan dibaca lembaga itu saja."),
        )
        if matter.resident is not None:
            self.fields["fields"] = Ticks(
                label=_("Data apa yang ikut?"),
                choices=list(rules.labels_on("fields", today).items()),
                help_text=_("Lembaga hanya melihat yang dicentang, bukan berkas keluarga."),
            )
        self.fields["basis"] = Pick(
            label=_("Mengapa data boleh dibagikan?"),
            choices=rules.labels_on("bases", today).items(),
            missing=_("Pilih dasarnya."),
        )
        if matter.tasks:
            self.fields["tasks"] = Ticks(
                label=_("Pekerjaan yang masih terbuka"),
                choices=[(one.code, one.title) for one in matter.tasks],
                help_text=_("Ikut disebut, supaya lembaga tahu apa yang belum selesai."),
            )
        self.fields["on"] = Day(label=_("Dirujuk tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "referral_id": data["record_id"],
            "link_id": data["link_id"],
            "about": data["about"],
            "body_id": data["body_id"],
            "why": data["why"],
            "fields": tuple(data.get("fields", ())),
            "basis": data["basis"],
            "tasks": tuple(data.get("tasks", ())),
            "on": data["on"],
        }


class AnswerReferralForm(SeenForm):
    """What a body says. What belongs to one answer only says so in its label."""

    next_link_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "next_link_id")

    def __init__(self, *args: Any, referral: Referral, today: date, replies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": referral.version}, **kwargs)
        none = [("", _("Pilih"))]
        self.fields["reply"] = Pick(
            label=_("Apa jawabannya?"),
            choices=[(code, rules.REPLIES[code]) for code in replies],
            missing=_("Pilih jawabannya."),
        )
        if rules.ANSWERED in replies:
            outcomes = rules.labels_on("outcomes", today).items()
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Bila sudah selesai: apa hasilnya?"), choices=[*none, *outcomes], required=False
            )
        if rules.REFUSED in replies:
            refusals = [(one.code, one.label) for one in rules.refusals_on(today).values()]
            self.fields["because"] = forms.ChoiceField(
                label=_("Bila tidak bisa: apa alasannya?"), choices=[*none, *refusals], required=False
            )
        self.fields["reference"] = forms.CharField(
            label=_("Nomor di lembaga ini"),
            required=False,
            max_length=60,
            initial=referral.reference,
            help_text=_("Supaya mudah ditanyakan lagi."),
        )
        self.fields["note"] = _note(_("Penjelasan untuk pengirim"), _("Disimpan terkunci; dibaca pengirim rujukan."))
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "seen": data["seen"],
            "on": data["on"],
            "reply": data["reply"],
            "reference": data["reference"] or None,
            "because": data.get("because") or None,
            "outcome": data.get("outcome") or None,
            "note": data["note"] or None,
        }


class ConfirmReferralForm(SeenForm):
    """The answer is here: is the person helped?"""

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": referral.version}, **kwargs)
        self.fields["solved"] = Pick(
            label=_("Apakah orangnya sudah tertolong?"),
            choices=[(YES, _("Ya, sudah")), (NO, _("Belum"))],
            missing=_("Pilih ya atau belum."),
        )
        self.fields["note"] = _note(_("Catatan"), _("Misalnya apa kata orangnya. Disimpan terkunci."))
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "seen": data["seen"], "on": data["on"], "solved": data["solved"] == YES, "note": data["note"] or None,
        }  # fmt: skip


class RecallReferralForm(SeenForm):
    """Why it is taken back."""

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": referral.version}, **kwargs)
        self.fields["because"] = Pick(
            label=_("Mengapa ditarik kembali?"),
            choices=rules.labels_on("recalled", today).items(),
            missing=_("Pilih alasannya."),
        )
        self.fields["note"] = _note(_("Catatan"), _("Disimpan terkunci."))
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"seen": data["seen"], "on": data["on"], "because": data["because"], "note": data["note"] or None}


class RemindBodyForm(SeenForm):
    """The body was asked again."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "link_id")

    def __init__(self, *args: Any, referral: Referral, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "seen": referral.version}, **kwargs)
        self.fields["way"] = Pick(
            label=_("Lewat apa diingatkan?"), choices=rules.WAYS.items(), missing=_("Pilih caranya.")
        )
        self.fields["note"] = _note(_("Catatan"), _("Dengan siapa bicara, apa katanya. Disimpan terkunci."))
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "seen": data["seen"], "on": data["on"], "way": data["way"], "link_id": data["link_id"],
            "note": data["note"] or None,
        }  # fmt: skip

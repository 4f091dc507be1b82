"""Forms about choosing villages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.programme.forms.partners import Year

ANSWERS = (("yes", _("Ya")), ("partly", _("Sebagian")), ("no", _("Tidak")), ("unknown", _("Belum tahu")))


class QuotaForm(RecordForm):
    """How many villages a region is to name."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": today.year}, **kwargs)
        self.fields["year"] = Year(label=_("Untuk tahun"))
        self.fields["villages"] = forms.IntegerField(label=_("Berapa desa"), min_value=0, max_value=1000)
        self.fields["paper"] = forms.CharField(
            label=_("Nomor surat yang menetapkannya"), max_length=80, required=False,
            help_text=_("Kosongkan bila belum ada."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"quota_id": data["record_id"], **{name: data[name] for name in ("year", "villages", "paper")}}


class FigureForm(RecordForm):
    """A figure of a village."""

    def __init__(self, *args: Any, metrics: Iterable[tuple[str, Any]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": today.year, "on": today}, **kwargs)
        self.fields["metric"] = Taps(label=_("Angka tentang"), choices=metrics)
        self.fields["value"] = forms.IntegerField(label=_("Jumlahnya"), min_value=0, max_value=1_000_000)
        self.fields["year"] = Year(label=_("Tahun"))
        self.fields["source"] = forms.CharField(
            label=_("Menurut siapa"), min_length=3, max_length=120,
            help_text=_("Misalnya pendataan desa, Disnaker, BP3MI. Sumber lain boleh dicatat berdampingan."),
        )  # fmt: skip
        self.fields["on"] = Day(label=_("Dicatat tanggal"))

    def payload(self) -> dict[str, Any]:
        names = ("metric", "value", "year", "source", "on")
        return {"figure_id": self.cleaned_data["record_id"], **{name: self.cleaned_data[name] for name in names}}


class CandidateForm(RecordForm):
    """For which programme and year a village is proposed."""

    def __init__(self, *args: Any, programmes: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": today.year, "on": today}, **kwargs)
        self.fields["programme"] = Taps(label=_("Program"), choices=programmes.items())
        self.fields["year"] = Year(label=_("Untuk tahun"))
        self.fields["on"] = Day(label=_("Diusulkan tanggal"))

    def payload(self) -> dict[str, Any]:
        names = ("programme", "year", "on")
        return {"candidate_id": self.cleaned_data["record_id"], **{name: self.cleaned_data[name] for name in names}}


class SurveyForm(ActForm):
    """One tap for each sign that the programme looks for."""

    def __init__(
        self, *args: Any, criteria: Mapping[str, str], standing: Mapping[str, str], today: date, **kwargs: Any
    ) -> None:
        first = {f"sign_{code}": standing.get(code, "unknown") for code in criteria}
        super().__init__(*args, initial={**first, "on": today}, **kwargs)
        self.criteria = tuple(criteria)
        for code, label in criteria.items():
            self.fields[f"sign_{code}"] = Taps(label=label, choices=ANSWERS)
        self.fields["on"] = Day(label=_("Disurvei tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"signs": {code: data[f"sign_{code}"] for code in self.criteria}, "on": data["on"]}


class DeliberateForm(ActForm):
    """What the village said."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        choices = (("yes", _("Setuju ikut program")), ("no", _("Tidak setuju")))
        self.fields["agreed"] = Taps(label=_("Hasil musyawarah desa"), choices=choices)
        self.fields["minutes"] = forms.CharField(label=_("Nomor berita acara"), min_length=3, max_length=80)
        self.fields["on"] = Day(label=_("Tanggal musyawarah"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"agreed": data["agreed"] == "yes", "minutes": data["minutes"], "on": data["on"]}

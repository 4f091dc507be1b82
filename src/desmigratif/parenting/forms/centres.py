"""Forms about a centre, its things, volunteers and themes. Lists are those of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm
from desmigratif.parenting.rules.centre import labels

NOT_YET = ("", _("Belum ada"))


def choices_of(name: str, today: date) -> list[tuple[str, str]]:
    return list(labels(name, today).items())


class Count(forms.IntegerField):
    """A small whole number, typed on the number pad."""

    def __init__(self, *, label: Any, required: bool = True, most: int = 10_000) -> None:
        super().__init__(label=label, required=required, min_value=0, max_value=most)
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-day"})


class CentreForm(RecordForm):
    """Where children will learn together."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Nama rumah belajar"), min_length=3, max_length=80)
        self.fields["place"] = forms.CharField(
            label=_("Tempat"), min_length=3, max_length=160, help_text=_("Misalnya: Balai Dusun Krajan, ruang depan.")
        )
        self.fields["on"] = Day(label=_("Dibuka tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"centre_id": data["record_id"], **{name: data[name] for name in ("name", "place", "on")}}


class OnDayForm(ActForm):
    """An act that needs nothing but its day."""

    def __init__(self, *args: Any, today: date, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=label)

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"]}


class ThingForm(RecordForm):
    """Something of the centre, counted."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["name"] = forms.CharField(label=_("Nama barang"), min_length=2, max_length=80)
        self.fields["kind"] = forms.ChoiceField(label=_("Jenis"), choices=choices_of("thing_kinds", today))
        self.fields["count"] = Count(label=_("Jumlah"))
        self.fields["usable_count"] = Count(label=_("Yang dapat dipakai"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        named = {name: data[name] for name in ("name", "kind", "count", "usable_count")}
        return {"thing_id": data["record_id"], "on": self.today, **named}


class ThemeForm(RecordForm):
    """A theme of the centre's own."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["audience"] = forms.ChoiceField(label=_("Untuk siapa"), choices=choices_of("audiences", today))
        self.fields["title"] = forms.CharField(label=_("Judul tema"), min_length=3, max_length=100)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "theme_id": data["record_id"], "on": self.today, "audience": data["audience"], "title": data["title"],
        }  # fmt: skip


class _Person(RecordForm):
    """Who somebody is: name, birthday, and the NIK that is only compared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Nama lengkap"), min_length=3, max_length=100)
        self.fields["birth_date"] = Day(label=_("Tanggal lahir"))
        self.fields["nik"] = forms.RegexField(
            r"^\d{16}$", label=_("NIK"), required=False,
            help_text=_("Hanya dicocokkan dengan daftar larangan; nomornya tidak disimpan."),
            error_messages={"invalid": _("NIK harus 16 angka.")},
        )  # fmt: skip
        self.fields["nik"].widget.attrs.update(inputmode="numeric", autocomplete="off")

    def person(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"name": data["name"], "birth_date": data["birth_date"], "nik": data["nik"] or None}


class VolunteerForm(_Person):
    """Somebody wants to help."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        papers = [NOT_YET, *choices_of("background_papers", today)]
        self.fields["paper"] = forms.ChoiceField(
            label=_("Kertas yang diperlihatkan"), choices=papers, required=False,
            help_text=_("Tanpa kertas ini ia boleh membantu, tetapi belum boleh memimpin kegiatan anak."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "volunteer_id": data["record_id"], "on": self.today, "paper": data["paper"] or None, **self.person(),
        }  # fmt: skip


class CheckForm(ActForm):
    """A volunteer shows a paper."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        papers = choices_of("background_papers", today)
        self.fields["paper"] = forms.ChoiceField(label=_("Kertas yang diperlihatkan"), choices=papers)
        self.fields["on"] = Day(label=_("Diperiksa tanggal"))

    def payload(self) -> dict[str, Any]:
        return {"paper": self.cleaned_data["paper"], "on": self.cleaned_data["on"]}


class BarForm(_Person):
    """Somebody may not be with children any more."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["because"] = forms.ChoiceField(label=_("Dasarnya"), choices=choices_of("barred_reasons", today))
        self.fields["reference"] = forms.CharField(
            label=_("Nomor putusan atau surat"), min_length=3, max_length=80,
            help_text=_("Tanpa nama: daftar ini tidak menyimpan nama."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        named = {name: data[name] for name in ("because", "reference")}
        return {"barred_id": data["record_id"], "on": self.today, **self.person(), **named}

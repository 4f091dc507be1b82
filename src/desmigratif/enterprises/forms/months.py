"""Forms of a group's money: a month on one screen, a sheet of months, a wish for money, remittances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, RecordForm, Taps
from desmigratif.enterprises.forms.fields import Amount
from desmigratif.enterprises.models import GroupMonth, Member
from desmigratif.enterprises.rules import capital, remittances
from desmigratif.enterprises.rules.months import channels_on, month_words
from desmigratif.shared.rupiah import format_rupiah

MOST_WORKERS = 500


class Workers(forms.IntegerField):
    """How many people worked for pay; nothing written is nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_WORKERS, required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "class": "w-day"}
        self.error_messages |= {
            "invalid": _("Tulis jumlah orangnya dengan angka."),
            "min_value": _("Jumlah orang tidak bisa kurang dari nol."),
            "max_value": _("Jumlah ini terlalu besar."),
        }

    def clean(self, value: Any) -> Any:
        return super().clean(value) or 0


class MonthForm(RecordForm):
    """One month of a group: what was sold, spent, who worked, where it was sold. `standing`: the one put right."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(
        self, *args: Any, months: Sequence[date], today: date, standing: GroupMonth | None = None,
        asks_before: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_said(standing) if standing else {"month": _first(months, today)}, **kwargs)
        self.standing = standing
        if standing is None:
            which = [(one.isoformat(), month_words(one)) for one in months]
            self.fields["month"] = forms.ChoiceField(label=_("Bulan"), choices=which)
        self.fields["sales_rupiah"] = Amount(label=_("Penjualan"), help_text=_("Semua uang yang masuk dari jualan."))
        self.fields["cost_rupiah"] = Amount(label=_("Biaya"), help_text=_("Bahan, bungkus, ongkos, upah."))
        self.fields["workers"] = Workers(label=_("Orang yang diberi upah"))
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("Dijual di mana"), choices=list(channels_on(today).items()), required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        if asks_before:
            self.fields["before_rupiah"] = Amount(
                label=_("Laba sebulan sebelum ada kelompok"), required=False,
                help_text=_("Kira-kira saja, sekali ini. Dipakai untuk melihat kemajuan."),
            )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        month = self.standing.month if self.standing else data["month"]
        said = {key: data.get(key) for key in ("sales_rupiah", "cost_rupiah", "workers", "channels", "before_rupiah")}
        return {"month_id": data["record_id"], "month": month, "seen": data["seen"], **said}


def _said(standing: GroupMonth) -> dict[str, Any]:
    return {
        "seen": standing.version, "sales_rupiah": _dotted(standing.sales_rupiah),
        "cost_rupiah": _dotted(standing.cost_rupiah), "workers": standing.workers, "channels": standing.channels,
    }  # fmt: skip


def _dotted(rupiah: int) -> str:
    return format_rupiah(rupiah).removeprefix("Rp")


def _first(months: Sequence[date], today: date) -> str:
    """The month that is asked first: the last one that is over."""
    over = [one for one in months if one < today.replace(day=1)]
    return (over or list(months) or [today])[0].isoformat()


class SheetForm(RecordForm):
    """Months of a paper sheet, a row each; an empty row was not filled in."""

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = list(months)
        for one in self.months:
            words, key = month_words(one), f"{one:%Y%m}"
            self.fields[f"sales_{key}"] = Amount(label=_("Penjualan %s") % words, required=False)
            self.fields[f"cost_{key}"] = Amount(label=_("Biaya %s") % words, required=False)
            self.fields[f"workers_{key}"] = Workers(label=_("Orang %s") % words)

    def filled(self) -> list[date]:
        return [one for one in self.months if self.cleaned_data.get(f"sales_{one:%Y%m}") is not None]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for one in self.months:
            key = f"{one:%Y%m}"
            if (data.get(f"sales_{key}") is None) != (data.get(f"cost_{key}") is None) and not self.errors:
                missing = "cost" if data.get(f"cost_{key}") is None else "sales"
                self.add_error(f"{missing}_{key}", _("Tulis juga yang ini; tidak ada, tulis 0."))
        if not self.errors and not self.filled():
            self.add_error(None, _("Isi paling sedikit satu bulan."))
        return data

    def field_of(self, path: str) -> str:
        """`months.1.cost_rupiah` is the cost of the second row that was filled in."""
        parts = path.split(".")
        if len(parts) == 3 and parts[1].isdigit():
            key = f"{self.filled()[int(parts[1])]:%Y%m}"
            return {"cost_rupiah": f"cost_{key}", "workers": f"workers_{key}"}.get(parts[2], f"sales_{key}")
        return super().field_of(path)

    def payload(self) -> dict[str, Any]:
        data, sheet = self.cleaned_data, self.cleaned_data["record_id"]
        rows = [
            {
                "month_id": uuid5(sheet, f"{one:%Y%m}"), "month": one, "sales_rupiah": data[f"sales_{one:%Y%m}"],
                "cost_rupiah": data[f"cost_{one:%Y%m}"], "workers": data[f"workers_{one:%Y%m}"],
            }
            for one in self.filled()
        ]  # fmt: skip
        return {"months": rows}


class LinkForm(ActForm):
    """A new address for the treasurer."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids = ("act_id", "link_id")


class CapitalForm(RecordForm):
    """How much, for what, who signs, where it is asked."""

    purpose = forms.CharField(label=_("Untuk apa"), min_length=3, max_length=160)

    def __init__(self, *args: Any, members: Sequence[Member], today: date, amount: str = "", **kwargs: Any) -> None:
        first = str(members[0].id) if members else ""
        super().__init__(*args, initial={"amount_rupiah": amount, "member_id": first}, **kwargs)
        self.fields["amount_rupiah"] = Amount(label=_("Berapa"))
        who = [(str(one.id), one.resident.shown_name) for one in members]
        self.fields["member_id"] = forms.ChoiceField(label=_("Atas nama"), choices=who)
        places = [(code, told["label"]) for code, told in capital.places_on(today).items()]
        self.fields["place"] = Taps(label=_("Diminta ke mana"), choices=places)
        self.order_fields(["amount_rupiah", "purpose", "member_id", "place"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "need_id": data["record_id"],
            **{key: data[key] for key in self.fields if key not in ("act_id", "record_id")},
        }


class RemittanceForm(RecordForm):
    """What came in a month and what became of it, in bands."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bands = list(remittances.bands_on(today).items())
        self.uses = remittances.uses_on(today)
        self.fields["received"] = forms.ChoiceField(label=_("Kiriman yang diterima sebulan"), choices=bands)
        for code, label in self.uses.items():
            self.fields[code] = forms.ChoiceField(label=_("Dari itu untuk %s") % label.lower(), choices=bands)

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        used = {code: data[code] for code in self.uses}
        return {"answer_id": data["record_id"], "received": data["received"], "used": used}

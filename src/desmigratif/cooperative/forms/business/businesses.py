"""Forms of businesses: groups, agreements on capital, results, money and goods that move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Percent, Rupiah
from desmigratif.cooperative.models import Cooperative, Member
from desmigratif.documents.acting import Day, RecordForm, Taps

WAYS = (("cash", _("Tunai, lewat kas")), ("bank", _("Lewat bank")))
GAIN_OR_LOSS = (("gain", _("Untung")), ("loss", _("Rugi")))


class MemberField(forms.CharField):
    """A member by number or by a part of the name; gives the member, or None when it may be left open and is."""

    def __init__(self, *, label: Any, cooperative: Cooperative, required: bool = True) -> None:
        help_text = _("Nomor anggota, atau sebagian namanya.")
        super().__init__(label=label, required=required, help_text=help_text, max_length=100)
        self.cooperative = cooperative

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return one_member(self.cooperative, text) if text else None


def one_member(cooperative: Cooperative, text: str) -> Member:
    """The one member that a number or a part of a name means. Raises `ValidationError`."""
    belonging = Member.objects.of(cooperative).belonging()
    rows = belonging.filter(number=int(text[:9])) if text.isdigit() else belonging.filter(name__icontains=text)
    found = list(rows.order_by("name")[:4])
    if not found:
        raise ValidationError(_("Tidak ada anggota “%(text)s”.") % {"text": text})
    if len(found) > 1:
        names = ", ".join(f"{one.name} ({one.number})" for one in found[:3])
        raise ValidationError(_("Ada beberapa: %(names)s. Tulis nomornya.") % {"names": names})
    return found[0]


class TodayForm(RecordForm):
    """An act of today: nobody types its day."""

    id_name = "entry_id"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def payload(self) -> dict[str, Any]:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("act_id", "record_id")}
        for key, value in data.items():
            if isinstance(value, Member):
                data[key] = value.id
        return {"on": self.today, self.id_name: self.cleaned_data["record_id"], **data}


class GroupForm(TodayForm):
    id_name = "group_id"
    name = forms.CharField(label=_("Nama kelompok"), min_length=3, max_length=80)
    members = forms.CharField(
        label=_("Anggotanya"), widget=forms.Textarea(attrs={"rows": 5}), max_length=3000,
        help_text=_("Satu per baris: nomor anggota, atau sebagian namanya. Paling sedikit dua."),
    )  # fmt: skip

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative

    def clean_members(self) -> list[Member]:
        lines = [line.strip() for line in self.cleaned_data["members"].splitlines() if line.strip()]
        return [one_member(self.cooperative, line) for line in lines]

    def field_of(self, path: str) -> str:
        return super().field_of("members" if path == "member_ids" else path)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {"member_ids": [one.id for one in found.pop("members")], **found}


class JoinForm(TodayForm):
    id_name = "seat_id"

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_id"] = MemberField(label=_("Anggota"), cooperative=cooperative)


class BusinessForm(TodayForm):
    id_name = "business_id"
    name = forms.CharField(label=_("Nama usaha"), min_length=3, max_length=80)

    def __init__(self, *args: Any, groups: list[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Mulai dihitung sejak"))
        known = [("", _("Usaha koperasi sendiri")), *groups]
        self.fields["group_id"] = forms.ChoiceField(label=_("Milik siapa?"), required=False, choices=known)
        self.fields["share_percent"] = Percent(
            label=_("Bagian koperasi dari hasilnya, persen"), required=False,
            help_text=_("Hanya untuk usaha kelompok."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        found["group_id"] = found["group_id"] or None
        if not found["share_percent"] or found["group_id"] is None:
            found["share_percent"] = Decimal(100)
        return found


class AgreementForm(TodayForm):
    """An agreement with as many lines for savers as were asked for."""

    id_name = "agreement_id"
    number = forms.CharField(label=_("Nomor perjanjian"), max_length=40)
    share_percent = Percent(
        label=_("Bagian hasil untuk para penyerta, persen"),
        help_text=_("Untung maupun rugi, dibagi menurut modal masing-masing. Rugi paling banyak sebesar modalnya."),
    )  # fmt: skip

    def __init__(self, *args: Any, cooperative: Cooperative, lines: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = Day(label=_("Berakhir"), required=False)
        self.lines = lines
        for n in range(1, lines + 1):
            self.fields[f"member_{n}"] = MemberField(
                label=_("Penyerta %s: anggota") % n, cooperative=cooperative, required=False
            )
            self.fields[f"outsider_{n}"] = forms.CharField(
                label=_("atau orang luar (nama)"), required=False, max_length=100
            )
            self.fields[f"amount_{n}"] = Rupiah(label=_("Modalnya"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for n in range(1, self.lines + 1):
            names = [data.get(f"member_{n}"), data.get(f"outsider_{n}")]
            if any(names) != bool(data.get(f"amount_{n}")) and f"member_{n}" not in self.errors:
                self.add_error(f"amount_{n}", _("Tulis siapa dan berapa, atau kosongkan barisnya."))
        if not any(data.get(f"amount_{n}") for n in range(1, self.lines + 1)) and not self.errors:
            self.add_error("amount_1", _("Tulis paling sedikit satu penyerta."))
        return data

    def field_of(self, path: str) -> str:
        parts = path.split(".")
        if parts[0] == "stakes" and len(parts) > 1:
            return f"member_{list(self._filled())[int(parts[1])]}"
        return super().field_of(path)

    def _filled(self) -> Iterator[int]:
        return (n for n in range(1, self.lines + 1) if self.cleaned_data.get(f"amount_{n}"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        stakes = []
        for n in self._filled():
            member = data.get(f"member_{n}")
            stakes.append(
                {
                    "stake_id": uuid5(data["record_id"], str(n)), "amount_rupiah": data[f"amount_{n}"],
                    "member_id": member.id if member else None, "outsider": data.get(f"outsider_{n}") or "",
                }
            )  # fmt: skip
        return {
            "agreement_id": data["record_id"], "on": self.today, "number": data["number"], "until": data["until"],
            "share_percent": data["share_percent"], "stakes": stakes,
        }  # fmt: skip


class ResultForm(TodayForm):
    """What a business earned or lost in a stretch of time."""

    gain_or_loss = Taps(label=_("Hasilnya"), choices=GAIN_OR_LOSS)
    amount = Rupiah(label=_("Jumlah"))
    memo = forms.CharField(label=_("Keterangan"), min_length=3, max_length=160)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        last = date.fromordinal(today.replace(day=1).toordinal() - 1)
        usual = {"gain_or_loss": "gain", "first_on": last.replace(day=1), "last_on": last}
        super().__init__(*args, today=today, initial=usual, **kwargs)
        self.fields["first_on"] = Day(label=_("Dari tanggal"))
        self.fields["last_on"] = Day(label=_("Sampai tanggal"))
        self.order_fields(["first_on", "last_on", "gain_or_loss", "amount", "memo"])

    def field_of(self, path: str) -> str:
        return super().field_of("amount" if path == "result_rupiah" else path)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        sign = 1 if found.pop("gain_or_loss") == "gain" else -1
        return {"result_rupiah": sign * found.pop("amount"), **found}


class WayForm(TodayForm):
    """How money goes; the sum follows from something else."""

    way = Taps(label=_("Uangnya"), choices=WAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"way": "cash", **kwargs.pop("initial", {})}, **kwargs)

    def field_of(self, path: str) -> str:
        return super().field_of("amount_rupiah" if path == "legs" else path)


class MoneyMoveForm(WayForm):
    """One sum, and how it goes."""

    amount_rupiah = Rupiah(label=_("Jumlah"))

    def __init__(self, *args: Any, amount: int = 0, **kwargs: Any) -> None:
        written = f"{amount:,}".replace(",", ".") if amount > 0 else None
        super().__init__(*args, initial={"amount_rupiah": written}, **kwargs)
        self.order_fields(["amount_rupiah", "way"])


class QuantityForm(TodayForm):
    """How many, and nothing else."""

    quantity = forms.IntegerField(label=_("Berapa banyak?"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, quantity: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, initial={"quantity": quantity or None}, **kwargs)


class SellForm(WayForm):
    quantity = forms.IntegerField(label=_("Berapa yang terjual?"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["quantity", "way"])


class BuyForm(MoneyMoveForm):
    quantity = forms.IntegerField(label=_("Berapa yang dibeli?"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, quantity: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["quantity"] = quantity or None
        self.fields["amount_rupiah"].label = _("Dibayar seluruhnya")
        self.order_fields(["quantity", "amount_rupiah", "way"])


class PurchaseForm(TodayForm):
    id_name = "purchase_id"
    goods = forms.CharField(label=_("Barang"), min_length=2, max_length=80)
    unit = forms.CharField(label=_("Satuan"), max_length=20, help_text=_("Misalnya karung, kg, ekor."))
    price_rupiah = Rupiah(label=_("Harga satu satuan untuk anggota"))
    supplier = forms.CharField(label=_("Penjual"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_until"] = Day(label=_("Pesan paling lambat"))


class OrderForm(TodayForm):
    id_name = "order_id"

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_id"] = MemberField(label=_("Anggota"), cooperative=cooperative)
        self.fields["quantity"] = forms.IntegerField(
            label=_("Berapa banyak?"), min_value=0, max_value=1_000_000, help_text=_("0 membatalkan pesanannya.")
        )


class ReceiveForm(TodayForm):
    id_name = "consignment_id"
    goods = forms.CharField(label=_("Barang"), min_length=2, max_length=80)
    unit = forms.CharField(label=_("Satuan"), max_length=20, help_text=_("Misalnya bungkus, kg, lembar."))
    quantity = forms.IntegerField(label=_("Berapa banyak?"), min_value=1, max_value=1_000_000)
    price_rupiah = Rupiah(label=_("Harga jual satu satuan"))
    commission_percent = Percent(label=_("Komisi koperasi, persen"))

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_id"] = MemberField(label=_("Milik anggota"), cooperative=cooperative)
        self.order_fields(["member_id", "goods", "unit", "quantity", "price_rupiah", "commission_percent"])


class BusinessApproveForm(TodayForm):
    """The second person's word: for whom or what, and how much, today."""

    id_name = "approval_id"
    amount_rupiah = Rupiah(label=_("Jumlah yang boleh dibayarkan"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], asked: str = "", **kwargs: Any) -> None:
        known = {value for value, _label in choices}
        super().__init__(*args, initial={"subject_id": asked if asked in known else None}, **kwargs)
        self.fields["subject_id"] = forms.ChoiceField(label=_("Untuk apa?"), choices=[("", _("Pilih")), *choices])
        self.order_fields(["subject_id", "amount_rupiah"])


class BackForm(TodayForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Mengapa dibatalkan?"), min_length=5, max_length=160)

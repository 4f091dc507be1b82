"""Forms of groups: one to begin, one for each way in, out and about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.enterprises.models import Post, Tie


class GroupForm(RecordForm):
    """A group as its deliberation decided."""

    name = forms.CharField(label=_("Nama kelompok"), min_length=3, max_length=80)
    trade = forms.ChoiceField(label=_("Bidang usaha"))
    product = forms.CharField(
        label=_("Yang dibuat atau dijual"), max_length=80, required=False, help_text=_("Contoh: keripik singkong.")
    )
    on = Day(label=_("Dibentuk tanggal"))
    decree = forms.CharField(
        label=_("Nomor SK atau berita acara"), max_length=60, required=False, help_text=_("Kosongkan bila belum ada.")
    )

    def __init__(self, *args: Any, trades: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["trade"] = Taps(label=_("Bidang usaha"), choices=trades.items())
        self.order_fields(["name", "trade", "product", "on", "decree"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "group_id": data["record_id"],
            **{key: data[key] for key in ("name", "trade", "product", "on", "decree")},
        }


class JoinForm(RecordForm):
    """What somebody does in a group, and how they are tied to a migrant."""

    def __init__(self, *args: Any, today: date, tie: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "post": Post.MEMBER, "tie": tie}, **kwargs)
        self.fields["post"] = Taps(label=_("Tugasnya"), choices=Post.choices)
        self.fields["tie"] = Taps(label=_("Hubungannya dengan PMI"), choices=Tie.choices)
        self.fields["on"] = Day(label=_("Masuk tanggal"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"member_id": data["record_id"], **{key: data[key] for key in ("post", "tie", "on")}}


class ChangeForm(ActForm):
    """Another post, another tie."""

    def __init__(self, *args: Any, post: str, tie: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"post": post, "tie": tie}, **kwargs)
        self.fields["post"] = Taps(label=_("Tugasnya"), choices=Post.choices)
        self.fields["tie"] = Taps(label=_("Hubungannya dengan PMI"), choices=Tie.choices)

    def payload(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("post", "tie")}


class LeaveForm(ActForm):
    """Why and when somebody left."""

    def __init__(self, *args: Any, reasons: Mapping[str, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["because"] = Taps(label=_("Mengapa keluar"), choices=reasons.items())
        self.fields["on"] = Day(label=_("Keluar tanggal"))

    def payload(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("because", "on")}

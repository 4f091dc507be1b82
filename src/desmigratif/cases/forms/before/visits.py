"""Writing down a visit, and finishing one that waited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Pick, Several
from desmigratif.cases.rules.before.visits import PLACES, PURPOSES, topics_on
from desmigratif.documents.acting import ActForm, Day, RecordForm

NOTE_HINT = _("Cerita tamu disimpan terkunci; hanya petugas yang bisa membuka.")


def _topics(today: date) -> Several:
    return Several(choices=topics_on(today).items(), label=_("Yang sudah dijelaskan"))


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Catatan"),
        help_text=NOTE_HINT,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VisitForm(RecordForm):
    """Who came, what for, what was explained. With a known resident nobody types a name."""

    purpose = forms.ChoiceField(
        label=_("Keperluannya"),
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih keperluannya.")},
    )

    def __init__(self, *args: Any, today: date, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "place": "hall"}, **kwargs)
        if not is_known:
            self.fields["visitor_name"] = forms.CharField(
                label=_("Nama tamu"),
                max_length=100,
                help_text=_("Untuk tamu yang tidak ada di data warga. Cari dulu namanya di atas halaman ini."),
                error_messages={"required": _("Tulis nama tamu, atau cari dulu warganya.")},
            )
        self.fields["topics"] = _topics(today)
        self.fields["place"] = Pick(label=_("Di mana"), choices=PLACES.items())
        self.fields["note"] = _note()
        self.fields["on"] = Day(label=_("Tanggal"))
        if not is_known:
            self.order_fields(["visitor_name"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "visit_id": data["record_id"],
            "on": data["on"],
            "visitor_name": data.get("visitor_name"),
            "place": data["place"],
            "purpose": data["purpose"],
            "topics": tuple(data["topics"]),
            "note": data["note"] or None,
        }


class FinishVisitForm(ActForm):
    """What was explained to somebody who waited."""

    def __init__(self, *args: Any, today: date, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"topics": topics}, **kwargs)
        self.fields["topics"] = _topics(today)
        self.fields["note"] = _note()

    def payload(self) -> dict[str, Any]:
        return {"topics": tuple(self.cleaned_data["topics"]), "note": self.cleaned_data["note"] or None}

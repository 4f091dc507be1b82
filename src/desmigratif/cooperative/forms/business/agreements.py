"""Forms about an agreement on capital: a saver's part goes to somebody else; the agreement ends."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.business.businesses import MemberField, TodayForm
from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.rules.business import CONSENTS, PASSING, consents_for
from desmigratif.documents.acting import Taps

LAST_RESULT = (("none", _("Tidak ada hasil lagi")), ("gain", _("Untung")), ("loss", _("Rugi")))


class PassOnForm(TodayForm):
    """To whom, why, how much, and what was shown for it."""

    because = Taps(label=_("Mengapa beralih?"), choices=tuple(PASSING.items()))
    outsider = forms.CharField(label=_("atau orang luar (nama)"), required=False, max_length=100)
    amount_rupiah = Rupiah(label=_("Modal yang beralih"))

    def __init__(self, *args: Any, cooperative: Cooperative, capital: int, today: date, **kwargs: Any) -> None:
        usual = {"amount_rupiah": f"{capital:,}".replace(",", ".") if capital else None}
        super().__init__(*args, today=today, initial=usual, **kwargs)
        self.fields["member_id"] = MemberField(label=_("Penerimanya: anggota"), cooperative=cooperative, required=False)
        self.fields["consents"] = forms.MultipleChoiceField(
            label=_("Yang sudah diperlihatkan"), choices=tuple(CONSENTS.items()), required=False,
            widget=forms.CheckboxSelectMultiple, help_text=_what_is_needed(today),
        )  # fmt: skip
        self.order_fields(["because", "member_id", "outsider", "amount_rupiah", "consents"])

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {**found, "new_stake_id": uuid5(found["entry_id"], "stake"), "member_id": found["member_id"] or None}


def _what_is_needed(today: date) -> str:
    """For each way to pass on what must be shown; ways that need the same are named together."""
    ways: dict[str, list[str]] = {}
    for code, label in PASSING.items():
        needs = "; ".join(CONSENTS[one].lower() for one in consents_for(code, today))
        ways.setdefault(needs, []).append(label)
    return " ".join(f"{' atau '.join([ways[needs][0], *map(str.lower, ways[needs][1:])])}: {needs}." for needs in ways)


class CloseAgreementForm(TodayForm):
    """What the business earned or lost since its last result, and why the agreement ends."""

    gain_or_loss = Taps(label=_("Hasil terakhir"), choices=LAST_RESULT)
    amount = Rupiah(label=_("Jumlahnya"), required=False)
    reason = forms.CharField(label=_("Mengapa ditutup?"), min_length=5, max_length=160)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("gain_or_loss") in ("gain", "loss") and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Tulis jumlah untung atau ruginya."))
        return data

    def field_of(self, path: str) -> str:
        return super().field_of("amount" if path == "result_rupiah" else path)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        sign = {"gain": 1, "loss": -1}.get(found.pop("gain_or_loss"), 0)
        return {"result_rupiah": sign * (found.pop("amount") or 0), **found}

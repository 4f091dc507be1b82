"""Two records of one person: the list of those who may be, a page to compare two, and taking a merge back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, region_filter, require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import RecordForm
from desmigratif.people.models import Merge, Resident
from desmigratif.people.queries.doubles import (
    MOST,
    SAME_NIK,
    Pair,
    decided_pairs,
    pairs_alike,
    side_by_side,
    standing_decision,
)
from desmigratif.people.queries.household import classes_for
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.views.common import act_page, age_words, as_desk, opened, place_of, village_for
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal


class MergeForm(RecordForm):
    """How somebody knows that two records are one person."""

    seen_kept = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen_merged = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label=lazy("Bagaimana Anda tahu ini orang yang sama?"),
        max_length=500,
        help_text=lazy("Misalnya: KTP dan KK keduanya sudah dicocokkan."),
    )

    def payload(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("seen_kept", "seen_merged", "reason")}
        return {"merge_id": self.cleaned_data["record_id"], **said}


@scoped(Permission.RESIDENT_REGISTER)
def doubles(request: HttpRequest) -> HttpResponse:
    """Pairs with the same NIK, or the same name and birth date."""
    desk = as_desk(request)
    village_code = village_for(desk.actor, Permission.RESIDENT_REGISTER)
    today = today_in(village_code, desk.now)
    pairs, count = pairs_alike(desk.actor, village_code)
    noted = opened(desk, "residents.listed", village_code)
    rows = [
        {
            "initials": pair.first.shown_name,
            "title": pair.first.shown_name,
            "url": reverse("people:compare", args=[pair.first.id, pair.second.id]),
            "detail": _pair_detail(pair, age_words(pair.first.birth_date, today)),
        }
        for pair in pairs
    ]
    shown = {
        "rows": rows,
        "decided": _decided(desk, village_code),
        "not_noted": not noted,
        "count": count,
        "most": MOST,
    }
    return render(request, "people/doubles.html", shown)


def _decided(desk: DeskRequest, village_code: str) -> list[dict[str, Any]]:
    return [
        {
            "initials": pair.first.shown_name,
            "title": _("%(one)s dan %(other)s") % {"one": pair.first.shown_name, "other": pair.second.shown_name},
            "url": reverse("people:compare", args=[pair.first.id, pair.second.id]),
            "detail": " · ".join(part for part in (format_date(pair.on), pair.who) if part),
        }
        for pair in decided_pairs(desk.actor, village_code)
    ]


def _pair_detail(pair: Pair, age: str) -> str:
    why = _("NIK sama") if pair.why == SAME_NIK else _("nama dan tanggal lahir sama")
    first, second = place_of(pair.first.household), place_of(pair.second.household)
    where = first if first == second else f"{first} / {second}"
    return " · ".join((why, age, where))


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def compare(request: HttpRequest, kept_id: UUID, merged_id: UUID) -> HttpResponse:
    """Two records side by side, and one button that makes them one."""
    desk = as_desk(request)
    kept, merged = resident_of(desk.actor, kept_id), resident_of(desk.actor, merged_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, kept.village_code)
    if kept.village_code != merged.village_code or kept.id == merged.id:
        raise NotFoundOrNotYours
    subjects = [Subject("resident", kept.id), Subject("resident", merged.id)]
    noted = opened(desk, "residents.compared", kept.village_code, subjects)
    may_see = noted and PrivacyClass.SPECIFIC in classes_for(desk.actor, kept.village_code)
    form = MergeForm(request.POST or None, initial={"seen_kept": kept.version, "seen_merged": merged.version})
    today = today_in(kept.village_code, desk.now)
    lines = side_by_side(kept, merged, with_specific=may_see)
    shown = {
        "kept": kept,
        "merged": merged,
        "places": (place_of(kept.household), place_of(merged.household)),
        "lines": lines,
        "same": sum(line.same for line in lines),
        "decision": standing_decision(kept.id, merged.id),
        "act_id": new_id(),
        "closed": kept.merged_into_id or merged.merged_into_id,
        "not_noted": not noted,
    }
    return act_page(
        desk,
        form,
        "people.merge_residents",
        {"village_code": kept.village_code, "kept_id": kept.id, "merged_id": merged.id, "on": today},
        done=_("Kedua berkas sudah digabung. Riwayat keduanya tetap ada."),
        back=reverse("people:resident", args=[kept.id]),
        template="people/compare.html",
        shown=shown,
    )


@scoped(Permission.RESIDENT_REGISTER, methods=("POST",))
def tell_apart(request: HttpRequest, kept_id: UUID, merged_id: UUID) -> HttpResponse:
    """They are two people; or, with `ragu`, perhaps not."""
    desk = as_desk(request)
    kept, merged = resident_of(desk.actor, kept_id), resident_of(desk.actor, merged_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, kept.village_code)
    again = "ragu" in request.POST
    today = today_in(kept.village_code, desk.now)
    given = {"village_code": kept.village_code, "first_id": kept.id, "second_id": merged.id, "on": today}
    try:
        name = "people.doubt_again" if again else "people.tell_apart"
        do(desk.actor, name, given, now=desk.now, act_id=act_id_of(desk))
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
    else:
        messages.success(desk, _("Keputusan dibatalkan.") if again else _("Dicatat: bukan orang yang sama."))
    if again:
        return redirect("people:compare", kept.id, merged.id)
    return redirect("people:doubles")


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def unmerge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """They were two people after all: ask once, then both stand again."""
    desk = as_desk(request)
    visible = region_filter(desk.actor.regions_for(Permission.RESIDENT_REGISTER))
    merge = get_or_refuse(Merge.objects.filter(visible).select_related(None), id=merge_id)
    if request.method == "POST":
        return _take_back(desk, merge)
    rows = Resident.objects.visible_to(desk.actor).filter(id__in=[merge.kept_id, merge.merged_id])
    names = {row.id: row.shown_name for row in rows}
    opened(desk, "resident.opened", merge.village_code, [Subject("resident", one) for one in names])
    confirm = {
        "icon": "arrow-back-up",
        "title": _("Pisahkan lagi kedua berkas?"),
        "effects": [
            _("Berkas %(name)s yang ditutup berlaku lagi seperti sebelum digabung.") % {"name": names[merge.merged_id]},
            _("Keterangan yang diambil dari berkas itu dilepas dari berkas utama, kecuali yang sudah diubah lagi."),
            _("Tamu, rencana, dan surat tetap di berkas masing-masing."),
        ],
        "action": request.path,
        "submit": _("Pisahkan"),
        "hidden": {"act_id": new_id()},
        "back_url": reverse("people:resident", args=[merge.kept_id]),
    }
    return render(request, "people/unmerge.html", {"confirm": confirm, "name": names[merge.kept_id]})


def _take_back(desk: DeskRequest, merge: Merge) -> HttpResponse:
    given = {
        "village_code": merge.village_code,
        "merge_id": merge.id,
        "on": today_in(merge.village_code, desk.now),
    }
    try:
        done = do(desk.actor, "people.unmerge_residents", given, now=desk.now, act_id=act_id_of(desk))
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
        return redirect("people:resident", merge.kept_id)
    messages.success(desk, _("Kedua berkas sudah dipisahkan."))
    if done["stays"]:
        messages.warning(desk, _("Sebagian keterangan tetap di berkas utama karena sudah diubah lagi."))
    return redirect("people:resident", merge.merged_id)

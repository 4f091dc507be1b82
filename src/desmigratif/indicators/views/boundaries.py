"""An operator's own shapes for the maps: choose a file, see what fits, keep it, take it back."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.indicators.actions.boundaries import shapes_in
from desmigratif.indicators.forms import BoundaryForm, ShapesForm
from desmigratif.indicators.maps.boundaries import payload, read_for
from desmigratif.indicators.models import Boundary, FormerBoundary
from desmigratif.indicators.queries.figures import level_of
from desmigratif.indicators.rules.maps.boundaries import MOST_BYTES_OF_A_PAGE
from desmigratif.people import uploads
from desmigratif.people.uploads import Upload
from desmigratif.regions.models import Region
from desmigratif.regions.queries import region_name, today_in
from desmigratif.regions.rules import NATION, NATION_NAME
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

REGENCY = 2
LEVELS = {1: "provinsi", 2: "kabupaten/kota"}


@scoped(Permission.LIST_LOAD, methods=("GET", "POST"))
def boundaries(request: HttpRequest) -> HttpResponse:
    """What stands of each level and a file for a newer one. `berkas`: what was tried and waits for a yes."""
    desk = cast(DeskRequest, request)
    region = desk.actor.regions_for(Permission.LIST_LOAD)[0]
    tried, step = _tried(desk, region), desk.POST.get("step", "")
    form, button = BoundaryForm(), ShapesForm(desk.POST if step else None)
    reasons: tuple[Reason, ...] = ()
    if desk.method == "POST" and step and button.is_valid():
        if done := _done(desk, region, step, button, tried):
            return done
    elif desk.method == "POST" and level_of(region) <= REGENCY:
        form = BoundaryForm(desk.POST, desk.FILES)
        if form.is_valid():
            data = form.cleaned_data
            read = read_for(region, data["file"].read(), MOST_BYTES_OF_A_PAGE)
            if not read.reasons:
                return _keep(desk, region, read.paths, data["source"], data["file"].name)
            reasons = read.reasons
    shown = {
        "form": form, "button": button, "reasons": [*reasons, *button.refusal], "place": _name(region),
        "may_load": level_of(region) <= REGENCY, "levels": _standing(region) if level_of(region) <= REGENCY else [],
        "tried": _shown(tried, region) if tried else None, "here": desk.get_full_path(),
    }  # fmt: skip
    return render(desk, "indicators/boundaries.html", shown)


def _tried(desk: DeskRequest, region: str) -> Upload | None:
    """The shapes of a file that was read; its owner's only, for an hour."""
    try:
        upload_id = UUID(desk.GET.get("berkas", ""))
    except ValueError:
        return None
    return uploads.fetch(upload_id, owner_id=desk.actor.id, village_code=region, now=desk.now)


def _keep(desk: DeskRequest, region: str, paths: dict[str, str], source: str, name: str) -> HttpResponse:
    """Nothing is written yet: the shapes wait, sealed, for the button below what was found."""
    upload_id = new_id()
    kept = Upload(json.dumps(paths).encode(), name[-120:], {"source": source, "codes": sorted(paths)})
    uploads.keep(upload_id, kept, owner_id=desk.actor.id, village_code=region, now=desk.now)
    return redirect(f"{reverse('indicators:boundaries')}?berkas={upload_id}")


def _done(desk: DeskRequest, region: str, step: str, button: ActForm, tried: Upload | None) -> HttpResponse | None:
    """Where to go after a button did its work; None when it was refused and says why."""
    if step == "restore":
        given = {"restore_id": new_id(), "region_code": region, "level": button.cleaned_data["level"] or 1}
        name, said = "indicators.restore_boundaries", _("Batas sebelumnya dipasang lagi. Tombol yang sama menukarnya.")
    elif tried is None:
        messages.warning(desk, _("Berkas itu sudah tidak disimpan lagi. Pilih berkasnya sekali lagi."))
        return redirect("indicators:boundaries")
    else:
        given = payload(region, json.loads(tried.content), tried.report["source"])
        name, said = "indicators.load_boundaries", _("Batas tersimpan. Peta kokpit memakainya mulai sekarang.")
    if not attempt(desk, button, name, given):
        return None
    if step == "keep":
        uploads.drop(UUID(desk.GET["berkas"]))
    messages.success(desk, said)
    return redirect("indicators:boundaries")


def _shown(tried: Upload, region: str) -> dict[str, Any]:
    codes = tried.report["codes"]
    level = level_of(codes[0])
    known = Region.objects.filter(level=level, valid_until=None)
    if region != NATION:
        known = known.filter(code__startswith=region)
    missing = sorted(set(known.values_list("code", flat=True)) - set(codes))
    return {
        "file_name": tried.file_name, "source": tried.report["source"], "count": len(codes), "level": LEVELS[level],
        "all": len(codes) + len(missing), "missing": ", ".join(missing[:8]), "more": max(0, len(missing) - 8),
    }  # fmt: skip


def _standing(region: str) -> list[dict[str, Any]]:
    """Each level with what stands and what stood before. Four statements."""
    rows = []
    for level, word in LEVELS.items():
        if level < level_of(region):
            continue
        now, before = (_summed(shapes_in(model, region, level)) for model in (Boundary, FormerBoundary))
        may_undo = bool(now or before)
        rows.append(
            {"level": level, "word": word, "now": now, "before": before, "may_undo": may_undo, "act_id": new_id()}
        )
    return rows


def _summed(shapes: Any) -> str:
    """35 bentuk dari Bappeda, dimuat 3 November 2026; empty for none."""
    one = shapes.aggregate(count=Count("pk"), source=Max("source"), at=Max("loaded_at"))
    if not one["count"]:
        return ""
    words = {"count": one["count"], "source": one["source"], "at": format_date(today_in(NATION, one["at"]))}
    return _("%(count)s bentuk dari %(source)s, dimuat %(at)s") % words


def _name(region: str) -> str:
    return NATION_NAME if region == NATION else region_name(region)

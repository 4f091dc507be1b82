"""The register as a file: for what, in which form, with or without specific facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.people.exporting import export_residents
from desmigratif.people.rules.register_sheet.give import FORMATS, REASONS
from desmigratif.people.views.common import as_desk, village_for
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class ExportForm(forms.Form):
    """For what the file is, which form it has, and whether specific facts go along."""

    reason = forms.ChoiceField(
        label=_("Untuk apa berkas ini?"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dulu untuk apa berkas ini.")},
    )
    format = forms.ChoiceField(
        label=_("Bentuk berkas"), choices=list(FORMATS.items()), widget=forms.RadioSelect, initial="xlsx"
    )
    with_specific = forms.BooleanField(
        label=_("Sertakan data khusus"),
        required=False,
        help_text=_("Agama, suku, golongan darah, disabilitas, KB, dan kehamilan. Biarkan kosong bila tidak perlu."),
    )

    def __init__(self, *args: Any, may_see_specific: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal: list[Reason] = []
        if not may_see_specific:
            del self.fields["with_specific"]


@scoped(Permission.RESIDENT_EXPORT, methods=("GET", "POST"))
def export(request: HttpRequest) -> HttpResponse:
    """Ask what for, then answer with the file; without its trace there is no file."""
    desk = as_desk(request)
    village_code = village_for(desk.actor, Permission.RESIDENT_EXPORT)
    may_see = desk.actor.may(Permission.RESIDENT_SPECIFIC_SEE, village_code)
    form = ExportForm(request.POST or None, may_see_specific=may_see)
    if request.method == "POST" and form.is_valid():
        try:
            made = export_residents(village_code, by=desk.actor, now=desk.now, **form.cleaned_data)
        except NotFoundOrNotYours:
            raise
        except Refusal as refusal:
            form.refusal = list(refusal.reasons)
            return render(request, "people/export.html", {"form": form})
        answer = HttpResponse(made.content, content_type=made.content_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return render(request, "people/export.html", {"form": form})

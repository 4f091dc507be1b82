"""A caregiver's address, to be handed over on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.documents.rules.qr import qr_code
from desmigratif.parenting.caregiver_links import address_of
from desmigratif.parenting.forms.links import LinkForm
from desmigratif.parenting.models import CaregiverLink
from desmigratif.parenting.views.child import BOTH, place, writing
from desmigratif.parenting.views.common import act_page, strip


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def caregiver_link(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The address of this child's caregiver; a new one ends the old."""
    desk, one, today = writing(request, child_id, "child.opened")
    rows = CaregiverLink.objects.in_village(one.village_code).filter(caregiver=one.caregiver_id, ended_on=None)
    standing = rows.first() if one.caregiver_id else None
    form = LinkForm(request.POST or None)
    address = address_of(standing.id) if standing else ""
    return act_page(
        desk, form, "make_caregiver_link",
        lambda: {
            "link_id": form.cleaned_data["link_id"], "child_id": one.id, "village_code": one.village_code, "on": today,
        },
        said=_("Tautan baru sudah jadi. Yang lama tidak berlaku lagi."), then=place("caregiver_link", one),
        template="parenting/caregiver_link.html", heading=_("Tautan pengasuh"), child=one, address=address,
        standing=standing, person=strip(one.resident, today), recorded=True,
        qr=qr_code(address).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None) if address else "",
    )  # fmt: skip

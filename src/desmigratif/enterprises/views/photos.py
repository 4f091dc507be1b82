"""A photo of goods or of a machine."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.documents.rules.copies import JPEG
from desmigratif.enterprises.models import Photo
from desmigratif.enterprises.views.common import as_desk


@scoped(P.ENTERPRISE_SEE)
def photo(request: HttpRequest, goods_photo_id: UUID) -> HttpResponse:
    """The picture itself, to be shown in a page."""
    desk = as_desk(request)
    found = get_or_refuse(Photo.objects.visible_to(desk.actor), "goods_photo_id", id=goods_photo_id)
    answer = HttpResponse(bytes(found.content), content_type=JPEG)
    answer.headers["Content-Disposition"] = 'inline; filename="foto.jpg"'
    return answer

"""Addresses of the service centre, at /pelayanan/."""

from __future__ import annotations

from django.urls import path

from desmigratif.cases.views import letters, offers, plans, talks, visits

app_name = "cases"
urlpatterns = [
    path("tamu/", visits.visits, name="visits"),
    path("tamu/baru/", visits.record_visit, name="record_visit"),
    path("tamu/<uuid:visit_id>/selesai/", visits.finish_visit, name="finish_visit"),
    path("rencana/", plans.cases, name="cases"),
    path("rencana/baru/", plans.open_case, name="open_case"),
    path("rencana/<uuid:case_id>/", plans.case, name="case"),
    path("rencana/<uuid:case_id>/batal/", plans.withdraw_case, name="withdraw_case"),
    path("rencana/<uuid:case_id>/periksa/", offers.check_offer, name="check_offer"),
    path("periksa/<uuid:check_id>/", offers.offer_result, name="offer_result"),
    path("rencana/<uuid:case_id>/keluarga/", talks.record_family_talk, name="record_family_talk"),
    path("rencana/<uuid:case_id>/surat/", letters.issue_letter, name="issue_letter"),
]

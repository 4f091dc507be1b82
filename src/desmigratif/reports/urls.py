"""Addresses of reports: the village's month, regions, the inbox, and open data for the public."""

from __future__ import annotations

from django.urls import path

from desmigratif.reports.views import inbox, monthly, public, region

app_name = "reports"
urlpatterns = [
    path("laporan/", monthly.monthly_reports, name="monthly_reports"),
    path("laporan/tulis/", monthly.write_report, name="write_report"),
    path("laporan/wilayah/", region.region_report, name="region_report"),
    path("laporan/kotak/", inbox.report_inbox, name="report_inbox"),
    path("laporan/<uuid:village_report_id>/", monthly.village_report, name="village_report"),
    path("laporan/<uuid:village_report_id>/langkah/", monthly.report_step, name="report_step"),
    path("publik/data/", public.open_data, name="open_data"),
]

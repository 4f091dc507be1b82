"""Every address, by door."""

from __future__ import annotations

from django.urls import include, path

import desmigratif.config.actions  # noqa: F401  the door knows every action before the first request

urlpatterns = [
    path("", include("desmigratif.desk.urls")),
    path("", include("desmigratif.portal.urls")),
    path("", include("desmigratif.sync.urls")),
    path("warga/", include("desmigratif.people.urls")),
    path("", include("desmigratif.people.urls_search")),
    path("daftar/", include("desmigratif.placement.urls")),
    path("pelayanan/", include("desmigratif.cases.urls")),
    path("surat/", include("desmigratif.documents.urls")),
    path("usaha/", include("desmigratif.enterprises.urls")),
    path("koperasi/", include("desmigratif.cooperative.urls")),
    path("rumah-belajar/", include("desmigratif.parenting.urls")),
    path("", include("desmigratif.access.urls")),
    path("program/", include("desmigratif.programme.urls")),
    path("ukuran/", include("desmigratif.indicators.urls")),
    path("kokpit/", include("desmigratif.indicators.urls_cockpit")),
    path("", include("desmigratif.reports.urls")),
    path("ekstrak/", include("desmigratif.extracts.urls")),
    path("analisis/", include("desmigratif.analysis.urls")),
    path("wilayah/", include("desmigratif.regions.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("akun/", include("allauth.account.urls")),
]
handler500 = "desmigratif.desk.trouble.server_error"

"""Every address, by door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("akun/", include("allauth.account.urls")),
]

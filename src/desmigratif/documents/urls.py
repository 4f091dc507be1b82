"""Addresses of letters, at /surat/."""

from __future__ import annotations

from django.urls import path

from desmigratif.documents import views, views_archive

app_name = "documents"
urlpatterns = [
    path("", views_archive.letters, name="letters"),
    path("buku/", views_archive.letter_book, name="letter_book"),
    path("cetak.pdf", views_archive.letters_pdf, name="letters_pdf"),
    path("kantor/", views.office, name="office"),
    path("<uuid:letter_id>/", views.letter, name="letter"),
    path("<uuid:letter_id>/surat.pdf", views.letter_page, name="letter_pdf"),
    path("<uuid:letter_id>/cabut/", views.revoke_letter, name="revoke_letter"),
]

"""Addresses of the pages on people, under `/warga/`."""

from __future__ import annotations

from django.urls import path

from desmigratif.people.views import (
    envelopes,
    exporting,
    hand_overs,
    households,
    importing,
    lists,
    merging,
    moving,
    people,
    protection,
)

app_name = "people"
urlpatterns = [
    path("", lists.residents, name="residents"),
    path("keluarga/baru/", households.new_household, name="new_household"),
    path("keluarga/<uuid:household_id>/", households.household, name="household"),
    path("keluarga/<uuid:household_id>/perbaiki/", households.correct_household, name="correct_household"),
    path("keluarga/<uuid:household_id>/anggota/", households.new_member, name="new_member"),
    path("keluarga/<uuid:household_id>/sesuai/", households.settle_doubt, name="settle_doubt"),
    path("keluarga/<uuid:household_id>/serahkan/", hand_overs.hand_over_household, name="hand_over_household"),
    path("titipan/", envelopes.sealed_notes, name="sealed_notes"),
    path("titipan/kunci/", envelopes.make_key, name="make_protective_key"),
    path("serahan/", hand_overs.hand_overs, name="hand_overs"),
    path("serahan/<uuid:hand_over_id>/jawab/", hand_overs.answer_hand_over, name="answer_hand_over"),
    path("ekspor/", exporting.export, name="export"),
    path("kembar/", merging.doubles, name="doubles"),
    path("kembar/<uuid:kept_id>/<uuid:merged_id>/", merging.compare, name="compare"),
    path("kembar/<uuid:kept_id>/<uuid:merged_id>/berbeda/", merging.tell_apart, name="tell_apart"),
    path("kembar/<uuid:merge_id>/pisahkan/", merging.unmerge, name="unmerge"),
    path("pindahan/", moving.arrivals, name="arrivals"),
    path("pindahan/<uuid:move_id>/", moving.accept, name="accept_resident"),
    path("impor/", importing.upload, name="import"),
    path("impor/contoh.xlsx", importing.template, name="import_template"),
    path("impor/riwayat/", importing.history, name="import_history"),
    path("impor/<uuid:batch_id>/", importing.batch, name="import_batch"),
    path("impor/<uuid:batch_id>/batalkan/", importing.undo_batch, name="undo_import"),
    path("<uuid:resident_id>/", people.resident, name="resident"),
    path("<uuid:resident_id>/buka/", people.unmask, name="unmask"),
    path("<uuid:resident_id>/perbaiki/", people.correct_resident, name="correct_resident"),
    path("<uuid:resident_id>/pindah/", moving.transfer, name="transfer_resident"),
    path("<uuid:resident_id>/perlindungan/", protection.protection, name="protection"),
    path("<uuid:resident_id>/perlindungan/akhiri/", protection.end_protection, name="end_protection"),
    path("<uuid:resident_id>/hp/", people.add_phone, name="add_phone"),
    path("<uuid:resident_id>/kontak/", people.contact_wish, name="contact_wish"),
    path("<uuid:resident_id>/persetujuan/<slug:purpose>/", people.consent, name="consent"),
    path("<uuid:resident_id>/persetujuan/<uuid:consent_id>/tarik/", people.withdraw_consent, name="withdraw_consent"),
    path("<uuid:resident_id>/keterangan/<uuid:fact_id>/", people.choose_fact, name="choose_fact"),
]

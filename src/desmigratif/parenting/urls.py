"""Addresses of the learning centre, at /rumah-belajar/."""

from __future__ import annotations

from django.urls import path

from desmigratif.parenting.views import barred, calls, centres, child, children, growing, links, sessions, worries

app_name = "parenting"
urlpatterns = [
    path("anak/", children.children, name="children"),
    path("anak/daftar/", children.enrol, name="enrol"),
    path("anak/<uuid:child_id>/telepon/", calls.agree_call, name="agree_call"),
    path("telepon/", calls.calls, name="calls"),
    path("telepon/<uuid:call_slot_id>/", calls.record_call, name="record_call"),
    path("", centres.centres, name="centres"),
    path("buka/", centres.open_centre, name="open_centre"),
    path("larangan/", barred.barred, name="barred"),
    path("larangan/<uuid:barred_id>/cabut/", barred.unbar, name="unbar"),
    path("jadwal/<uuid:timetable_slot_id>/akhiri/", sessions.end_slot, name="end_slot"),
    path("relawan/<uuid:volunteer_id>/", centres.volunteer, name="volunteer"),
    path("relawan/<uuid:volunteer_id>/berhenti/", centres.end_volunteer, name="end_volunteer"),
    path("kegiatan/<uuid:session_id>/hadir/", sessions.roll, name="roll"),
    path("kegiatan/<uuid:session_id>/nilai/", sessions.scores, name="scores"),
    path("kegiatan/<uuid:session_id>/batal/", sessions.cancel, name="cancel"),
    path("<uuid:centre_id>/", centres.centre, name="centre"),
    path("<uuid:centre_id>/kalender/", sessions.month, name="month"),
    path("<uuid:centre_id>/rencanakan/", sessions.plan_month, name="plan_month"),
    path("<uuid:centre_id>/tambah/", sessions.plan, name="plan"),
    path("<uuid:centre_id>/jadwal/", sessions.timetable, name="timetable"),
    path("<uuid:centre_id>/lembar/", sessions.sheet, name="sheet"),
    path("<uuid:centre_id>/relawan/", centres.volunteers, name="volunteers"),
    path("<uuid:centre_id>/barang/", centres.things, name="things"),
    path("<uuid:centre_id>/tema/", centres.themes, name="themes"),
    path("<uuid:centre_id>/tutup/", centres.close_centre, name="close_centre"),
    path("anak/<uuid:child_id>/", child.child, name="child"),
    path("anak/<uuid:child_id>/ubah/", child.change_child, name="change_child"),
    path("anak/<uuid:child_id>/keluar/", child.leave_centre, name="leave_centre"),
    path("anak/<uuid:child_id>/tautan/", links.caregiver_link, name="caregiver_link"),
    path("anak/<uuid:child_id>/rencana/", child.child_plan, name="child_plan"),
    path("anak/<uuid:child_id>/khawatir/", worries.write_worry, name="write_worry"),
    path("anak/<uuid:child_id>/<int:year>/<int:quarter>/", growing.record_quarter, name="record_quarter"),
    path("anak/<uuid:child_id>/<int:year>/<int:quarter>/surat/", growing.letter, name="letter"),
    path("anak/<uuid:child_id>/<int:year>/<int:quarter>/surat/pdf/", growing.letter_pdf, name="letter_pdf"),
    path("khawatir/", worries.worries, name="worries"),
    path("khawatir/<uuid:worry_id>/", worries.worry, name="worry"),
    path("khawatir/<uuid:worry_id>/rujuk/", worries.ask_for_referral, name="ask_for_referral"),
]

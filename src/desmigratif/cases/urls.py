"""Addresses of the service centre, at /pelayanan/."""

from __future__ import annotations

from django.urls import path

from desmigratif.cases.views import (
    batch_letters,
    case_list,
    costs,
    journey,
    letters,
    offers,
    offices,
    papers,
    plans,
    rights,
    sending,
    talks,
    village_letters,
    visits,
)

app_name = "cases"
urlpatterns = [
    path("tamu/", visits.visits, name="visits"),
    path("tamu/baru/", visits.record_visit, name="record_visit"),
    path("tamu/<uuid:visit_id>/selesai/", visits.finish_visit, name="finish_visit"),
    path("rencana/", case_list.cases, name="cases"),
    path("rencana/baru/", plans.open_case, name="open_case"),
    path("rencana/di-luar-negeri/", journey.found_abroad, name="found_abroad"),
    path("rencana/<uuid:case_id>/", plans.case, name="case"),
    path("rencana/<uuid:case_id>/batal/", plans.withdraw_case, name="withdraw_case"),
    path("rencana/<uuid:case_id>/periksa/", offers.check_offer, name="check_offer"),
    path("periksa/<uuid:check_id>/", offers.offer_result, name="offer_result"),
    path("rencana/<uuid:case_id>/keluarga/", talks.record_family_talk, name="record_family_talk"),
    path("rencana/<uuid:case_id>/penjelasan/", journey.record_information, name="record_information"),
    path("rencana/<uuid:case_id>/berangkat/", journey.record_departure, name="record_departure"),
    path("rencana/<uuid:case_id>/berhenti/", journey.exit_case, name="exit_case"),
    path("rencana/<uuid:case_id>/biaya/", costs.costs, name="costs"),
    path("biaya/<uuid:cost_id>/coret/", costs.strike_out_cost, name="strike_out_cost"),
    path("rencana/<uuid:case_id>/dokumen/", papers.papers, name="papers"),
    path("rencana/<uuid:case_id>/dokumen/<slug:paper>/", papers.record_paper, name="record_paper"),
    path("rencana/<uuid:case_id>/dokumen/<slug:paper>/salinan/", papers.paper_copy, name="paper_copy"),
    path(
        "rencana/<uuid:case_id>/dokumen/<slug:paper>/salinan/isi/", papers.paper_copy_content, name="paper_copy_content"
    ),
    path("rencana/<uuid:case_id>/dokumen/<slug:paper>/hapus/", papers.remove_paper_copy, name="remove_paper_copy"),
    path("rencana/<uuid:case_id>/minta-surat/", rights.ask_for_letter, name="ask_for_letter"),
    path("permintaan/<uuid:request_id>/tolak/", rights.refuse_letter, name="refuse_letter"),
    path("permintaan/<uuid:late_id>/keberatan/", rights.make_objection, name="make_objection"),
    path("keberatan/", rights.objections, name="objections"),
    path("keberatan/<uuid:objection_id>/", rights.objection, name="objection"),
    path("keberatan/<uuid:objection_id>/jawab/", rights.answer_objection, name="answer_objection"),
    path("langkah/<uuid:step_id>/", journey.step, name="step"),
    path("langkah/<uuid:step_id>/pemegang/", journey.take_step, name="take_step"),
    path("langkah/<uuid:step_id>/tertahan/", journey.hold_step, name="hold_step"),
    path("langkah/<uuid:step_id>/tidak-perlu/", journey.leave_out_step, name="leave_out_step"),
    path("langkah/<uuid:done_id>/betulkan/", journey.correct_step, name="correct_step"),
    path("surat/", village_letters.letters_of_resident, name="letters_of_resident"),
    path("surat/banyak/", batch_letters.batch_letters, name="batch_letters"),
    path("surat/baru/", village_letters.issue_village_letter, name="issue_village_letter"),
    path("surat/<uuid:letter_id>/ganti/", village_letters.replace_letter, name="replace_letter"),
    path("langkah/<uuid:step_id>/kirim/", sending.send_bundle, name="send_bundle"),
    path("berkas/", sending.bundles, name="bundles"),
    path("kantor/", offices.inbox, name="inbox"),
    path("kantor/<uuid:bundle_id>/", offices.bundle, name="bundle"),
    path("kantor/<uuid:bundle_id>/kembalikan/", offices.return_bundle, name="return_bundle"),
    path("kantor/<uuid:bundle_id>/jawab/", offices.answer_bundle, name="answer_bundle"),
    path("rencana/<uuid:case_id>/surat/", letters.issue_letter, name="issue_letter"),
]

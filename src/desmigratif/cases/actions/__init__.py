"""What people do at the service centre, by part of the journey: before, abroad, trouble, back.

Offers, letters and papers have rooms of their own. What all share stands here. Importing this registers every action.
"""

from desmigratif.cases.actions.abroad.alarms import review_stays
from desmigratif.cases.actions.abroad.leaving import exit_case, record_departure, record_found_abroad
from desmigratif.cases.actions.abroad.living import (
    change_contract,
    note_remittance,
    record_contact,
    record_stay,
    report_to_mission,
)
from desmigratif.cases.actions.abroad.status_codes import give_status_code
from desmigratif.cases.actions.back.reintegration import (
    assess_needs,
    finish_plan_step,
    migrate_again,
    plan_reintegration,
    record_aftercare,
    record_experience,
    settle_return,
)
from desmigratif.cases.actions.back.returns import confirm_origin, record_return, withdraw_return
from desmigratif.cases.actions.before.costs import record_cost, strike_out_cost
from desmigratif.cases.actions.before.information import record_information
from desmigratif.cases.actions.before.sheets import enter_sheet, print_sheets, spoil_sheet
from desmigratif.cases.actions.before.steps import (
    correct_step,
    hold_step,
    leave_out_step,
    record_step_result,
    take_step,
)
from desmigratif.cases.actions.before.visits import finish_visit, record_visit
from desmigratif.cases.actions.cases import check_offer, open_case, record_family_talk, withdraw_case
from desmigratif.cases.actions.letters.permission import issue_family_permission
from desmigratif.cases.actions.letters.rights import answer_objection, ask_for_letter, make_objection, refuse_letter
from desmigratif.cases.actions.letters.signatures import approve_letter, postpone_letter
from desmigratif.cases.actions.letters.village import issue_village_letter
from desmigratif.cases.actions.offer.alternatives import finish_follow_up, record_vacancy_outcome, relay_vacancy
from desmigratif.cases.actions.offer.brokers import report_broker, settle_broker_report
from desmigratif.cases.actions.papers.offices import accept_bundle, answer_bundle, return_bundle, send_bundle
from desmigratif.cases.actions.papers.papers import record_paper, remove_paper_copy
from desmigratif.cases.actions.trouble.complaint_door import answer_report, send_report
from desmigratif.cases.actions.trouble.complaint_money import add_complaint_evidence, record_complaint_money
from desmigratif.cases.actions.trouble.complaint_work import (
    hear_reporter,
    resolve_complaint,
    take_up_complaint,
    tie_complaint,
    triage_complaint,
    verify_complaint,
)
from desmigratif.cases.actions.trouble.complaints import record_complaint
from desmigratif.cases.actions.trouble.raising import raise_overdue
from desmigratif.cases.actions.trouble.referral_answers import answer_referral, record_referral_answer
from desmigratif.cases.actions.trouble.referral_letters import write_referral_letter
from desmigratif.cases.actions.trouble.referrals import confirm_referral, recall_referral, remind_body, send_referral

__all__ = [
    "accept_bundle",
    "add_complaint_evidence",
    "answer_bundle",
    "answer_objection",
    "answer_referral",
    "answer_report",
    "approve_letter",
    "ask_for_letter",
    "assess_needs",
    "change_contract",
    "check_offer",
    "confirm_origin",
    "confirm_referral",
    "correct_step",
    "enter_sheet",
    "exit_case",
    "finish_follow_up",
    "finish_plan_step",
    "finish_visit",
    "give_status_code",
    "hear_reporter",
    "hold_step",
    "issue_family_permission",
    "issue_village_letter",
    "leave_out_step",
    "make_objection",
    "migrate_again",
    "note_remittance",
    "open_case",
    "plan_reintegration",
    "postpone_letter",
    "print_sheets",
    "raise_overdue",
    "recall_referral",
    "record_aftercare",
    "record_complaint",
    "record_complaint_money",
    "record_contact",
    "record_cost",
    "record_departure",
    "record_experience",
    "record_family_talk",
    "record_found_abroad",
    "record_information",
    "record_paper",
    "record_referral_answer",
    "record_return",
    "record_stay",
    "record_step_result",
    "record_vacancy_outcome",
    "record_visit",
    "refuse_letter",
    "relay_vacancy",
    "remind_body",
    "remove_paper_copy",
    "report_broker",
    "report_to_mission",
    "resolve_complaint",
    "return_bundle",
    "review_stays",
    "send_bundle",
    "send_referral",
    "send_report",
    "settle_broker_report",
    "settle_return",
    "spoil_sheet",
    "strike_out_cost",
    "take_step",
    "take_up_complaint",
    "tie_complaint",
    "triage_complaint",
    "verify_complaint",
    "withdraw_case",
    "withdraw_return",
    "write_referral_letter",
]

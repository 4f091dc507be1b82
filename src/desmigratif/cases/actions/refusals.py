"""Refusals of the service centre, by name."""

from desmigratif.shared.reasons import Refusal


class CannotRecordVisit(Refusal):
    code = "cannot_record_visit"


class CannotOpenCase(Refusal):
    code = "cannot_open_case"


class CaseIsClosed(Refusal):
    code = "case_is_closed"


class CannotRecordTalk(Refusal):
    code = "cannot_record_talk"


class CannotIssueLetter(Refusal):
    code = "cannot_issue_letter"


class CannotTakeStep(Refusal):
    code = "cannot_take_step"


class CannotExit(Refusal):
    code = "cannot_exit"


class ChangedMeanwhile(Refusal):
    """Another officer wrote to the same step after this one looked at it."""

    code = "changed_meanwhile"


class CannotRecordCost(Refusal):
    code = "cannot_record_cost"


class CannotSendBundle(Refusal):
    code = "cannot_send_bundle"


class CannotAnswerBundle(Refusal):
    code = "cannot_answer_bundle"


class CannotSign(Refusal):
    code = "cannot_sign"


class CannotAnswerRequest(Refusal):
    code = "cannot_answer_request"


class CannotGiveStatusCode(Refusal):
    code = "cannot_give_status_code"


class CannotObject(Refusal):
    code = "cannot_object"


class CannotRecordPaper(Refusal):
    code = "cannot_record_paper"


class CannotFollowUp(Refusal):
    code = "cannot_follow_up"


class CannotRelayVacancy(Refusal):
    code = "cannot_relay_vacancy"


class CannotReportBroker(Refusal):
    code = "cannot_report_broker"


class CannotUseSheet(Refusal):
    code = "cannot_use_sheet"


class CannotRecordComplaint(Refusal):
    code = "cannot_record_complaint"


class CannotMoveComplaint(Refusal):
    code = "cannot_move_complaint"


class CannotRecordAbroad(Refusal):
    """Something about a stay abroad cannot be written down."""

    code = "cannot_record_abroad"


class CannotRecordReturn(Refusal):
    code = "cannot_record_return"


class CannotReintegrate(Refusal):
    code = "cannot_reintegrate"


class CannotRefer(Refusal):
    code = "cannot_refer"


class CannotAnswerReferral(Refusal):
    code = "cannot_answer_referral"


class CannotKeepLateAnswer(Refusal):
    """A link that holds no more, and enough was said by it already."""

    code = "cannot_keep_late_answer"

"""What a role may do, NOUN_VERB. Stable codes: they are stored and checked, never renamed."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    RESIDENT_SEE = "resident.see"  # lists, household pages, masked numbers
    RESIDENT_UNMASK = "resident.unmask"  # full NIK, KK, phone, one at a time, each an event
    RESIDENT_SPECIFIC_SEE = "resident.specific_see"  # health, religion, finance, children's facts
    PROTECTIVE_SEE = "protective.see"  # a safe address; nobody in the village has it
    PROTECTIVE_RECORD = "protective.record"
    RESIDENT_REGISTER = "resident.register"
    RESIDENT_IMPORT = "resident.import"
    RESIDENT_EXPORT = "resident.export"  # the register as a file, each an event with its reason
    RESIDENT_TRACE_SEE = "resident.trace_see"  # who looked at a resident's data, to hand it to them on paper
    CONSENT_RECORD = "consent.record"
    CASE_SEE = "case.see"
    VISIT_RECORD = "visit.record"
    CASE_OPEN = "case.open"
    OFFER_CHECK = "offer.check"
    FAMILY_TALK_RECORD = "family_talk.record"
    OBJECTION_ANSWER = "objection.answer"  # the regency's answer to an objection against a village
    BUNDLE_ANSWER = "bundle.answer"  # an office's answer to papers that a village sent to it; nothing else of the file
    REFERRAL_SEND = "referral.send"  # hand somebody's matter, with chosen fields, to a body outside
    REFERRAL_ANSWER = "referral.answer"  # a body's answer to what was referred to it; nothing else of the file
    BROKER_SEE = "broker.see"  # recruiters and what people complain of; an accused person is a person
    BROKER_REPORT = "broker.report"
    BROKER_SETTLE = "broker.settle"  # the regency says what came out of a complaint
    COMPLAINT_SEE = "complaint.see"  # who is in trouble; what is protective only above the village
    COMPLAINT_RECORD = "complaint.record"
    COMPLAINT_HANDLE = "complaint.handle"  # triage, verify, resolve, hear the reporter
    COMPLAINT_SEND = "complaint.send"  # the public door: put a report in and nothing else
    EMERGENCY_SEARCH = "emergency.search"  # find anybody by name or passport when a life or a body cannot wait
    LETTER_SEE = "letter.see"
    LETTER_ISSUE = "letter.issue"
    LETTER_APPROVE = "letter.approve"  # the head's yes before a letter is written
    LETTER_REVOKE = "letter.revoke"
    LIST_SEE = "list.see"  # the national lists: agencies, job orders, destinations; no person stands in them
    LIST_LOAD = "list.load"  # load a newer one, for everybody in the region of who loads it
    VILLAGE_SET_UP = "village.set_up"
    ACCOUNT_MANAGE = "account.manage"
    SECOND_FACTOR_RESTORE = "second_factor.restore"  # agree, as the second person, to take a lost one away
    AUDIT_READ = "audit.read"
    HAND_OVER_SEE = "hand_over.see"  # everything left open in a village, for the next officer
    FIGURES_SEE = "figures.see"
    FIGURES_SET = "figures.set"  # what a region aims at; and, for the whole country, which months are published
    PROGRAMME_RECORD = "programme.record"  # which villages are in a programme, and the steps they took
    PLEDGE_MAKE = "pledge.make"  # what a body will bring to a village; a body writes down its own
    PLEDGE_ANSWER = "pledge.answer"  # the village says whether it came
    TASK_FINISH = "task.finish"  # close a shared task that one owns
    BUDGET_RECORD = "budget.record"  # money of the programme in a village, by year and source
    REPORT_SEE = "report.see"  # monthly reports of villages: figures, and words that may name somebody
    REPORT_WRITE = "report.write"  # write and sign a village's monthly report
    REPORT_SIGN = "report.sign"  # the head's signature, with which it goes to the regency
    REPORT_ACCEPT = "report.accept"  # the regency takes a report or sends it back with a remark
    REPORT_FILL = "report.fill"  # make what somebody asked to get by itself; the clock's own
    EXTRACT_SEE = "extract.see"  # the register of de-identified extracts: who asked for what and why
    EXTRACT_ASK = "extract.ask"
    EXTRACT_APPROVE = "extract.approve"  # say yes or no to what somebody else asked for
    EXTRACT_END = "extract.end"  # destroy a file on its day; the clock's own
    ENTERPRISE_SEE = "enterprise.see"  # groups, who belongs to them, what they make and earn
    ENTERPRISE_MENTOR = "enterprise.mentor"  # invite, train, form and help groups along
    ENTERPRISE_MONTH = "enterprise.month"  # write down the month of a group; its treasurer by the group's own link
    COOPERATIVE_SEE = "cooperative.see"  # members' accounts, loans and the books
    COOPERATIVE_FIGURES = "cooperative.figures"  # sums of each cooperative for the office above it, nobody's name
    COOPERATIVE_SET_UP = "cooperative.set_up"
    MEMBER_MANAGE = "member.manage"
    MONEY_TAKE = "money.take"  # the till: savings, withdrawals, instalments
    MONEY_APPROVE = "money.approve"  # agree, as the second person, to what is above a limit
    LOAN_DECIDE = "loan.decide"
    BOOKS_POST = "books.post"  # entries by hand, opening balances, reversals
    PERIOD_CLOSE = "period.close"
    CHILD_SEE = "child.see"  # children of the learning centre: name, age, class, caregiver; no file of a resident
    CHILD_RECORD = "child.record"  # enrol them, and write down how they do
    CHILD_TELL = "child.tell"  # that a call was made, and a worry; a caregiver by a link, of the own children
    WORRY_SEE = "worry.see"  # a worry about a child, for whom it names as its readers; nobody else
    CENTRE_SEE = "centre.see"  # the learning centre: its place, timetable and what was held; no child
    BARRED_KEEP = "barred.keep"  # the list of those who may not be with children; no name stands in it
    CENTRE_RUN = "centre.run"  # plan and hold sessions, the roll call, classes of caregivers

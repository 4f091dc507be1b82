"""Inputs of the service centre's actions, by noun."""

from desmigratif.cases.inputs.abroad import (
    ChangeContract,
    NoteRemittance,
    RecordContact,
    RecordStay,
    ReportToMission,
    ReviewStays,
    StayFacts,
)
from desmigratif.cases.inputs.alternatives import FinishFollowUp, RecordVacancyOutcome, RelayVacancy
from desmigratif.cases.inputs.brokers import ReportBroker, SettleBrokerReport
from desmigratif.cases.inputs.cases import (
    CheckOffer,
    ExitCase,
    IssueFamilyPermission,
    OpenCase,
    RecordDeparture,
    RecordFamilyTalk,
    RecordFoundAbroad,
    WithdrawCase,
)
from desmigratif.cases.inputs.common import Few, StepCode, VillageCode
from desmigratif.cases.inputs.complaints import (
    AddComplaintEvidence,
    HearReporter,
    RecordComplaint,
    RecordComplaintMoney,
    ResolveComplaint,
    TakeUpComplaint,
    TriageComplaint,
    VerifyComplaint,
)
from desmigratif.cases.inputs.offices import AcceptBundle, AnswerBundle, ReturnBundle, SendBundle
from desmigratif.cases.inputs.papers import RecordPaper, RemovePaperCopy
from desmigratif.cases.inputs.rights import AnswerObjection, AskForLetter, MakeObjection, RefuseLetter
from desmigratif.cases.inputs.sheets import EnterSheet, PrintSheets, SpoilSheet
from desmigratif.cases.inputs.signatures import ApproveLetter, PostponeLetter
from desmigratif.cases.inputs.steps import (
    CorrectStep,
    HoldStep,
    LeaveOutStep,
    RecordCost,
    RecordInformation,
    RecordStepResult,
    StrikeOutCost,
    TakeStep,
)
from desmigratif.cases.inputs.village_letters import IssueVillageLetter
from desmigratif.cases.inputs.visits import FinishVisit, Place, Purpose, RecordVisit

__all__ = [
    "AcceptBundle",
    "AddComplaintEvidence",
    "AnswerBundle",
    "AnswerObjection",
    "ApproveLetter",
    "AskForLetter",
    "ChangeContract",
    "CheckOffer",
    "CorrectStep",
    "EnterSheet",
    "ExitCase",
    "Few",
    "FinishFollowUp",
    "FinishVisit",
    "HearReporter",
    "HoldStep",
    "IssueFamilyPermission",
    "IssueVillageLetter",
    "LeaveOutStep",
    "MakeObjection",
    "NoteRemittance",
    "OpenCase",
    "Place",
    "PostponeLetter",
    "PrintSheets",
    "Purpose",
    "RecordComplaint",
    "RecordComplaintMoney",
    "RecordContact",
    "RecordCost",
    "RecordDeparture",
    "RecordFamilyTalk",
    "RecordFoundAbroad",
    "RecordInformation",
    "RecordPaper",
    "RecordStay",
    "RecordStepResult",
    "RecordVacancyOutcome",
    "RecordVisit",
    "RefuseLetter",
    "RelayVacancy",
    "RemovePaperCopy",
    "ReportBroker",
    "ReportToMission",
    "ResolveComplaint",
    "ReturnBundle",
    "ReviewStays",
    "SendBundle",
    "SettleBrokerReport",
    "SpoilSheet",
    "StayFacts",
    "StepCode",
    "StrikeOutCost",
    "TakeStep",
    "TakeUpComplaint",
    "TriageComplaint",
    "VerifyComplaint",
    "VillageCode",
    "WithdrawCase",
]

"""Tables of the service centre, by noun."""

from desmigratif.cases.models.abroad import (
    ChangeKind,
    Contact,
    ContactFrom,
    ContractChange,
    RemittanceNote,
    ReportedHow,
    Stay,
)
from desmigratif.cases.models.alternatives import FollowUp, FollowUpOutcome, VacancyOutcome, VacancyRelay
from desmigratif.cases.models.brokers import Broker, BrokerMet, BrokerReport, Finding, RecruiterComplaint
from desmigratif.cases.models.cases import (
    ABROAD,
    ENDED,
    LEFT,
    Case,
    CaseState,
    FamilyTalk,
    OfferCheck,
    ProceduralStatus,
)
from desmigratif.cases.models.complaints import (
    Channel,
    Complaint,
    ComplaintMoney,
    ComplaintMove,
    ComplaintState,
    Evidence,
    EvidenceWhat,
    MoneyItem,
    Relation,
    Tier,
)
from desmigratif.cases.models.offices import AT_OFFICE, Bundle, BundleState
from desmigratif.cases.models.papers import Paper
from desmigratif.cases.models.rights import LetterRequest, Objection, ObjectionAnswer
from desmigratif.cases.models.sheets import Sheet, SheetKind, SheetSpoiled
from desmigratif.cases.models.signatures import HeadAnswer, HeadDecision
from desmigratif.cases.models.steps import CaseCost, CaseStep, StepCorrection, StepState, TopicTold
from desmigratif.cases.models.visits import Visit

__all__ = [
    "ABROAD",
    "AT_OFFICE",
    "ENDED",
    "LEFT",
    "Broker",
    "BrokerMet",
    "BrokerReport",
    "Bundle",
    "BundleState",
    "Case",
    "CaseCost",
    "CaseState",
    "CaseStep",
    "ChangeKind",
    "Channel",
    "Complaint",
    "ComplaintMoney",
    "ComplaintMove",
    "ComplaintState",
    "Contact",
    "ContactFrom",
    "ContractChange",
    "Evidence",
    "EvidenceWhat",
    "FamilyTalk",
    "Finding",
    "FollowUp",
    "FollowUpOutcome",
    "HeadAnswer",
    "HeadDecision",
    "LetterRequest",
    "MoneyItem",
    "Objection",
    "ObjectionAnswer",
    "OfferCheck",
    "Paper",
    "ProceduralStatus",
    "RecruiterComplaint",
    "Relation",
    "RemittanceNote",
    "ReportedHow",
    "Sheet",
    "SheetKind",
    "SheetSpoiled",
    "Stay",
    "StepCorrection",
    "StepState",
    "Tier",
    "TopicTold",
    "VacancyOutcome",
    "VacancyRelay",
    "Visit",
]

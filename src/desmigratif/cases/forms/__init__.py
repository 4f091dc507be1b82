"""How the screens of the service centre fill the inputs of its actions."""

from desmigratif.cases.forms.letter import LetterForm
from desmigratif.cases.forms.offer import OfferCheckForm
from desmigratif.cases.forms.plan import OpenCaseForm, WithdrawForm
from desmigratif.cases.forms.talk import FamilyTalkForm
from desmigratif.cases.forms.visit import FinishVisitForm, VisitForm

__all__ = [
    "FamilyTalkForm",
    "FinishVisitForm",
    "LetterForm",
    "OfferCheckForm",
    "OpenCaseForm",
    "VisitForm",
    "WithdrawForm",
]

"""How the screens of the service centre fill the inputs of its actions."""

from desmigratif.cases.forms.before.plans import OpenCaseForm, WithdrawForm
from desmigratif.cases.forms.before.talks import FamilyTalkForm
from desmigratif.cases.forms.before.visits import FinishVisitForm, VisitForm
from desmigratif.cases.forms.letters.permission import LetterForm
from desmigratif.cases.forms.offer.check import OfferCheckForm

__all__ = [
    "FamilyTalkForm",
    "FinishVisitForm",
    "LetterForm",
    "OfferCheckForm",
    "OpenCaseForm",
    "VisitForm",
    "WithdrawForm",
]

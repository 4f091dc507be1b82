"""What somebody could break, one promise at a time, and the tests that must turn red when they do.

`old` stands exactly once (or `times`) in `file` (of `src/desmigratif/`) and is replaced by `new`; `tests` are arguments
of pytest.
A patch that no longer fits is an error: the code moved on, and so must the patch.
Each stands in the file of the app whose code it breaks; what keeps the books of a cooperative, in `ledger`.
"""

from __future__ import annotations

from .access import ACCESS
from .analysis import ANALYSIS
from .audit import AUDIT
from .cases import CASES
from .cockpit import COCKPIT
from .config import CONFIG
from .cooperative import COOPERATIVE
from .documents import DOCUMENTS
from .extracts import EXTRACTS
from .figures import FIGURES
from .group_aid import GROUP_AID
from .groups import GROUPS
from .indicators import INDICATORS
from .learning_centre import LEARNING_CENTRE
from .ledger import LEDGER
from .parts import Patch
from .people import PEOPLE
from .portal import PORTAL
from .programme import PROGRAMME
from .regions import REGIONS
from .reports import REPORTS
from .shared import SHARED
from .sync import SYNC

__all__ = ["PATCHES", "Patch"]

PATCHES: tuple[Patch, ...] = (
    *ACCESS, *AUDIT, *PEOPLE, *DOCUMENTS, *CASES, *COOPERATIVE, *LEDGER, *SYNC, *PORTAL, *SHARED, *CONFIG, *REGIONS,
    *LEARNING_CENTRE, *GROUP_AID, *GROUPS, *PROGRAMME, *COCKPIT, *INDICATORS, *FIGURES,
    *REPORTS, *ANALYSIS, *EXTRACTS,
)  # fmt: skip

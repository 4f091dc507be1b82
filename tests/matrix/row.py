"""Who may reach what: written by hand and reviewed line by line, never derived from the code that it judges.

`kind` says what becomes of a person whose role fits but whose region does not:
- RECORD: the address names a record of Kuripan; who works elsewhere finds nothing (404);
- DESK: the page is about one's own region; who works elsewhere sees their own, nothing of Kuripan's;
- SELF: one's own account or page; whoever has signed in;
- OPEN: anybody, without a sign-in.
`MACHINE_*` are the same, answering with JSON: 401 instead of the sign-in page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matrix.people import ROLE_CODES

RECORD, DESK, SELF, OPEN, MACHINE_RECORD, MACHINE_DESK = (
    "record", "desk", "self", "open", "machine record", "machine desk",
)  # fmt: skip

OFFICER = frozenset({"village_officer"})
HEAD = frozenset({"village_head"})
COORDINATOR = frozenset({"regency_coordinator"})
REGISTRAR = frozenset({"registrar"})
PROTECTION = frozenset({"protection_officer"})
OFFICES = frozenset({"manpower_officer", "registrar", "protection_officer"})
ADMIN = frozenset({"administrator"})
PARTNER = frozenset({"partner"})
BOARD = frozenset({"cooperative_board"})
TREASURER = frozenset({"cooperative_treasurer"})
COOPERATIVE_OFFICE = frozenset({"cooperative_office"})
TILL = frozenset({"cooperative_cashier"}) | TREASURER
TUTOR = frozenset({"tutor"})
CENTRE = OFFICER | TUTOR
LOOKS_AT_CENTRES = CENTRE | COORDINATOR
WORRY = CENTRE | COORDINATOR
COOPERATIVE = BOARD | TILL | frozenset({"cooperative_supervisor"})
MENTOR = OFFICER | frozenset({"enterprise_mentor"})
ENTERPRISE = MENTOR | HEAD | COORDINATOR
EVERYBODY = ROLE_CODES
USES = ("enterprise", "saving", "education")  # of money sent home
FIGURES = (
    OFFICER | HEAD | COORDINATOR | COOPERATIVE | OFFICES | COOPERATIVE_OFFICE
    | frozenset({"tutor", "enterprise_mentor", "ministry_analyst", "auditor"})
)  # fmt: skip
SETTERS = COORDINATOR | frozenset({"ministry_analyst"})  # of targets and published months
READERS = OFFICER | HEAD | COORDINATOR  # who see files of residents


@dataclass(frozen=True)
class Row:
    """One address. `get`/`post`: what those it is for are answered in Kuripan. `sends`: what the form cannot know
    by itself. `query`: names a record of Kuripan where the path has none. `writes`: a post changes the village."""

    kind: str
    roles: frozenset[str]
    methods: str = "GET"
    get: tuple[int, ...] = (200,)
    post: tuple[int, ...] = (302,)
    sends: dict[str, Any] | None = None
    query: str = ""
    writes: bool = True
    only: frozenset[str] = frozenset()  # of the roles let in, those whose record it is; none said = all
    full_number: bool = False  # the answer shows one on purpose, and leaves a trace
    by_others: bool = False  # allauth's view: it may lead elsewhere before it looks at the method

    @property
    def is_machine(self) -> bool:
        return self.kind.startswith("machine")

    @property
    def is_record(self) -> bool:
        return self.kind.endswith("record")


BOTH = "GET POST"
ANY = (200, 302, 404)
OPEN_FORM = Row(OPEN, EVERYBODY, BOTH, get=ANY, post=ANY, writes=False, by_others=True)
OPEN_PAGE = Row(OPEN, EVERYBODY, get=ANY, by_others=True)
SELF_FORM = Row(SELF, EVERYBODY, BOTH, get=ANY, post=ANY, writes=False, by_others=True)
SELF_PAGE = Row(SELF, EVERYBODY, get=ANY, by_others=True)
VISITOR = {"purpose": "papers", "topics": ["costs"], "wait": ""}
PERSON = {"name": "Prenjak Baru", "sex": "M", "relation": "child", "known_to_differ": "on"}
CANDIDATE = {
    "name": "Prenjak Calon", "nik": "3307101207900088", "sex": "M", "birth_date": "12-07-1990", "address": "Krajan",
}  # fmt: skip
PUSHED = {
    "device": "hp-1",
    "actions": [
        {
            "id": "01920000-0000-7000-8000-00000000aaaa",
            "action": "cases.record_visit",
            "payload": {
                "visit_id": "01920000-0000-7000-8000-00000000bbbb", "village_code": "33.07.10.2004",
                "visitor_name": "Tamu HP", "on": "2026-11-23", "purpose": "papers",
            },
        }
    ],
}  # fmt: skip

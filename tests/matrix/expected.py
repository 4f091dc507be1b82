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
_ANY = (200, 302, 404)
_OPEN_FORM = Row(OPEN, EVERYBODY, BOTH, get=_ANY, post=_ANY, writes=False, by_others=True)
_OPEN_PAGE = Row(OPEN, EVERYBODY, get=_ANY, by_others=True)
_SELF_FORM = Row(SELF, EVERYBODY, BOTH, get=_ANY, post=_ANY, writes=False, by_others=True)
_SELF_PAGE = Row(SELF, EVERYBODY, get=_ANY, by_others=True)
_VISITOR = {"purpose": "papers", "topics": ["costs"], "wait": ""}
_PERSON = {"name": "Prenjak Baru", "sex": "M", "relation": "child", "known_to_differ": "on"}
_CANDIDATE = {
    "name": "Prenjak Calon", "nik": "3307101207900088", "sex": "M", "birth_date": "12-07-1990", "address": "Krajan",
}  # fmt: skip
_PUSHED = {
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

EXPECTED: dict[str, Row] = {
    # the desk
    "desk:home": Row(SELF, EVERYBODY),
    "desk:components": Row(SELF, EVERYBODY),
    "desk:health": Row(OPEN, EVERYBODY),
    "desk:favicon": Row(OPEN, EVERYBODY),
    "desk:security_txt": Row(OPEN, EVERYBODY),
    "desk:hand_over": Row(DESK, OFFICER | HEAD),
    "desk:first_week": Row(DESK, OFFICER, BOTH, sends={"tampil": "tidak"}),
    "desk:traces": Row(RECORD, OFFICER | HEAD),
    "desk:reviews": Row(DESK, OFFICER),
    "desk:review": Row(RECORD, OFFICER, BOTH, sends={"decision": "discard"}),
    # everybody's pages
    "portal:check_letter": Row(OPEN, EVERYBODY),
    # Without the ids that the page hands out nothing is sent; too many knocks at once are 429.
    "portal:report": Row(OPEN, EVERYBODY, BOTH, post=(200,), writes=False),
    "portal:status": Row(
        OPEN,
        EVERYBODY,
        BOTH,
        post=(200, 429),
        sends={"code": "7F3K-92QD-M4TX", "birth_date": "1990-01-01"},
        writes=False,
    ),
    # An address that nobody was given; what a true one shows and takes stands in the tests of referrals.
    "portal:own_accounts": Row(
        OPEN,
        EVERYBODY,
        BOTH,
        post=(200, 429),
        sends={"code": "AAAA-BBBB-CCCC", "birth_date": "01-01-1990"},
        writes=False,
    ),
    # Whoever guesses too often is sent away: every wrong address reads alike.
    "portal:month": Row(OPEN, EVERYBODY, BOTH, get=(404, 429), post=(404, 429), writes=False),
    "portal:answer": Row(OPEN, EVERYBODY, BOTH, get=(404, 429), post=(404, 429), writes=False),
    "portal:keys": Row(OPEN, EVERYBODY),
    "portal:service_worker": Row(OPEN, EVERYBODY),
    "portal:report_weakness": Row(OPEN, EVERYBODY),
    "regions:search": Row(OPEN, EVERYBODY, get=(200, 400)),
    "regions:children": Row(OPEN, EVERYBODY, get=(200, 400)),
    "regions:choose": Row(OPEN, EVERYBODY, get=(200, 400)),
    # phones
    "sync:push": Row(MACHINE_DESK, EVERYBODY, "POST", post=(200,), sends=_PUSHED),
    "sync:pull": Row(MACHINE_RECORD, READERS, query="village=33.07.10.2004&after=0"),
    "sync:service_worker": Row(OPEN, EVERYBODY),
    "sync:trial": Row(RECORD, OFFICER, query="desa=33.07.10.2004"),
    # national lists: no person stands in them
    "placement:lists": Row(DESK, READERS | ADMIN),
    "placement:agencies": Row(DESK, READERS | ADMIN),
    "placement:job_orders": Row(DESK, READERS | ADMIN),
    "placement:load": Row(DESK, ADMIN, BOTH, post=(200,), writes=False),
    # Another's upload is answered as one that is kept no longer: back to choosing one.
    "placement:tried": Row(DESK, ADMIN, BOTH, get=(302,), post=(302,), writes=False),
    # people
    "people:residents": Row(DESK, READERS),
    "people_search": Row(DESK, READERS, query="q=kanarina"),
    "people:new_household": Row(DESK, OFFICER, BOTH, sends={**_PERSON, "relation": "head"}),
    "people:household": Row(RECORD, READERS),
    "people:correct_household": Row(RECORD, OFFICER, BOTH, sends={"rt": "003", "reason": "Pindah", "source": "KK"}),
    "people:new_member": Row(RECORD, OFFICER, BOTH, sends=_PERSON),
    "people:settle_doubt": Row(RECORD, OFFICER, "POST", sends={"kind": "nik_doubt"}),
    "people:import": Row(DESK, OFFICER, BOTH, writes=False),
    "people:export": Row(
        DESK, OFFICER, BOTH, post=(200,), sends={"reason": "hand_over", "format": "csv"}, full_number=True
    ),
    "people:import_template": Row(DESK, OFFICER),
    "people:import_history": Row(DESK, OFFICER),
    # A batch of another village is answered as a sheet that is kept no longer: back to choosing one.
    "people:import_batch": Row(DESK, OFFICER, BOTH, post=(200,), writes=False),
    "people:undo_import": Row(RECORD, OFFICER, BOTH, post=(200, 302)),
    "people:doubles": Row(DESK, OFFICER),
    "people:compare": Row(RECORD, OFFICER, BOTH, sends={"reason": "KTP dan KK cocok"}),
    "people:tell_apart": Row(RECORD, OFFICER, "POST", sends={}),
    "people:unmerge": Row(RECORD, OFFICER, BOTH, sends={}),
    "people:transfer_resident": Row(
        RECORD, OFFICER, BOTH, sends={"where": "elsewhere", "to_village": "33.07.12.2007", "groups": ["identity"]}
    ),
    "people:arrivals": Row(DESK, OFFICER),
    "people:hand_over_household": Row(RECORD, OFFICER, BOTH, sends={"kind": "spouse_training"}),
    "people:hand_overs": Row(DESK, MENTOR | CENTRE | BOARD | TREASURER),
    # One for the learning centre: to the others it is not theirs.
    "people:answer_hand_over": Row(RECORD, MENTOR | CENTRE | BOARD | TREASURER, "POST", post=(302, 404)),
    "people:accept_resident": Row(
        RECORD, OFFICER, BOTH, sends={"hamlet": "Sawah", "rt": "003", "rw": "001", "relation": "head"}
    ),
    "people:resident": Row(RECORD, READERS),
    # What is kept there must not show in the village's own rows, so the village remembers no event of it.
    "people:protection": Row(RECORD, COORDINATOR, BOTH, sends={"address": "Rumah Bibi 7"}, writes=False),
    "people:end_protection": Row(RECORD, COORDINATOR, BOTH, sends={}, writes=False),
    # A coordinator of one village alone holds no regency's key: the page tells nothing, the key is not theirs to make.
    "people:sealed_notes": Row(DESK, COORDINATOR, BOTH, post=(200,), sends={"secret": "bukan kuncinya"}, writes=False),
    "people:make_protective_key": Row(DESK, COORDINATOR, BOTH, get=(200, 404), post=(200, 404), writes=False),
    "people:unmask": Row(RECORD, OFFICER, "POST", post=(200,), sends={"nomor": "nik"}, full_number=True),
    "people:correct_resident": Row(
        RECORD, OFFICER, BOTH, sends={"birth_place": "Temanggung", "reason": "Salah tulis", "source": "KTP"}
    ),
    "people:add_phone": Row(RECORD, OFFICER, BOTH, sends={"number": "0812 3456 7890"}),
    "people:contact_wish": Row(RECORD, OFFICER, BOTH, sends={"wish": "Lewat Bu RT"}),
    "people:consent": Row(RECORD, OFFICER, BOTH, sends={"given": "true", "given_by": "self"}),
    "people:withdraw_consent": Row(RECORD, OFFICER, "POST", sends={}),
    "people:choose_fact": Row(RECORD, OFFICER, BOTH, sends={"reason": "Sesuai ijazah"}),
    # the service centre
    "cases:visits": Row(DESK, READERS),
    "cases:record_visit": Row(RECORD, OFFICER, BOTH, sends=_VISITOR, query="warga={resident_id}"),
    "cases:finish_visit": Row(RECORD, OFFICER, BOTH, sends={"topics": ["costs"]}),
    "cases:cases": Row(DESK, READERS),
    "cases:open_case": Row(RECORD, OFFICER, BOTH, query="warga={husband}"),
    "cases:case": Row(RECORD, READERS),
    "cases:withdraw_case": Row(RECORD, OFFICER, BOTH),
    "cases:check_offer": Row(RECORD, OFFICER, BOTH),
    "cases:offer_result": Row(RECORD, READERS),
    # who recruits, and complaints: for officers and the regency, not for the head
    "cases:sheets": Row(DESK, OFFICER),
    "cases:print_sheets": Row(DESK, OFFICER, BOTH, sends={"kind": "visit", "count": "2"}),
    "cases:sheet_stack": Row(RECORD, OFFICER),
    "cases:find_sheet": Row(DESK, OFFICER),
    "cases:spoil_sheet": Row(DESK, OFFICER, BOTH, sends={"number": "T-0001-6", "because": "torn"}),
    "cases:emergency_search": Row(
        DESK,
        COORDINATOR | PROTECTION,
        BOTH,
        post=(200,),
        writes=False,
        sends={"purpose": "body", "name": "Bukan Siapa-siapa"},
    ),
    "cases:emergency_photo": Row(DESK, COORDINATOR | PROTECTION),
    "cases:returns": Row(DESK, READERS),
    "cases:record_return": Row(
        RECORD,
        OFFICER,
        BOTH,
        query="warga={husband}",
        sends={"kind": "normal", "cause": "unknown", "source": "family", "returned_on": "20-11-2026"},
    ),
    "cases:back": Row(RECORD, READERS),
    "cases:withdraw_return": Row(RECORD, OFFICER, BOTH, sends={"reason": "wrong_case"}),
    "cases:confirm_origin": Row(RECORD, OFFICER, BOTH, sends={"confirmed_by": "family", "proofs": ["kk"]}),
    "cases:origin_card": Row(RECORD, READERS),
    "cases:assess_needs": Row(RECORD, OFFICER, BOTH, sends={"needs": ["work"]}),
    "cases:plan_reintegration": Row(RECORD, OFFICER, BOTH, sends={"steps": ["training"]}),
    "cases:record_experience": Row(RECORD, OFFICER, BOTH),
    "cases:close_return": Row(RECORD, OFFICER, BOTH, sends={"ends": "stays"}),
    "cases:finish_plan_step": Row(RECORD, OFFICER, BOTH, sends={"outcome": "done"}),
    "cases:record_aftercare": Row(RECORD, OFFICER, BOTH, sends={"met": "tidak"}),
    "cases:brokers": Row(DESK, OFFICER | COORDINATOR),
    "cases:record_broker": Row(DESK, OFFICER, BOTH, sends={"name": "Perenjak Calo", "complaint": "money"}),
    "cases:broker": Row(RECORD, OFFICER | COORDINATOR),
    "cases:report_broker": Row(RECORD, OFFICER, BOTH, sends={"name": "Perenjak Calo", "complaint": "money"}),
    "cases:settle_broker_report": Row(RECORD, COORDINATOR, BOTH, sends={"finding": "unfounded"}),
    # who is in trouble: for officers and the regency, not for the head
    "cases:complaints": Row(DESK, OFFICER | COORDINATOR),
    "cases:record_complaint": Row(DESK, OFFICER | COORDINATOR, BOTH, sends={"story": "Perenjak belum digaji."}),
    "cases:benefits": Row(DESK, OFFICER | COORDINATOR, query="kejadian=2024-05-01"),
    "cases:complaint": Row(RECORD, OFFICER | COORDINATOR),
    "cases:complaint_evidence": Row(RECORD, OFFICER | COORDINATOR),
    "cases:complaint_step": Row(
        RECORD, OFFICER | COORDINATOR, BOTH, sends={"kind": "UNPAID_WAGE", "emergency": "tidak"}
    ),
    "cases:countries": Row(DESK, READERS | ADMIN),
    "cases:country": Row(DESK, READERS | ADMIN),
    "cases:country_text": Row(DESK, READERS | ADMIN),
    "cases:relay_vacancy": Row(RECORD, OFFICER, BOTH),
    "cases:vacancy_outcome": Row(RECORD, OFFICER, BOTH, sends={"outcome": "interested"}),
    "cases:finish_follow_up": Row(RECORD, OFFICER, BOTH, sends={"outcome": "stays"}),
    "cases:record_family_talk": Row(
        RECORD,
        OFFICER,
        BOTH,
        sends={
            "permission": "given",
            "giver_capacity": "husband",
            "giver_name": "Kenariman Adi",
            "disputed": "tidak",
            "pressure": "tidak",
            "candidate_confirms_alone": "ya",
        },
    ),
    "cases:issue_letter": Row(RECORD, OFFICER, BOTH),
    "cases:letters_of_resident": Row(RECORD, READERS, query="warga={resident_id}"),
    "cases:issue_village_letter": Row(
        RECORD, OFFICER, BOTH, sends={"purpose": "Membuka rekening"}, query="warga={resident_id}&jenis=domicile"
    ),
    # Who works in several villages is led to the register.
    "cases:batch_letters": Row(
        DESK, OFFICER, BOTH, post=(200,), sends={"people": ["{resident_id}"], "purpose": "Melamar"}, writes=False
    ),
    # The letter of the matrix is a family's permission: its own page takes over.
    "cases:replace_letter": Row(RECORD, OFFICER, BOTH, get=(302,), writes=False),
    "cases:record_information": Row(RECORD, OFFICER, BOTH, sends={"topics": ["costs"]}),
    "cases:record_departure": Row(RECORD, OFFICER, BOTH, sends={"left_anyway": "on"}),
    "cases:give_status_code": Row(RECORD, OFFICER, BOTH, post=(200,)),
    "cases:ask_for_letter": Row(RECORD, OFFICER, BOTH),
    "cases:refuse_letter": Row(RECORD, OFFICER, BOTH, sends={"reason": "permission_not_given"}),
    # In time: the village may still answer, so the page comes back with that.
    "cases:make_objection": Row(RECORD, READERS, BOTH, post=(200,), writes=False),
    "cases:objections": Row(DESK, READERS),
    "cases:objection": Row(RECORD, READERS),
    "cases:answer_objection": Row(
        RECORD, COORDINATOR, BOTH, sends={"answer": "upheld", "explanation": "Desa menjawab dengan surat."}
    ),
    "cases:papers": Row(RECORD, READERS),
    "cases:record_paper": Row(RECORD, OFFICER, BOTH, sends={"number": "E7654321"}),
    "cases:paper_copy": Row(RECORD, OFFICER),
    "cases:paper_copy_content": Row(RECORD, OFFICER),
    "cases:remove_paper_copy": Row(RECORD, OFFICER, BOTH, sends={"reason": "unreadable"}),
    "cases:costs": Row(RECORD, OFFICER, BOTH, sends={"component": "training", "paid_rupiah": "500.000"}),
    "cases:strike_out_cost": Row(RECORD, OFFICER, BOTH, sends={"reason": "mistyped"}),
    "cases:exit_case": Row(RECORD, OFFICER, BOTH, sends={"exit": "WITHDREW"}),
    "cases:found_abroad": Row(RECORD, OFFICER, BOTH, query="warga={husband}"),
    "cases:abroad": Row(DESK, READERS),
    "cases:stay": Row(RECORD, READERS),
    "cases:family_view": Row(RECORD, READERS),
    "cases:record_stay": Row(RECORD, OFFICER, BOTH, sends={"employer": "Nyonya Contoh"}),
    "cases:record_contact": Row(RECORD, OFFICER, BOTH),
    "cases:report_to_mission": Row(RECORD, OFFICER, BOTH, sends={"how": "visit"}),
    "cases:change_contract": Row(RECORD, OFFICER, BOTH, sends={"kind": "terms"}),
    "cases:note_remittance": Row(RECORD, OFFICER, BOTH, sends={"willing": "on", "band": "none"}),
    "cases:step": Row(RECORD, OFFICER, BOTH, sends={"trips": "1"}),
    "cases:take_step": Row(RECORD, OFFICER, BOTH, sends={"holder": "candidate"}),
    "cases:hold_step": Row(RECORD, OFFICER, BOTH, sends={"reason": "queue"}),
    "cases:leave_out_step": Row(RECORD, OFFICER, BOTH, sends={"reason": "individual"}),
    "cases:correct_step": Row(RECORD, OFFICER, BOTH, sends={"trips": "2", "reason": "mistyped"}),
    "cases:send_bundle": Row(RECORD, OFFICER, BOTH),
    "cases:bundles": Row(DESK, READERS),
    "cases:measures": Row(DESK, FIGURES),
    "cases:measured": Row(DESK, READERS),
    "cases:signatures": Row(DESK, HEAD),
    "cases:approve_letter": Row(RECORD, HEAD, "POST", writes=False),
    "cases:postpone_letter": Row(RECORD, HEAD, BOTH, sends={"reason": "talk_first"}),
    # The bundle lies at the civil registry: other offices of the same regency find nothing.
    "cases:inbox": Row(DESK, OFFICES),
    "cases:bundle": Row(RECORD, OFFICES, BOTH, only=REGISTRAR),
    "cases:return_bundle": Row(RECORD, OFFICES, BOTH, sends={"reason": "name_differs"}, only=REGISTRAR),
    "cases:answer_bundle": Row(RECORD, OFFICES, BOTH, only=REGISTRAR),
    # Referred to the same registry. What is referred anew goes to it too: the matrix has no other body.
    "cases:referrals": Row(DESK, READERS),
    "cases:send_referral": Row(
        RECORD,
        OFFICER | COORDINATOR,
        BOTH,
        query="hal=resident:{husband}",
        sends={"about": "papers", "why": "Mohon dicocokkan.", "basis": "consent"},
    ),
    "cases:referral": Row(RECORD, READERS, BOTH, writes=False),
    "cases:record_referral_answer": Row(RECORD, OFFICER | COORDINATOR, BOTH, sends={"reply": "acknowledged"}),
    "cases:remind_body": Row(RECORD, OFFICER | COORDINATOR, BOTH, sends={"way": "phone"}),
    "cases:recall_referral": Row(RECORD, OFFICER | COORDINATOR, BOTH, sends={"because": "mistake"}),
    "cases:write_referral_letter": Row(RECORD, OFFICER, "POST", writes=False),
    "cases:referred": Row(DESK, OFFICES),
    "cases:referred_one": Row(RECORD, OFFICES, BOTH, sends={"reply": "accepted"}, only=REGISTRAR),
    # letters
    "documents:letters": Row(DESK, READERS),
    "documents:letter_book": Row(DESK, READERS, get=(200, 302)),
    "documents:letters_pdf": Row(RECORD, READERS, query="surat={letter_id}", full_number=True),
    "documents:office": Row(
        RECORD, ADMIN, BOTH, sends={"address": "Jalan Balai Desa 2"}, query="wilayah=33.07.10.2004"
    ),
    "documents:letter": Row(RECORD, READERS),
    "documents:letter_pdf": Row(RECORD, READERS, full_number=True),
    "documents:revoke_letter": Row(RECORD, OFFICER | HEAD, BOTH, sends={"reason": "wrong_data"}),
    # productive enterprise
    "enterprises:groups": Row(DESK, ENTERPRISE),
    "enterprises:form_group": Row(DESK, MENTOR, BOTH, sends={"name": "Kelompok Baru", "trade": "food"}),
    "enterprises:group": Row(RECORD, ENTERPRISE),
    "enterprises:join_group": Row(RECORD, MENTOR, BOTH, post=(200,), writes=False),
    "enterprises:change_member": Row(RECORD, MENTOR, BOTH, sends={"post": "secretary", "tie": "child"}),
    "enterprises:leave_group": Row(RECORD, MENTOR, BOTH, sends={"because": "own_wish"}),
    "enterprises:potentials": Row(DESK, MENTOR),
    "enterprises:potential": Row(RECORD, MENTOR, BOTH, sends={"will": "now"}),
    "enterprises:trainings": Row(DESK, ENTERPRISE),
    "enterprises:plan_training": Row(
        DESK,
        MENTOR,
        BOTH,
        sends={"title": "Pelatihan Baru", "trainer": "Ibu Guru", "starts_on": "01-12-2026", "hours": "8"},
    ),
    "enterprises:training": Row(RECORD, ENTERPRISE),
    "enterprises:invite": Row(RECORD, MENTOR, BOTH, post=(200,), writes=False),
    "enterprises:record_day": Row(RECORD, MENTOR, BOTH, sends={"on": "20-11-2026", "hours": "4"}),
    "enterprises:record_scores": Row(RECORD, MENTOR, BOTH),
    "enterprises:close_training": Row(RECORD, MENTOR, BOTH),
    # There are none before the end.
    "enterprises:certificates": Row(RECORD, MENTOR, get=(404,)),
    "enterprises:offers": Row(RECORD, ENTERPRISE),
    "enterprises:record_deliberation": Row(
        RECORD, MENTOR, BOTH, sends={"present": "6", "decisions": "Menjual keripik bersama"}
    ),
    "enterprises:record_plan": Row(
        RECORD,
        MENTOR,
        BOTH,
        sends={
            "unit": "bungkus",
            "price_rupiah": "10.000",
            "units": "300",
            "unit_cost_rupiah": "6.000",
            "fixed_cost_rupiah": "0",
            "tools_rupiah": "0",
            "own_rupiah": "0",
        },
    ),
    "enterprises:record_permit": Row(
        RECORD, MENTOR, BOTH, sends={"kind": "nib", "number": "9120001", "issued_on": "01-10-2026"}
    ),
    "enterprises:add_product": Row(
        RECORD, MENTOR, BOTH, sends={"name": "Pakan", "unit": "kg", "price_rupiah": "12.000"}
    ),
    "enterprises:change_product": Row(RECORD, MENTOR, BOTH),
    "enterprises:permits": Row(DESK, ENTERPRISE),
    "enterprises:catalogue": Row(DESK, ENTERPRISE),
    "enterprises:photo": Row(RECORD, ENTERPRISE),
    "enterprises:life": Row(DESK, ENTERPRISE),
    "enterprises:aid": Row(RECORD, ENTERPRISE),
    "enterprises:needs": Row(RECORD, MENTOR, BOTH, sends={"item": "Oven", "purpose": "Memanggang kue"}),
    "enterprises:promise": Row(
        RECORD,
        MENTOR,
        BOTH,
        sends={
            "kind": "money",
            "name": "Modal awal",
            "giver_kind": "other",
            "giver": "Donatur",
            "value_rupiah": "500.000",
        },
    ),
    "enterprises:asset": Row(RECORD, ENTERPRISE),
    # It came already: the page says so, and the act is printed.
    "enterprises:hand_over": Row(RECORD, MENTOR, BOTH, post=(200,), writes=False),
    "enterprises:hand_over_act": Row(RECORD, ENTERPRISE),
    "enterprises:check_asset": Row(RECORD, MENTOR, BOTH, sends={"condition": "worn", "usable": "ya"}),
    "enterprises:fault": Row(RECORD, ENTERPRISE, BOTH, sends={"answer": "repair"}, post=(302, 404)),
    "enterprises:money": Row(RECORD, ENTERPRISE),
    "enterprises:month": Row(RECORD, MENTOR, BOTH, sends={"sales_rupiah": "10.000", "cost_rupiah": "5.000"}),
    "enterprises:month_sheet": Row(RECORD, ENTERPRISE),
    "enterprises:sheet_entry": Row(RECORD, MENTOR, BOTH, sends={"sales_202610": "10.000", "cost_202610": "5.000"}),
    "enterprises:month_link": Row(RECORD, MENTOR, BOTH),
    "enterprises:capital": Row(
        RECORD, MENTOR, BOTH, sends={"amount_rupiah": "1.000.000", "purpose": "Bahan", "place": "kur_super_micro"}
    ),
    "enterprises:report": Row(RECORD, ENTERPRISE),
    "enterprises:mentoring": Row(RECORD, ENTERPRISE, BOTH, sends={"findings": "Baik."}, post=(302, 404)),
    "enterprises:end_group": Row(RECORD, MENTOR, BOTH, sends={"cause": "no_buyers"}),
    "enterprises:remittance": Row(RECORD, MENTOR, BOTH, sends={"received": "none", **dict.fromkeys(USES, "none")}),
    # the learning centre
    "parenting:children": Row(DESK, CENTRE),
    "parenting:enrol": Row(
        RECORD, CENTRE, BOTH, query="warga={child}", sends={"basis": "consent", "given_by": "mother"}
    ),
    "parenting:centres": Row(DESK, LOOKS_AT_CENTRES),
    "parenting:open_centre": Row(DESK, CENTRE, BOTH, sends={"name": "Rumah Belajar Nuri", "place": "Balai desa"}),
    "parenting:centre": Row(RECORD, LOOKS_AT_CENTRES),
    "parenting:month": Row(RECORD, LOOKS_AT_CENTRES),
    "parenting:plan_month": Row(RECORD, CENTRE, "POST", sends={"act_id": "01950000-0000-7000-8000-000000000001"}),
    "parenting:close_centre": Row(RECORD, CENTRE, BOTH),
    "parenting:timetable": Row(
        RECORD, CENTRE, BOTH, sends={"kind": "play", "weekday": "2", "at": "15.30", "minutes": "60"}
    ),
    "parenting:end_slot": Row(RECORD, CENTRE, BOTH),
    "parenting:plan": Row(RECORD, CENTRE, BOTH, sends={"kind": "play", "at": "9.00", "minutes": "60"}),
    "parenting:cancel": Row(RECORD, CENTRE, BOTH, sends={"because": "weather"}),
    "parenting:roll": Row(RECORD, CENTRE, BOTH),
    "parenting:scores": Row(RECORD, CENTRE, BOTH, post=(200,), writes=False),
    "parenting:sheet": Row(RECORD, CENTRE),
    "parenting:volunteers": Row(
        RECORD, CENTRE, BOTH, sends={"name": "Jalak Baru", "birth_date": "02-03-1990", "paper": "skck"}
    ),
    "parenting:volunteer": Row(RECORD, CENTRE, BOTH, sends={"paper": "statement"}),
    "parenting:end_volunteer": Row(RECORD, CENTRE, BOTH),
    "parenting:things": Row(
        RECORD, CENTRE, BOTH, sends={"name": "Buku", "kind": "books", "count": "4", "usable_count": "3"}
    ),
    "parenting:themes": Row(RECORD, CENTRE, BOTH, sends={"audience": "child", "title": "Berkebun bersama"}),
    "parenting:calls": Row(DESK, CENTRE),
    "parenting:agree_call": Row(RECORD, CENTRE, BOTH, sends={"country": "HKG", "weekdays": ["6"], "at": "19.00"}),
    "parenting:record_call": Row(RECORD, CENTRE, BOTH, query="pada=2026-11-22T19:00:00%2B08:00"),
    "parenting:barred": Row(
        DESK,
        COORDINATOR,
        BOTH,
        sends={"name": "Jalak Hitam", "birth_date": "02-03-1980", "because": "convicted", "reference": "Putusan 9"},
    ),
    "parenting:unbar": Row(RECORD, COORDINATOR, BOTH),
    "parenting:child": Row(RECORD, CENTRE),
    "parenting:change_child": Row(RECORD, CENTRE, BOTH, sends={"schooling": "junior"}),
    "parenting:leave_centre": Row(RECORD, CENTRE, BOTH, sends={"because": "moved"}),
    "parenting:child_plan": Row(RECORD, CENTRE, BOTH, sends={"steps": ["home_visit"]}),
    "parenting:record_quarter": Row(RECORD, CENTRE, BOTH, sends={"reading": "story"}),
    "parenting:letter": Row(RECORD, CENTRE),
    "parenting:letter_pdf": Row(RECORD, CENTRE),
    # Nobody is named for it here: that the worry is read by whom it names stands in the app's own tests.
    "parenting:write_worry": Row(RECORD, CENTRE, BOTH, post=(200,), sends={"text": "Sering lapar"}, writes=False),
    "parenting:worries": Row(DESK, WORRY),
    "parenting:worry": Row(RECORD, WORRY, BOTH, get=(404,), post=(404,), writes=False),
    "parenting:ask_for_referral": Row(RECORD, WORRY, "POST", post=(404,), writes=False),
    # the programme
    "programme:programme": Row(DESK, FIGURES),
    "programme:published_villages": Row(DESK, FIGURES),
    "programme:needs": Row(DESK, FIGURES),
    "programme:region": Row(DESK, FIGURES),
    "programme:villages": Row(DESK, FIGURES),
    "programme:join_programme": Row(
        RECORD,
        COORDINATOR,
        BOTH,
        query="wilayah=33.07.10.2004",
        sends={"programme": "emas", "decree": "SK 2", "on": "01-11-2026"},
    ),
    "programme:programme_village": Row(RECORD, FIGURES),
    "programme:take_step": Row(RECORD, COORDINATOR, BOTH),
    "programme:leave_programme": Row(RECORD, COORDINATOR, BOTH, sends={"because": "inactive"}),
    # the cooperative
    "cooperative:home": Row(DESK, COOPERATIVE, get=(302,)),
    "cooperative:set_up": Row(
        DESK, BOARD, BOTH, sends={"name": "Koperasi Dua", "kind": "cooperative", "opened_on": "01-10-2026"}
    ),
    "cooperative:cooperative": Row(RECORD, COOPERATIVE),
    "cooperative:settings": Row(RECORD, COOPERATIVE),
    "cooperative:set_terms": Row(
        RECORD, BOARD, BOTH, sends={"principal_rupiah": "100.000", "compulsory_rupiah": "5.000", "decision": "Rapat"}
    ),
    "cooperative:set_limit": Row(
        RECORD, BOARD, BOTH, sends={"second_person_above_rupiah": "500.000", "decision": "Rapat"}
    ),
    "cooperative:add_product": Row(
        RECORD, BOARD, BOTH, sends={"name": "Simpanan Lain", "kind": "voluntary", "annual_percent": "3"}
    ),
    # The cooperative of the matrix is no group any more: its checklist is read, and nothing more is done.
    "cooperative:readiness": Row(RECORD, COOPERATIVE),
    "cooperative:founding_step": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:become": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:change_rate": Row(RECORD, BOARD, BOTH, sends={"annual_percent": "3"}),
    "cooperative:members": Row(RECORD, COOPERATIVE),
    "cooperative:apply": Row(RECORD, BOARD | TREASURER, BOTH, sends=_CANDIDATE),
    "cooperative:register": Row(RECORD, BOARD | TREASURER, full_number=True),
    "cooperative:member": Row(RECORD, COOPERATIVE),
    "cooperative:admit": Row(RECORD, BOARD | TREASURER, BOTH),
    "cooperative:connect": Row(
        RECORD, BOARD | TREASURER, BOTH, sends={"kind": "heir", "name": "Kenariman Adi", "relation": "suami"}
    ),
    "cooperative:disconnect": Row(RECORD, BOARD | TREASURER, BOTH),
    "cooperative:open_savings": Row(RECORD, TILL, BOTH),
    "cooperative:unlock_savings": Row(
        RECORD, BOARD | TREASURER, BOTH, sends={"event": "school", "reason": "Uang sekolah ditagih"}
    ),
    "cooperative:passbook": Row(RECORD, COOPERATIVE),
    # She has capital in a business and goods on order: the page says what comes first, and nobody has left.
    "cooperative:leave": Row(RECORD, BOARD | TREASURER, BOTH, post=(200,), sends={"reason": "moved"}, writes=False),
    "cooperative:tax_slip": Row(RECORD, COOPERATIVE),
    # Only the cashier of the matrix has a till open: the treasurer is told so, on the same page.
    "cooperative:break_term": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:till": Row(RECORD, TILL),
    "cooperative:open_till": Row(RECORD, TILL, BOTH, post=(200, 302), sends={"opening_rupiah": "0"}, writes=False),
    "cooperative:close_till": Row(
        RECORD, TILL, BOTH, get=(200, 302), sends={"counted_rupiah": "1", "reason": "Uji selisih"}
    ),
    "cooperative:move_cash": Row(
        RECORD, TILL, BOTH, post=(200, 302), sends={"direction": "to_bank", "amount_rupiah": "1.000"}
    ),
    "cooperative:counter": Row(
        RECORD, TILL, BOTH, post=(200, 302), sends={"kind": "compulsory", "amount_rupiah": "20.000"}
    ),
    "cooperative:approve": Row(RECORD, BOARD | TREASURER, BOTH, sends={"amount_rupiah": "1.000"}),
    "cooperative:slip": Row(RECORD, COOPERATIVE),
    "cooperative:reverse": Row(RECORD, BOARD | TREASURER, BOTH, sends={"reason": "Salah jumlah"}),
    "cooperative:check_code": Row(RECORD, COOPERATIVE),
    "cooperative:books": Row(RECORD, COOPERATIVE),
    "cooperative:account": Row(RECORD, COOPERATIVE),
    # Nothing of a running year can be closed.
    "cooperative:close_year": Row(RECORD, TREASURER, BOTH, post=(200,), writes=False, sends={"year": "2026"}),
    "cooperative:surplus": Row(RECORD, COOPERATIVE),
    # Nobody has decided about a year that is not closed.
    "cooperative:distribute": Row(RECORD, TREASURER, BOTH, post=(200,), writes=False),
    "cooperative:set_surplus_rule": Row(
        RECORD,
        BOARD,
        BOTH,
        sends={
            "reserve_general": "60",
            "members_by_savings": "40",
            "savings_basis": "average",
            "use_basis": "loans",
            "since": "01-01-2026",
            "decision": "Anggaran dasar",
        },
    ),
    "cooperative:set_budget": Row(RECORD, BOARD, BOTH, sends={"loan_interest": "1.000.000", "decision": "Rapat"}),
    "cooperative:assets": Row(RECORD, COOPERATIVE),
    "cooperative:record_asset": Row(
        RECORD, TREASURER, BOTH, sends={"name": "Lemari arsip", "cost_rupiah": "900.000", "life_years": "4"}
    ),
    "cooperative:retire_asset": Row(
        RECORD, TREASURER, BOTH, post=(200,), sends={"reason": "Rusak berat"}, writes=False
    ),
    "cooperative:statements": Row(RECORD, COOPERATIVE),
    "cooperative:statements_file": Row(RECORD, COOPERATIVE),
    "cooperative:post_entry": Row(
        RECORD,
        TREASURER,
        BOTH,
        sends={"debit": "5-1302", "credit": "1-1001", "amount_rupiah": "1.000", "memo": "Alat tulis"},
    ),
    "cooperative:close_month": Row(RECORD, TREASURER, BOTH),
    # Nothing was earned in the first month, and no term has ended: both say so.
    "cooperative:pay_interest": Row(RECORD, TREASURER, BOTH, post=(200,), writes=False),
    "cooperative:mature": Row(RECORD, TREASURER, BOTH, post=(200,), writes=False),
    "cooperative:tax_slips": Row(RECORD, COOPERATIVE),
    # The matrix sends no workbook, and none waits to be written.
    "cooperative:opening": Row(RECORD, TREASURER, BOTH, post=(200,), writes=False),
    "cooperative:opening_template": Row(RECORD, TREASURER),
    "cooperative:opening_report": Row(RECORD, TREASURER, BOTH, get=(302,), post=(302,), writes=False),
    # its loans: the one of the matrix runs, so what comes before the money is refused with a reason
    "cooperative:loans": Row(RECORD, COOPERATIVE),
    "cooperative:add_loan_product": Row(
        RECORD,
        BOARD,
        BOTH,
        sends={"name": "Pinjaman lain", "method": "declining", "annual_percent": "12", "most_rupiah": "5.000.000"},
    ),
    "cooperative:change_loan_terms": Row(RECORD, BOARD, BOTH, sends={"since": "01-12-2026"}),
    "cooperative:apply_for_loan": Row(
        RECORD, TILL, BOTH, sends={"amount_rupiah": "100.000", "instalments": "10", "purpose": "Modal"}
    ),
    "cooperative:loan": Row(RECORD, COOPERATIVE),
    "cooperative:loan_card": Row(RECORD, COOPERATIVE),
    # simpanan wajib is asked of everybody; only the cashier of the matrix has a till open
    "cooperative:collect": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:provide": Row(RECORD, TREASURER, BOTH),
    "cooperative:survey_loan": Row(
        RECORD, TILL, BOTH, post=(200,), sends={"survey": "Warungnya ramai sekali"}, writes=False
    ),
    "cooperative:approve_loan": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    # only the supervisors' word counts: the others find nothing there
    "cooperative:agree_to_loan": Row(RECORD, COOPERATIVE, BOTH, get=(200, 404), post=(200, 404), writes=False),
    "cooperative:decline_loan": Row(RECORD, BOARD, BOTH, post=(200,), sends={"reason": "Terlalu berat"}, writes=False),
    "cooperative:disburse_loan": Row(RECORD, TILL, BOTH, post=(200,), writes=False),
    "cooperative:approve_disbursement": Row(RECORD, BOARD | TREASURER, BOTH),
    "cooperative:pay_loan": Row(RECORD, TILL, BOTH, post=(200, 302), sends={"amount_rupiah": "1.000"}),
    "cooperative:prepay_loan": Row(
        RECORD, TILL, BOTH, post=(200, 302), sends={"amount_rupiah": "1.000", "effect": "lower"}
    ),
    "cooperative:pay_off_loan": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:reschedule_loan": Row(
        RECORD, BOARD, BOTH, sends={"instalments": "5", "first_due_on": "23-12-2026", "reason": "Kiriman berhenti"}
    ),
    "cooperative:write_off_loan": Row(RECORD, BOARD, BOTH, sends={"reason": "Tidak ditemukan"}),
    "cooperative:judge_loan": Row(RECORD, BOARD, BOTH, sends={"outlook": "not_rescuable", "reason": "Warungnya tutup"}),
    "cooperative:reverse_loan_event": Row(RECORD, BOARD | TREASURER, BOTH, sends={"reason": "Salah jumlah"}),
    # its businesses: the group of the matrix has capital, savers, a result; goods were bought and left
    # An extraordinary meeting that has begun: what comes before it is refused, what comes in it is done.
    "cooperative:give_member_code": Row(RECORD, BOARD | TREASURER, BOTH, post=(200,)),
    "cooperative:year_picture": Row(RECORD, COOPERATIVE),
    "cooperative:oversight": Row(DESK, COOPERATIVE_OFFICE),
    "cooperative:overseen": Row(RECORD, COOPERATIVE_OFFICE),
    "cooperative:health": Row(RECORD, COOPERATIVE),
    # The supervisors' alone, and only of a year that is over.
    "cooperative:answer_health": Row(
        RECORD,
        COOPERATIVE,
        BOTH,
        get=(200, 404),
        post=(200, 404),
        writes=False,
        sends={"general": "9", "institution": "5", "capital": "4", "assets": "7", "liquidity": "4"},
    ),
    "cooperative:meetings": Row(RECORD, COOPERATIVE),
    "cooperative:call_meeting": Row(
        RECORD,
        BOARD,
        BOTH,
        sends={"kind": "extraordinary", "invited_on": "23-11-2026", "on": "05-12-2026", "matters": "Gedung"},
    ),
    "cooperative:meeting": Row(RECORD, COOPERATIVE),
    "cooperative:meeting_papers": Row(RECORD, COOPERATIVE),
    "cooperative:attendance": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:record_proxy": Row(
        RECORD, BOARD, BOTH, post=(200,), sends={"number": "1", "holder_number": "2"}, writes=False
    ),
    "cooperative:open_meeting": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:adjourn_meeting": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:cancel_meeting": Row(RECORD, BOARD, BOTH, post=(200,), sends={"reason": "Banjir"}, writes=False),
    "cooperative:decide": Row(RECORD, BOARD, BOTH, sends={"text": "Gedung disewa."}),
    "cooperative:elect": Row(RECORD, BOARD, BOTH, sends={"number": "2", "office": "secretary"}),
    "cooperative:close_meeting": Row(RECORD, BOARD, BOTH, sends={"led_by": "Ketua", "written_by": "Notulis"}),
    "cooperative:report_meeting": Row(RECORD, BOARD, BOTH, post=(200,), sends={"proof": "ODS 1"}, writes=False),
    # The board's and the supervisors': the till's people find no such page.
    "cooperative:write_report": Row(
        RECORD,
        COOPERATIVE,
        BOTH,
        get=(200, 404),
        post=(302, 404),
        sends={"text": "Koperasi berjalan baik."},
        writes=False,
    ),
    "cooperative:hand_overs": Row(RECORD, BOARD | TREASURER),
    "cooperative:businesses": Row(RECORD, COOPERATIVE),
    "cooperative:open_business": Row(RECORD, BOARD, BOTH, sends={"name": "Toko sembako"}),
    "cooperative:form_group": Row(
        RECORD, BOARD | TREASURER, BOTH, sends={"name": "Kelompok Merpati", "members": "1\n2"}
    ),
    "cooperative:open_purchase": Row(
        RECORD,
        BOARD | TREASURER,
        BOTH,
        sends={"goods": "Pupuk", "unit": "karung", "price_rupiah": "110.000", "order_until": "30-11-2026"},
    ),
    "cooperative:receive_goods": Row(
        RECORD,
        TILL,
        BOTH,
        sends={
            "member_id": "1",
            "goods": "Keripik",
            "unit": "bungkus",
            "quantity": "5",
            "price_rupiah": "10.000",
            "commission_percent": "10",
        },
    ),
    "cooperative:approve_business_payout": Row(
        RECORD, BOARD | TREASURER, BOTH, sends={"amount_rupiah": "1.000"}, query="untuk={business_id}"
    ),
    "cooperative:group": Row(RECORD, COOPERATIVE),
    "cooperative:join_group": Row(
        RECORD, BOARD | TREASURER, BOTH, post=(200,), sends={"member_id": "1"}, writes=False
    ),  # in it already
    "cooperative:leave_group": Row(RECORD, BOARD | TREASURER, BOTH),
    "cooperative:business": Row(RECORD, COOPERATIVE),
    "cooperative:agree_on_capital": Row(
        RECORD,
        BOARD,
        BOTH,
        sends={"number": "MP-2", "share_percent": "10", "outsider_1": "Kenarwan", "amount_1": "100.000"},
    ),
    "cooperative:record_result": Row(
        RECORD,
        TREASURER,
        BOTH,
        sends={"amount": "50.000", "memo": "Hasil", "first_on": "01-11-2026", "last_on": "20-11-2026"},
    ),
    "cooperative:take_back_result": Row(RECORD, BOARD | TREASURER, BOTH, sends={"reason": "Salah jumlah"}),
    # nobody agreed to that sum
    "cooperative:hand_out_capital": Row(
        RECORD, TILL, BOTH, post=(200,), sends={"amount_rupiah": "1.000"}, writes=False
    ),
    "cooperative:take_capital_back": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:take_business_result": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:pay_in_stake": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:pay_stake_result": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:return_stake": Row(RECORD, TILL, BOTH, post=(200, 302)),
    # a stake is sold; the agreement ends
    "cooperative:pass_on_stake": Row(
        RECORD,
        BOARD,
        BOTH,
        sends={
            "because": "sold",
            "outsider": "Kenarwan",
            "amount_rupiah": "50.000",
            "consents": ["holder", "taker", "cooperative"],
        },
    ),
    "cooperative:agreement": Row(RECORD, COOPERATIVE),
    "cooperative:close_agreement": Row(
        RECORD, BOARD, BOTH, sends={"gain_or_loss": "none", "reason": "Usahanya selesai"}
    ),
    "cooperative:purchase": Row(RECORD, COOPERATIVE),
    # bought already
    "cooperative:order_goods": Row(
        RECORD, TILL, BOTH, post=(200,), sends={"member_id": "2", "quantity": "1"}, writes=False
    ),
    "cooperative:buy_goods": Row(RECORD, TILL, BOTH, post=(200,), sends={"amount_rupiah": "1.000"}, writes=False),
    "cooperative:hand_out_goods": Row(RECORD, TILL, BOTH),
    "cooperative:pay_for_goods": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:consignment": Row(RECORD, COOPERATIVE),
    "cooperative:sell_goods": Row(RECORD, TILL, BOTH, post=(200, 302), sends={"quantity": "1"}),
    "cooperative:return_goods": Row(RECORD, TILL, BOTH),
    "cooperative:pay_consignor": Row(RECORD, TILL, BOTH, post=(200, 302)),
    "cooperative:move": Row(RECORD, COOPERATIVE),
    "cooperative:reverse_move": Row(RECORD, BOARD | TREASURER, BOTH, sends={"reason": "Salah jumlah"}),
    # first run: over, once anybody has an account
    "access:start": Row(OPEN, EVERYBODY, BOTH, get=(302, 404), post=(302, 404), writes=False),
    "access:start_region": Row(OPEN, EVERYBODY, BOTH, get=(302, 404), post=(302, 404), writes=False),
    "access:start_people": Row(OPEN, EVERYBODY, BOTH, get=(302, 404), post=(302, 404), writes=False),
    "access:start_sheet": Row(OPEN, EVERYBODY, BOTH, get=(302, 404), post=(302, 404), writes=False),
    "access:start_confirm": Row(OPEN, EVERYBODY, BOTH, get=(302, 404), post=(302, 404), writes=False),
    # the lock of a shared PC
    "access:enter": Row(OPEN, EVERYBODY, BOTH, get=(200, 302), post=(200, 302), writes=False),
    "access:lock": Row(OPEN, EVERYBODY, BOTH, get=(302,), post=(302,), writes=False),
    "access:lock_now": Row(OPEN, EVERYBODY, "POST", post=(302,), writes=False),
    "access:present": Row(MACHINE_DESK, EVERYBODY, "POST", post=(204,), writes=False),
    "access:sign_ins": Row(SELF, EVERYBODY),
    "access:enrol": Row(OPEN, EVERYBODY, BOTH, get=(302,), post=(302,), writes=False),
    "access:end_session": Row(SELF, EVERYBODY, "POST", post=(404,), writes=False),
    "access:end_other_sessions": Row(SELF, EVERYBODY, "POST", writes=False),
    "access:forget_browser": Row(SELF, EVERYBODY, "POST", post=(404,), writes=False),
    "access:kept_form": Row(SELF, EVERYBODY, BOTH, get=(302,), post=(302,), writes=False),
    # accounts
    "access:accounts": Row(DESK, ADMIN),
    "access:create_account": Row(
        DESK,
        ADMIN,
        BOTH,
        query="wilayah=33.07.10.2004",
        post=(200,),
        sends={"username": "baru.kuripan", "name": "Petugas Baru", "role": "village_officer"},
    ),
    "access:mine": Row(SELF, EVERYBODY),
    "access:replace_sheet": Row(DESK, ADMIN, BOTH, get=(200, 302, 404), post=(200, 302, 404), writes=False),
    "access:confirm_sheet": Row(DESK, ADMIN, BOTH, get=(200, 302, 404), post=(200, 302, 404), writes=False),
    "access:factor_resets": Row(DESK, ADMIN | HEAD),
    "access:reset_factor": Row(RECORD, ADMIN | HEAD, BOTH, sends={}),
    "access:renew_password": Row(RECORD, ADMIN, BOTH, post=(200,), sends={}),
    "access:ask_factor_reset": Row(RECORD, ADMIN, BOTH, sends={}),
    "access:disable_account": Row(RECORD, ADMIN, BOTH, sends={}),
    # getting in and out (allauth)
    "account_login": _OPEN_FORM,
    "account_logout": _OPEN_FORM,
    "account_signup": _OPEN_FORM,
    "account_inactive": _OPEN_PAGE,
    "account_reset_password": _OPEN_FORM,
    "account_reset_password_done": _OPEN_PAGE,
    "account_reset_password_from_key": _OPEN_FORM,
    "account_reset_password_from_key_done": _OPEN_PAGE,
    "account_confirm_login_code": _OPEN_FORM,
    "account_email_verification_sent": _OPEN_PAGE,
    "account_confirm_email": _OPEN_FORM,
    "mfa_authenticate": _OPEN_FORM,
    # one's own account (allauth)
    "account_reauthenticate": _SELF_FORM,
    "account_change_password": _SELF_FORM,
    "account_set_password": _SELF_FORM,
    "account_email": _SELF_FORM,
    "mfa_reauthenticate": _SELF_FORM,
    "mfa_index": _SELF_PAGE,
    "mfa_activate_totp": _SELF_FORM,
    "mfa_deactivate_totp": _SELF_FORM,
    "mfa_view_recovery_codes": _SELF_PAGE,
    "mfa_generate_recovery_codes": _SELF_FORM,
    "mfa_download_recovery_codes": _SELF_PAGE,
    "mfa_login_webauthn": _OPEN_FORM,
    "mfa_list_webauthn": _SELF_PAGE,
    "mfa_add_webauthn": _SELF_FORM,
    "mfa_reauthenticate_webauthn": _SELF_FORM,
    "mfa_remove_webauthn": _SELF_FORM,
    "mfa_edit_webauthn": _SELF_FORM,
}

"""Residents, households, what is kept of them."""

from __future__ import annotations

from matrix.row import BOARD, BOTH, CENTRE, COORDINATOR, DESK, MENTOR, OFFICER, PERSON, READERS, RECORD, TREASURER, Row

ROWS: dict[str, Row] = {
    # people
    "people:residents": Row(DESK, READERS),
    "people_search": Row(DESK, READERS, query="q=kanarina"),
    "people:new_household": Row(DESK, OFFICER, BOTH, sends={**PERSON, "relation": "head"}),
    "people:household": Row(RECORD, READERS),
    "people:correct_household": Row(RECORD, OFFICER, BOTH, sends={"rt": "003", "reason": "Pindah", "source": "KK"}),
    "people:new_member": Row(RECORD, OFFICER, BOTH, sends=PERSON),
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
}

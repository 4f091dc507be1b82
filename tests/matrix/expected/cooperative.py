"""The cooperative: founding, members, till, loans, businesses, the year."""

from __future__ import annotations

from matrix.row import BOARD, BOTH, CANDIDATE, COOPERATIVE, COOPERATIVE_OFFICE, DESK, RECORD, TILL, TREASURER, Row

ROWS: dict[str, Row] = {
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
    "cooperative:apply": Row(RECORD, BOARD | TREASURER, BOTH, sends=CANDIDATE),
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
    "cooperative:till_day": Row(RECORD, COOPERATIVE),
    "cooperative:spend_cash": Row(
        RECORD,
        TILL,
        BOTH,
        post=(200, 302),
        sends={"account": "5-1302", "amount_rupiah": "1.000", "party": "Toko", "purpose": "Kertas", "paper": "Nota 1"},
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
    # the cooperative of the matrix is no unit: the page says so
    "cooperative:hand_up": Row(RECORD, BOARD | TREASURER, BOTH, post=(200,), writes=False),
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
        sends={"debit": "5-1302", "credit": "2-1205", "amount_rupiah": "1.000", "memo": "Alat tulis, belum dibayar"},
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
    # A new table or a write-off is proposed; the second of them finds a proposal and decides.
    "cooperative:reschedule_loan": Row(
        RECORD,
        BOARD | TREASURER,
        BOTH,
        post=(200, 302),
        sends={"instalments": "5", "first_due_on": "23-12-2026", "reason": "Kiriman berhenti"},
    ),
    "cooperative:write_off_loan": Row(
        RECORD, BOARD | TREASURER, BOTH, post=(200, 302), sends={"ground": "death", "reason": "Meninggal"}
    ),
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
    # Its delegates have come: groups are seen and no longer changed.
    "cooperative:delegates": Row(RECORD, COOPERATIVE),
    "cooperative:form_delegate_group": Row(
        RECORD, BOARD, BOTH, post=(200,), sends={"name": "Krajan", "numbers": "1-2"}, writes=False
    ),
    "cooperative:choose_delegates": Row(
        RECORD, BOARD, BOTH, post=(200,), sends={"delegates": "1", "present": "2"}, writes=False
    ),
    "cooperative:change_delegate_group": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
    "cooperative:drop_delegate_group": Row(RECORD, BOARD, BOTH, post=(200,), writes=False),
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
    # The cooperative of the matrix takes interest and has loans: it serves no contract, and its unit does.
    "cooperative:sharia": Row(RECORD, COOPERATIVE),
    "cooperative:declare_sharia": Row(RECORD, BOARD, BOTH, post=(200,), sends={"decision": "Rapat"}, writes=False),
    "cooperative:ask_for_contract": Row(
        RECORD,
        TILL,
        BOTH,
        post=(200,),
        sends={
            "member_id": "1",
            "goods": "Sangkar",
            "amount_rupiah": "100.000",
            "margin_rupiah": "10.000",
            "instalments": "5",
            "first_due_on": "23-12-2026",
        },
        writes=False,
    ),
    "cooperative:move_fund": Row(
        RECORD, TILL, BOTH, post=(200,), sends={"party": "Hamba Allah", "amount_rupiah": "1.000"}, writes=False
    ),
    "cooperative:give_bonus": Row(
        RECORD, TREASURER, BOTH, post=(200,), sends={"amount_rupiah": "1.000", "decision": "Rapat"}, writes=False
    ),
    # the cooperative of the matrix is conventional, and has no month of savers
    "cooperative:prepare_distribution": Row(
        RECORD, TREASURER, BOTH, post=(200,), sends={"last_on": "31-10-2026"}, writes=False
    ),
    "cooperative:distribution": Row(RECORD, COOPERATIVE),
    "cooperative:settle_distribution": Row(RECORD, BOARD | TREASURER, BOTH),
    "cooperative:sharia_contract": Row(RECORD, COOPERATIVE),
    # The board's, unless the address says what else is decided there. The member of the matrix was elected: the
    # supervisors come first, and the board is told so.
    "cooperative:decide_contract": Row(
        RECORD,
        COOPERATIVE,
        BOTH,
        get=(200, 404),
        post=(200, 404),
        sends={"answer": "yes", "decision": "Usahanya jelas"},
        writes=False,
    ),
    # nobody has agreed to it yet
    "cooperative:contract_money": Row(RECORD, TILL, BOTH, post=(200,), sends={"amount_rupiah": "1.000"}, writes=False),
    "cooperative:report_result": Row(RECORD, TREASURER, BOTH, post=(200,), sends={"amount": "1.000"}, writes=False),
    "cooperative:open_unit": Row(RECORD, BOARD, BOTH, sends={"name": "Unit Toko", "decision": "Rapat"}),
    "cooperative:serve_in_unit": Row(
        RECORD, BOARD | TREASURER, BOTH, post=(200,), sends={"served_id": "1"}, writes=False
    ),
    # nothing is in the bank
    "cooperative:move_between": Row(
        RECORD, TREASURER, BOTH, post=(200,), sends={"amount_rupiah": "1.000", "memo": "Modal"}, writes=False
    ),
}

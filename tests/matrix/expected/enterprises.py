"""Productive enterprise."""

from __future__ import annotations

from matrix.row import BOTH, DESK, ENTERPRISE, MENTOR, RECORD, USES, Row

ROWS: dict[str, Row] = {
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
}

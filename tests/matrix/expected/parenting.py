"""Children and the learning centre."""

from __future__ import annotations

from matrix.row import BOTH, CENTRE, COORDINATOR, DESK, LOOKS_AT_CENTRES, RECORD, WORRY, Row

ROWS: dict[str, Row] = {
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
    "parenting:caregiver_link": Row(RECORD, CENTRE, BOTH),
    "parenting:child_plan": Row(RECORD, CENTRE, BOTH, sends={"steps": ["home_visit"]}),
    "parenting:record_quarter": Row(RECORD, CENTRE, BOTH, sends={"reading": "story"}),
    "parenting:letter": Row(RECORD, CENTRE),
    "parenting:letter_pdf": Row(RECORD, CENTRE),
    # Nobody is named for it here: that the worry is read by whom it names stands in the app's own tests.
    "parenting:write_worry": Row(RECORD, CENTRE, BOTH, post=(200,), sends={"text": "Sering lapar"}, writes=False),
    "parenting:worries": Row(DESK, WORRY),
    "parenting:worry": Row(RECORD, WORRY, BOTH, get=(404,), post=(404,), writes=False),
    "parenting:ask_for_referral": Row(RECORD, WORRY, "POST", post=(404,), writes=False),
}

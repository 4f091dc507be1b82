"""The programme in the country."""

from __future__ import annotations

from matrix.row import ADMIN, BOTH, COORDINATOR, DESK, FIGURES, HEAD, OFFICER, PARTNER, RECORD, SETTERS, Row

ROWS: dict[str, Row] = {
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
        sends={"programme": "emas", "decree": "SK 2", "on": "01-11-2025"},
    ),
    "programme:programme_village": Row(RECORD, FIGURES),
    "programme:take_step": Row(RECORD, COORDINATOR, BOTH),
    "programme:leave_programme": Row(RECORD, COORDINATOR, BOTH, sends={"because": "inactive"}),
    # targets of the own region; months are published for the whole country, others are told who does
    "indicators:targets": Row(
        DESK, SETTERS, BOTH, sends={"code": "A5", "year": "2027", "value": "80", "source": "RKPD"}, writes=False
    ),
    "indicators:months": Row(DESK, SETTERS, BOTH, post=(200, 302), sends={"month": "2026-10"}, writes=False),
    # shapes of the map: a file is tried first, and refused here as there is none
    "indicators:boundaries": Row(DESK, ADMIN, BOTH, post=(200,), writes=False),
    # the cockpit: figures of any region down to the regency; what is small is hidden outside one's own
    "cockpit:home": Row(DESK, FIGURES),
    "cockpit:region": Row(DESK, FIGURES),
    "programme:candidates": Row(DESK, FIGURES),
    "programme:candidate": Row(RECORD, FIGURES),
    "programme:partners": Row(DESK, FIGURES | PARTNER),
    "programme:partner": Row(DESK, FIGURES),
    "programme:record": Row(
        RECORD,
        COORDINATOR | OFFICER | HEAD | PARTNER,
        BOTH,
        query="apa=anggaran&desa=33.07.10.2004",
        only=COORDINATOR | OFFICER | HEAD,
        sends={"source": "apbdes", "allotted_rupiah": "10.000.000", "spent_rupiah": "2.500.000"},
    ),
}

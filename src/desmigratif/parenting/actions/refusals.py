"""Refusals of the learning centre, by name."""

from __future__ import annotations

from desmigratif.shared.reasons import Reason, Refusal


class CannotEnrol(Refusal):
    code = "cannot_enrol"


class CannotRunCentre(Refusal):
    code = "cannot_run_centre"


class CannotTakeVolunteer(Refusal):
    code = "cannot_take_volunteer"


class CannotBar(Refusal):
    code = "cannot_bar"


class CannotChangeChild(Refusal):
    code = "cannot_change_child"


class ChangedMeanwhile(Refusal):
    """Somebody else wrote since the page was opened."""

    code = "changed_meanwhile"

    def __init__(self) -> None:
        text = "Catatan ini baru saja diubah orang lain. Isian Anda belum disimpan."
        super().__init__(Reason("changed_meanwhile", text, way_out="Buka lagi halamannya, bandingkan, lalu simpan."))


class CannotPlan(Refusal):
    code = "cannot_plan"


class CannotCallRoll(Refusal):
    code = "cannot_call_roll"


class CannotAgreeCall(Refusal):
    code = "cannot_agree_call"


class CannotRecordQuarter(Refusal):
    code = "cannot_record_quarter"


class CannotWriteWorry(Refusal):
    code = "cannot_write_worry"

"""Patches of `extracts`: nobody stands alone in a file, two people decide, and it ends."""

from __future__ import annotations

from .parts import Patch, tests

_ANONYMITY = "src/desmigratif/extracts/tests/test_anonymity.py"
# Single tests: whatever looks for the smallest counter-example takes minutes once a promise is broken.
_FIVE_ROWS = (f"{_ANONYMITY}::test_one_who_has_five_rows_is_not_taken_for_five",)
_ONE_STATE = (f"{_ANONYMITY}::test_a_group_whose_whole_state_is_known_by_being_in_it_does_not_leave",)
_TWO_FILES = (f"{_ANONYMITY}::test_who_holds_a_file_gets_no_other_of_the_same_records",)
_FILES = tests("extracts", "extracts")

EXTRACTS: tuple[Patch, ...] = (
    Patch(
        "a row that stands alone leaves", "the only woman of her age in a village would be known by it",
        "extracts/rules/anonymity.py", "number not in hidden)", "True)", _FIVE_ROWS,
    ),
    Patch(
        "rows are counted instead of people", "one person with five plans would pass for five",
        "extracts/rules/anonymity.py", "len({self.units[number] for number in group})", "len(group)", _FIVE_ROWS,
    ),
    Patch(
        "a group whose state is all the same leaves", "whoever knows who is in it would know the state of each",
        "extracts/rules/anonymity.py", "return not known or len(known) >= self.guard.kinds_told", "return True",
        _ONE_STATE,
    ),
    Patch(
        "who asked approves", "one person alone could take the rows of a province",
        "extracts/rules/asking.py", "    if asker == by:", "    if False:", _FILES,
    ),
    Patch(
        "two files of the same records go to one person", "one subtracted from the other leaves single people",
        "extracts/rules/asking.py", "    if not near:", "    if True:", _TWO_FILES,
    ),
    Patch(
        "a file is taken as often as one likes", "nobody would notice whom it was passed on to",
        "extracts/rules/asking.py", "if taken < most:", "if True:", _FILES,
    ),
    Patch(
        "the key of a file outlives it", "a copy of the database would open what was destroyed",
        "extracts/sealing.py", "    erase_key(extract.id)\n", "", _FILES,
    ),
    Patch(
        "whoever is in hiding stands in a row", "a village would be named where she is looked for",
        "cases/extracts.py", '        if one["resident__person_id"] in hidden:\n            continue\n        left',
        "        left", _FILES,
    ),
    Patch(
        "what is for the regency's eyes only stands in a row", "a file would tell of violence in a village",
        "cases/extracts.py", "region_filter((region_code,)), tier=Tier.VILLAGE, ", "region_filter((region_code,)), ",
        _FILES,
    ),
)  # fmt: skip

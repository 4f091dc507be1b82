"""Patches of `people`: residents and their households."""

from __future__ import annotations

from .parts import PROTECTIVE, TABLE, Patch, canary, pages, tests

_IMPORT = tests("people", "sheet/importing")
_PEOPLE_PAGES = tests("people", "views", "writing_views")
_MOVING = tests("people", "moving/moving")
_MERGING = tests("people", "doubles/merging")

PEOPLE: tuple[Patch, ...] = (
    Patch(
        "a page is opened to another role", "a tutor would reach the files of residents",
        "people/views/households.py", "@scoped(Permission.RESIDENT_SEE)\ndef household(",
        "@scoped(Permission.FIGURES_SEE)\ndef household(", TABLE,
    ),
    Patch(
        "a NIK stands in full on the search page", "over the shoulder everybody reads it",
        "people/sealing.py", "return {one: nik[-4:] for", "return {one: nik for", pages("people_search"),
    ),
    Patch(
        "a KK number stands in full on a family's page", "over the shoulder everybody reads it",
        "people/queries/household.py", "kk_end=kk_number[-4:] if kk_number else None", "kk_end=kk_number",
        pages("people:household"),
    ),
    Patch(
        "unmasking works by a link", "a number would be shown without a wish, and stand in the history",
        "people/views/people.py", 'methods=("POST",))\ndef unmask', 'methods=("GET", "POST"))\ndef unmask',
        _PEOPLE_PAGES,
    ),
    Patch(
        "keys stay when an import is taken back", "secrets of people who were never here remain",
        "people/actions/undoing.py",
        "        SubjectKey.objects.filter(subject_id__in=chunk).delete()\n    for chunk in _chunks(resident.person_id",
        "    for chunk in _chunks(resident.person_id", _IMPORT,
    ),
    Patch(
        "a CSV cell may run as a formula", "an exported file would run it where it is opened",
        "people/rules/register_sheet/give.py", 'text.lstrip(" ").startswith(FORMULA_STARTS)', "False",
        tests("people", "sheet/exporting"),
    ),
    Patch(
        "what was typed may run as a formula", "an exported sheet would run it where it is opened",
        "people/rules/register_sheet/write.py", "        sheet.write_string(row, place, str(value))",
        "        (sheet.write_formula if str(value)[0] in \"=+-@\" else sheet.write_string)(row, place, str(value))",
        tests("people", "sheet/write"),
    ),
    Patch(
        "a sheet with errors is written", "half a register would be in",
        "people/importing.py", "(checked.errors and not skip_errors)", "False", _IMPORT,
    ),
    Patch(
        "taking an import back forgets who was used", "a visit's person would vanish",
        "people/actions/undoing.py", "        elif resident.id in used:", "        elif False:", _IMPORT,
    ),
    Patch(
        "taking an import back overwrites what came later", "a correction made since would be lost",
        "people/actions/undoing.py", "        elif resident.version != row.version_after:", "        elif False:",
        _IMPORT,
    ),
    Patch(
        "an import is taken back twice", "the second time would undo something else",
        "people/actions/undoing.py", "    if batch.undone_on is not None:", "    if False:", _IMPORT,
    ),
    Patch(
        "corrections overwrite each other", "two desks, one field: the second would win in silence",
        "people/actions/residents.py", "    _refuse_clash(resident, changes, seen_version)\n", "",
        tests("people", "actions"),
    ),
    Patch(
        "a hand-over shows more than was chosen", "another village would read the whole file",
        "people/queries/moves.py", 'if name in {*share.fields} - {"name", PHONES} - SPECIFIC_FIELDS]',
        'if name not in {"name", PHONES} | SPECIFIC_FIELDS]', _MOVING,
    ),
    Patch(
        "a hand-over copies more than was chosen", "the share would be a word",
        "people/actions/moving.py", "given.village_code, share.fields, given.on)",
        "given.village_code, MOVABLE_FIELDS, given.on)", _MOVING,
    ),
    Patch(
        "a share that is over is still accepted", "the agreed day would mean nothing",
        "people/actions/moving.py", "valid_from__lte=today, valid_until__gt=today).first()",
        "valid_from__lte=today).first()", _MOVING,
    ),
    Patch(
        "a merged record is merged again", "its history would hang on a closed record",
        "people/actions/merging.py", "    if row.merged_into_id is not None:", "    if False:", _MERGING,
    ),
    Patch(
        "a merge is taken back twice", "the second time would undo something else",
        "people/actions/merging.py", "    if merge.undone_on is not None:", "    if False:", _MERGING,
    ),
    Patch(
        "somebody alike is registered without a word", "one person would have two files",
        "people/actions/residents.py", "        if not known_to_differ:\n", "        if False:\n",
        tests("people", "actions"),
    ),
    Patch(
        "a lesser role exports the register", "whoever may look could carry everything away",
        "people/exporting.py", "    require(by, Permission.RESIDENT_EXPORT, village_code)",
        "    require(by, Permission.RESIDENT_SEE, village_code)", tests("people", "sheet/exporting"),
    ),
    Patch(
        "a safe address stays in the register", "who looks for her would find her on a list",
        "people/actions/protection.py", "    _take_whereabouts(records, hidden)\n", "",
        tests("people", "protection/safe_address"),
    ),
    Patch(
        "the page of a family in hiding says where it lived", "so would every list that is made of the same rows",
        "people/actions/protection.py", "        _take_home(resident.household, hidden)\n", "        pass\n",
        canary("people:household"),
    ),
    Patch(
        "an envelope is left only when there is a note", "its row would tell for whom there is one",
        "people/envelopes.py", "    if key is None:\n",
        "    if key is None or note is None or not note.says_something:\n", PROTECTIVE,
    ),
    Patch(
        "a full envelope is longer than an empty one", "its size would tell",
        "people/rules/envelopes.py", " + bytes(LENGTH - _HEAD - len(said))", "",
        tests("people", "protection/envelopes"),
    ),
    Patch(
        "envelopes open without a trace", "nobody could be asked who read them",
        "people/views/envelopes.py", "    if not _note_look(desk, OPENED if opens_new else OLD_OPENED, "
        "region_code, envelopes=waiting.count):", "    if False:", PROTECTIVE,
    ),
)  # fmt: skip

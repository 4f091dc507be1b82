"""What somebody could break, one promise at a time, and the tests that must turn red when they do.

`old` stands exactly once (or `times`) in `file` (of `src/desmigratif/`) and is replaced by `new`; `tests` are arguments
of pytest.
A patch that no longer fits is an error: the code moved on, and so must the patch.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patch:
    """One way to break a promise."""

    name: str
    why: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    times: int = 1


def _tests(app: str, *names: str) -> tuple[str, ...]:
    return tuple(f"src/desmigratif/{app}/tests/test_{name}.py" for name in names)


_DOOR = _tests("access", "door")
_REFERRALS = _tests("cases", "referrals")
_SCOPE = _tests("access", "scope")
_SIGN_IN = _tests("access", "signin")
_MEMORY = _tests("audit", "memory")
_IMPORT = _tests("people", "importing")
_PEOPLE_PAGES = _tests("people", "views")
_JOURNEY = _tests("cases", "journey")
_STATEMENT = _tests("documents", "statement")
_PUSH = _tests("sync", "push")
_PULL = _tests("sync", "pull")
_GUARDS = _tests("shared", "triggers")
_DATABASE = _tests("config", "database")
_MATRIX = "tests/matrix/test_matrix.py"
_TABLE = (f"{_MATRIX}::test_the_table_and_the_addresses_say_the_same_of_roles_and_methods",)


def _cells(address: str) -> tuple[str, ...]:
    return (f"{_MATRIX}::test_who_should_find_nothing_finds_nothing_and_leaves_nothing[{address}]",)


def _pages(address: str) -> tuple[str, ...]:
    name = "test_who_may_come_gets_an_answer_and_reading_writes_nothing_but_its_trace"
    return (f"{_MATRIX}::{name}[{address}]",)


def _village_letters(name: str) -> tuple[str, ...]:
    return (f"src/desmigratif/cases/tests/test_village_letters.py::test_{name}",)


SCOPE = (
    Patch(
        "the region filter is dropped", "every village's records lie open to every officer",
        "access/scope.py", "return self._mark_scoped().filter(condition)", "return self._mark_scoped()",
        _cells("people:household"),
    ),
    Patch(
        "require never refuses", "an action can be done in any village",
        "access/scope.py", "    if not by.may(permission, code):\n        raise NotFoundOrNotYours",
        "    by.may(permission, code)", _tests("cases", "visits"),
    ),
    Patch(
        "an unscoped query runs", "a forgotten filter stays unnoticed",
        "access/scope.py", "        if not self._scoped:", "        if False:", _SCOPE,
    ),
    Patch(
        "regions are compared letter by letter", "33.0 would contain 33.07",
        "access/scope.py", '__startswith": code + "."', '__startswith": code', _SCOPE,
    ),
    Patch(
        "a share outlives its date", "another region keeps seeing a record after the agreed day",
        "access/scope.py", "                valid_until__gt=on,\n", "", _SCOPE,
    ),
    Patch(
        "an expired grant still holds", "whoever left the office keeps its rights",
        "access/queries.py", "Q(valid_until__isnull=True) | Q(valid_until__gt=today), user=user", "user=user",
        _SIGN_IN,
    ),
    Patch(
        "a grant holds before it begins", "a successor reads files before taking over",
        "access/queries.py", "user=user, valid_from__lte=today", "user=user", _SIGN_IN,
    ),
    Patch(
        "a closed account keeps its rights", "closing an account would leave its work going on",
        "access/queries.py", "    if user.is_active:\n", "    if True:\n", _SIGN_IN,
    ),
    Patch(
        "a stranger is told that something is there", "403 instead of 404 says that the record exists",
        "access/routes.py", "    raise Http404(NOT_FOUND)", "    return JsonResponse({}, status=403)",
        _cells("people:resident"),
    ),
    Patch(
        "a page is opened to another role", "a tutor would reach the files of residents",
        "people/views/households.py", "@scoped(Permission.RESIDENT_SEE)\ndef household(",
        "@scoped(Permission.FIGURES_SEE)\ndef household(", _TABLE,
    ),
    Patch(
        "any letter counts as the family's permission", "a cover letter for the police would open the way abroad",
        "cases/queries/plans.py", "    letters = letters.filter(kind=FAMILY_PERMISSION)\n", "",
        _village_letters("a_village_letter_is_no_permission_to_leave"),
    ),
    Patch(
        "anybody may ask for anybody's letter", "a broker would collect the papers of a child",
        "cases/rules/village_letters.py", "        *_about_asker(wish),\n", "",
        _village_letters("nobody_else_asks_for_somebodys_police_letter"),
    ),
    Patch(
        "the check of a file forgets what the letter says", "a changed marital status would pass as the village's word",
        "documents/rules/verify_pdf.py", "    if statement.says:", "    if False:",
        _tests("documents", "village_letter_pdf"),
    ),
    Patch(
        "a village's archive prints for strangers", "any officer prints any village's letters in one file",
        "documents/views_archive.py", "letters_of(desk.actor).filter(id__in=_wanted(request))",
        "Letter.objects.everywhere().filter(id__in=_wanted(request))",
        _village_letters("strangers_write_and_print_nothing_together"),
    ),
    Patch(
        "a letter's page forgets whose letter it is", "any officer prints any village's letter",
        "documents/queries.py", "get_or_refuse(Letter.objects.visible_to(by).select_related(",
        "get_or_refuse(Letter.objects.everywhere().select_related(", _cells("documents:letter"),
    ),
    Patch(
        "a stranger's refused act is filed in the village", "an attempt from outside leaves a row in that village",
        "access/door.py", "_village_if_allowed(by, given) or by.home_code", "given.village_code", _DOOR,
    ),
    Patch(
        "the event of a refused act goes where it aimed", "strangers could fill another village's chain",
        "access/door.py", "return code if any(by.may(permission, code) for permission in Permission) else \"\"",
        "return code", _DOOR,
    ),
    Patch(
        "accounts of other regions are listed", "an administrator sees sign-ins of other regencies",
        "access/queries.py", "User.objects.filter(id__in=Grant.objects.filter(mine)",
        "User.objects.filter(id__in=Grant.objects", _cells("access:disable_account"),
    ),
)  # fmt: skip

DOOR = (
    Patch(
        "receipts are forgotten", "the same act would be done twice",
        "access/door.py", "return Receipt.objects.filter(actor_id=str(by.id), act_id=act_id).first()", "return None",
        _DOOR,
    ),
    Patch(
        "the payload's digest is ignored", "a finished id could stand for another content",
        "access/door.py", "    if standing.digest != digest:", "    if False:", _DOOR,
    ),
    Patch(
        "an action need not ask", "a new action without a permission check would pass",
        "access/door.py", "    if not (asked if spec.permission is None else spec.permission.value in asked):",
        "    if False:", _DOOR,
    ),
    Patch(
        "a refused act changes something", "half of a refused act would stay",
        "audit/unit.py", "        with transaction.atomic(durable=True):\n", "        if transaction:\n", _DOOR,
    ),
    Patch(
        "a payload under review lies open", "personal values would stand in clear in the database",
        "access/door.py", "                crypto.keyring().review, given.model_dump_json(exclude_unset=True).encode()",
        "                bytes(32), given.model_dump_json(exclude_unset=True).encode()", _DOOR,
    ),
    Patch(
        "a revocation leaves no event", "the chain would not say who took a letter back",
        "documents/actions.py", 'unit.record(\n        "letter.revoked",',
        'dict(\n        event="letter.revoked",', _pages("documents:revoke_letter"),
    ),
    Patch(
        "a visit leaves no event", "the chain would not say who wrote it",
        "cases/actions/visits.py", 'unit.record("visit.recorded", ', 'dict(event="visit.recorded", ',
        _pages("cases:record_visit"),
    ),
    Patch(
        "a visit is not told to devices", "phones would never hear of it",
        "cases/actions/visits.py", '    unit.changed("cases.visit", visit.village_code, visit.id)\n    memory.add_fact',
        "    memory.add_fact", _PULL,
    ),
)  # fmt: skip

MEMORY = (
    Patch(
        "events may be rewritten", "the database itself must refuse",
        "shared/triggers.py", '    Guard("audit_event", "UPDATE", "audit events never change"),\n', "", _MEMORY,
    ),
    Patch(
        "events may be deleted", "the database itself must refuse",
        "shared/triggers.py", '    Guard("audit_event", "DELETE", "audit events are never deleted"),\n', "", _MEMORY,
    ),
    Patch(
        "finished receipts may be rewritten", "an acknowledgement must stay what it was",
        "shared/triggers.py", 'unless="OLD.outcome = \'refused\'"', 'unless="1 = 1"', _GUARDS,
    ),
    Patch(
        "a letter may be deleted", "a number would be free again",
        "shared/triggers.py", '    Guard("documents_letter", "DELETE", "a letter keeps its number for ever"),\n', "",
        _tests("documents", "register"),
    ),
    Patch(
        "a letter may be rewritten", "what was signed and what the register says would differ",
        "shared/guard_sql.py", 'f\'NEW."{name}" {same} OLD."{name}"\' for name in columns if name not in guard.only',
        "'1 = 1'", _tests("documents", "register"),
    ),
    Patch(
        "a revocation may be taken back", "a letter that opened no door yesterday would open it today",
        "shared/triggers.py", 'unless="OLD.revoked_on IS NULL"', 'unless="1 = 1"', _tests("documents", "register"),
    ),
    Patch(
        "a deleted receipt goes unnoticed", "the same act could be done a second time",
        "audit/verify.py", "    for event in memory.lone_events():\n", "    for event in ():\n", _MEMORY,
    ),
    Patch(
        "other keys are believed", "half of a village would be sealed with keys that no backup knows",
        "config/cli/ready.py", "        if row is not None:\n", "        if False:\n",
        _tests("config", "ready_keys"),
    ),
    Patch(
        "guards are not made again after a migration", "SQLite loses triggers in silence",
        "shared/management/commands/migrate.py", "            create_guards(database)", "            pass", _GUARDS,
    ),
    Patch(
        "nobody asks for missing guards", "the server would start without them",
        "config/cli/ready.py", "    gone = sorted(missing_guards())", "    gone: list[str] = []",
        _tests("config", "cli"),
    ),
    Patch(
        "the chain's digest has no key", "whoever can write the database could forge the chain",
        "shared/crypto.py", "digest = _keyed(key).copy()", 'digest = _keyed(b"").copy()',
        _tests("audit", "forging"),
    ),
    Patch(
        "parts of a digest run into each other", "two different contents would have one digest",
        "shared/crypto.py", 'b"".join(map(_framed, parts))', 'b"".join(parts)', _tests("shared", "crypto"),
    ),
    Patch(
        "the end of a chain may be cut", "the newest events could vanish unnoticed",
        "audit/verify.py", "    if (clock.audit_no, clock.audit_head) != (number, head):", "    if False:", _MEMORY,
    ),
    Patch(
        "an event's details are not in its digest", "what was done could be rewritten",
        "audit/unit.py", '        "details": event.details,\n', "", _tests("audit", "forging"),
    ),
    Patch(
        "a power cut may lose what was acknowledged", "synchronous=NORMAL keeps the database, not the last rows",
        "config/env.py", "PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL", _DATABASE,
    ),
    Patch(
        "two writers stumble over each other", "a deferred transaction fails where it should wait",
        "config/env.py", '"transaction_mode": "IMMEDIATE"', '"transaction_mode": "DEFERRED"', _DATABASE,
    ),
)  # fmt: skip

SECRETS = (
    Patch(
        "a sealed value can be moved to another row", "a NIK could be shown as somebody else's",
        "shared/crypto.py", "place.encode()", "None", _tests("shared", "crypto"), times=3,
    ),
    Patch(
        "values sealed together share a nonce", "two sealed values under one key would give each other away",
        "shared/crypto.py", "noise[_NONCE * number : _NONCE * (number + 1)]", "noise[:_NONCE]",
        _tests("shared", "crypto"),
    ),
    Patch(
        "a NIK stands in full on the search page", "over the shoulder everybody reads it",
        "people/sealing.py", "return {one: nik[-4:] for", "return {one: nik for", _pages("people_search"),
    ),
    Patch(
        "a KK number stands in full on a family's page", "over the shoulder everybody reads it",
        "people/queries/household.py", "kk_end=kk_number[-4:] if kk_number else None", "kk_end=kk_number",
        _pages("people:household"),
    ),
    Patch(
        "unmasking works by a link", "a number would be shown without a wish, and stand in the history",
        "people/views/people.py", 'methods=("POST",))\ndef unmask', 'methods=("GET", "POST"))\ndef unmask',
        _PEOPLE_PAGES,
    ),
    Patch(
        "a letter is printed without a trace", "nobody could tell who took it",
        "documents/views.py", '    if not _opened(desk, found, "letter.printed"):', "    if False:",
        _tests("documents", "views"),
    ),
    Patch(
        "the key stays after erasing", "what was erased could be opened again",
        "access/subject_keys.py", ".update(wrapped=nothing)", ".update(subject_id=subject_id)",
        _tests("people", "actions"),
    ),
    Patch(
        "keys stay when an import is taken back", "secrets of people who were never here remain",
        "people/actions/undoing.py",
        "        SubjectKey.objects.filter(subject_id__in=chunk).delete()\n    for chunk in _chunks(resident.person_id",
        "    for chunk in _chunks(resident.person_id", _IMPORT,
    ),
    Patch(
        "nobody needs a second factor", "a lost password would be enough",
        "access/middleware.py", "if not settings.SECOND_FACTOR_REQUIRED or", "if True or", _SIGN_IN,
    ),
    Patch(
        "a handed-over password is kept", "whoever made the account could go on using it",
        "access/middleware.py", "if user.must_change_password and", "if False and", _SIGN_IN,
    ),
    Patch(
        "one person takes a second factor away alone", "two must have seen the person",
        "access/rules.py", "    if is_asker:\n", "    if False:\n", _tests("access", "restoring"),
    ),
    Patch(
        "passwords may be guessed for ever", "nothing would slow a guesser down",
        "config/settings.py", "AXES_FAILURE_LIMIT = 5", "AXES_FAILURE_LIMIT = 5000", _SIGN_IN,
    ),
    Patch(
        "pages stay in the browser's store", "the back button shows a file after signing out",
        "access/middleware.py", '            response.headers.setdefault("Cache-Control", "no-store, private")\n',
        "            pass\n", _tests("access", "headers"),
    ),
    Patch(
        "pages may run inline scripts", "what somebody typed could run in an officer's browser",
        "config/settings.py", '"script-src": [SELF],', '"script-src": [SELF, "\'unsafe-inline\'"],',
        _tests("access", "headers"),
    ),
    Patch(
        "other sites may send forms", "a page elsewhere could act in an officer's name",
        "config/settings.py", '    "django.middleware.csrf.CsrfViewMiddleware",\n', "", _PUSH,
    ),
    Patch(
        "a CSV cell may run as a formula", "an exported file would run it where it is opened",
        "people/rules/register_sheet/give.py", 'text.lstrip(" ").startswith(FORMULA_STARTS)', "False",
        _tests("people", "exporting"),
    ),
    Patch(
        "what was typed may run as a formula", "an exported sheet would run it where it is opened",
        "people/rules/register_sheet/write.py", "        sheet.write_string(row, place, str(value))",
        "        (sheet.write_formula if str(value)[0] in \"=+-@\" else sheet.write_string)(row, place, str(value))",
        _tests("people", "sheet_write"),
    ),
)  # fmt: skip

LETTERS = (
    Patch(
        "a letter is written without a talk", "the family was never heard",
        "cases/rules/permission.py", "        *_about_talk(talk),\n", "", _JOURNEY,
    ),
    Patch(
        "a letter is written after a stop", "the village would sign a dangerous offer",
        "cases/rules/permission.py", '    if check.level == "stop":', '    if check.level == "never":', _JOURNEY,
    ),
    Patch(
        "a permission under pressure counts", "it was not given freely",
        "cases/rules/permission.py", "    if talk.disputed or talk.pressure:", "    if talk.disputed:", _JOURNEY,
    ),
    Patch(
        "the letter of a plan that was given up still holds", "somebody could leave with it against their own word",
        "cases/actions/cases.py", "        _take_back(letter, ", "        dict(letter=letter, ",
        _tests("cases", "views"),
    ),
    Patch(
        "a number is given twice", "two letters could not be told apart",
        "documents/register.py", '    counter.save(update_fields=["last_number"])\n', "",
        _tests("documents", "register"),
    ),
    Patch(
        "a statement's signature is not checked", "anybody could forge a letter",
        "documents/rules/statement.py", "    if not cose.is_signed_by(envelope, candidates[0].public_key):",
        "    if False:", _STATEMENT,
    ),
    Patch(
        "another village's key may sign", "one stolen key would forge letters of all",
        "documents/rules/statement.py", "if key.village_code == statement.village_code]", "if True]", _STATEMENT,
    ),
    Patch(
        "a revoked letter is valid", "a letter that was taken back would still open doors",
        "documents/rules/statement.py",
        "    if (statement.village_code, statement.number) in revocations.letters:", "    if False:", _STATEMENT,
    ),
    Patch(
        "revocations are not published", "nobody outside would hear of them",
        "documents/queries.py", "filter(revoked_on__isnull=False)", "none()", _JOURNEY,
    ),
    Patch(
        "a changed text passes", "true signature, false text",
        "documents/rules/verify_pdf.py", "    if not missing:\n", "    if True:\n", _tests("documents", "letter_pdf"),
    ),
)  # fmt: skip

EXCHANGE = (
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
        "the day is the server's", "in Merauke a visit of today would be of tomorrow",
        "regions/queries.py", "return local_day(now, rules.utc_offset_of(code))", "return local_day(now, 7)",
        _tests("regions", "queries"),
    ),
    Patch(
        "changes come in any order", "a phone would skip what it never saw",
        "sync/queries.py", ').order_by("change_no")[: limit + 1]', ').order_by("-change_no")[: limit + 1]', _PULL,
    ),
    Patch(
        "a phone's question names its village and is believed", "any phone could ask for any village",
        "sync/queries.py", "if by.may(registry.rows_of(record).see_permission, village_code)]", "]", _PULL,
    ),
    Patch(
        "a phone of an earlier life is believed", "after a restore its numbers mean something else",
        "sync/views.py", "    known = sent.epoch in (None, epoch)", "    known = True", _PUSH,
    ),
    Patch(
        "another person's outbox is taken", "work on a shared phone arrives under the wrong name",
        "sync/views.py", "    if sent.person not in (None, request.actor.id):", "    if False:", _PUSH,
    ),
    Patch(
        "corrections overwrite each other", "two desks, one field: the second would win in silence",
        "people/actions/residents.py", "    _refuse_clash(resident, changes, seen_version)\n", "",
        _tests("people", "actions"),
    ),
)  # fmt: skip

_BOOKS = _tests("cooperative", "ledger_guards")
_POSTING = _tests("cooperative", "ledger_posting")
_PROOF = _tests("cooperative", "ledger_verify")
LEDGER = (
    Patch(
        'ledger: a sealed leg may change', 'the amount of a finished entry could be rewritten',
        'shared/ledger_guards.py',
        '    Guard("cooperative_leg", "UPDATE", "sealed_already: legs never change"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: a sealed leg may be deleted', 'half of an entry could vanish',
        'shared/ledger_guards.py',
        '    Guard("cooperative_leg", "DELETE", "sealed_already: legs are never deleted"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: a sealed entry may change', 'an entry could be moved to another day',
        'shared/ledger_guards.py',
        '    Guard("cooperative_entry", "UPDATE", "sealed_already: entries never change"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: a sealed entry may be deleted', 'an entry could vanish',
        'shared/ledger_guards.py',
        '    Guard("cooperative_entry", "DELETE", "sealed_already: entries are never deleted"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: a seal may be deleted', 'the chain would have a gap',
        'shared/ledger_guards.py',
        '    Guard("cooperative_seal", "DELETE", "sealed_already: seals are never deleted"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: legs are added to what is sealed', 'an entry could grow after it was printed',
        'shared/ledger_guards.py',
        ' WHERE e.id = NEW.entry_id) IS NOT FALSE', ' WHERE e.id = NEW.entry_id) IS NULL', _BOOKS,
    ),
    Patch(
        'ledger: an entry need not balance', 'money would appear',
        'shared/ledger_guards.py',
        ' HAVING count(l.id) < 2 OR sum(l.amount_rupiah) <> 0)',
        ' HAVING 1 = 0)', _BOOKS,
    ),
    Patch(
        'ledger: a closed month takes entries', 'a printed statement would no longer be true',
        'shared/ledger_guards.py',
        'e.seal_id = NEW.id AND e."on" <= (SELECT',
        'e.seal_id = NEW.id AND 1 = 0 AND e."on" <= (SELECT', _BOOKS,
    ),
    Patch(
        'ledger: a closed month may be opened', 'a printed statement would no longer be true',
        'shared/ledger_guards.py',
        '    Guard("cooperative_period", "DELETE", "period_closed: a closed month is never opened again"),\n',
        '', _BOOKS,
    ),
    Patch(
        'ledger: more is taken out than there is', 'two cashiers could empty one account twice',
        'shared/ledger_guards.py',
        '"NOT a.may_overdraw AND l.amount_rupiah',
        '"1 = 0 AND l.amount_rupiah', _BOOKS,
    ),
    Patch(
        'ledger: accounts of other cooperatives are used', 'the wall between cooperatives would be a habit',
        'shared/ledger_guards.py',
        'ON a.id = l.account_id AND a.cooperative_id = NEW.cooperative_id"',
        'ON a.id = l.account_id"', _BOOKS,
    ),
    Patch(
        'ledger: a control account forgets its members', 'the sum of savings would not be that of the savers',
        'shared/ledger_guards.py',
        ' OR a.has_holders <> (l.holder_id IS NOT NULL)',
        '', _BOOKS,
    ),
    Patch(
        'ledger: the chain need not be linked', 'a seal could be put in between',
        'shared/ledger_guards.py',
        ' AND b.head_hash = NEW.prev_hash)',
        ')', _BOOKS,
    ),
    Patch(
        'ledger: a reversal undoes something else', 'money would move under the name of a correction',
        'shared/ledger_guards.py',
        ' HAVING sum(l.amount_rupiah) <> 0)))',
        ' HAVING 1 = 0)))', _BOOKS, times=2,
    ),
    Patch(
        'ledger: a receipt sent again is entered again', 'one deposit would count fifty times',
        'cooperative/actions/posting.py',
        '        if book.entry_exists:\n',
        '        if False:\n', _POSTING,
    ),
    Patch(
        'ledger: an id may stand for another entry', "a receipt could be answered with somebody else's",
        'cooperative/actions/posting.py',
        '    if not rules.same_legs(legs_of(entry.id), entry.legs):',
        '    if False:', _POSTING,
    ),
    Patch(
        "ledger: a seal's hash is not looked at", 'whoever owns the database could rewrite the books',
        'cooperative/queries/ledger_verify.py',
        '    if hash_of(sealed) != seal.hash:',
        '    if False:', _PROOF,
    ),
    Patch(
        'ledger: balances are not compared with the legs', "a member's balance could be raised by hand",
        'cooperative/queries/ledger_verify.py',
        '    if _holdings_of(legs) != _kept_holdings(cooperative):',
        '    if False:', _PROOF,
    ),
    Patch(
        'ledger: back-dating after a close is not looked for', 'a closed month could be changed unnoticed',
        'cooperative/queries/ledger_verify.py',
        'for closing, closed in closings if closing < number)',
        'for closing, closed in closings if False)', _PROOF,
    ),
    Patch(
        'ledger: the end of a book may be cut', 'the newest entries could vanish',
        'cooperative/queries/ledger_verify.py',
        '(book.last_number, book.head_hash) != (number, head)',
        'False', _PROOF,
    ),
)  # fmt: skip

_SAVINGS = _tests("cooperative", "savings_machine")
SAVINGS = (
    Patch(
        "savings: the minimum balance may be taken out", "what the board decided to stay would not stay",
        "cooperative/rules/savings_products.py", "account.balance - account.held - account.minimum_balance)",
        "account.balance - account.held)", _SAVINGS,
    ),
    Patch(
        "savings: the last day of a month earns nothing", "every saver would lose a day a month, unnoticed",
        "cooperative/rules/savings_interest.py", "(end + timedelta(days=1) - since).days",
        "(end - since).days", _SAVINGS,
    ),
)  # fmt: skip

_LIFE = _tests("cooperative", "rules_loan_life")
LOANS = (
    Patch(
        "loans: money pays in the programme's order, not the product's", "a contract would not be kept",
        "cooperative/rules/loan_work.py", "        order = self.policy.order\n", "        order = COMPONENTS\n", _LIFE,
    ),
    Patch(
        "loans: the days of grace are forgotten", "whoever pays three days late would be charged against the contract",
        "cooperative/rules/loan_lines.py", "self.due_on + timedelta(days=rule.grace_days)", "self.due_on", _LIFE,
    ),
    Patch(
        "loans: late fees grow without end", "a small debt would become a large one",
        "cooperative/rules/loan_lines.py", "        if rule.cap_percent is not None:\n", "        if False:\n", _LIFE,
    ),
    Patch(
        "loans: a loan is paid when its interest is", "the principal that is left would be nobody's debt",
        "cooperative/rules/loan_work.py", '"active" if any(line.open_total for line in self.lines)',
        '"active" if any(line.open("interest") for line in self.lines)', _LIFE,
    ),
    Patch(
        "loans: instalments are not rounded to their multiple", "the cashier would need coins that do not exist",
        "cooperative/rules/rounding.py", "return whole(amount / step, mode) * step", "return whole(amount, mode)",
        _tests("cooperative", "rules_loan_schedule"),
    ),
    Patch(
        "loans: a share loses its last rupiah", "parts would not add up to the whole",
        "cooperative/rules/rounding.py", "in by_remainder[:left]:\n", "in by_remainder[:0]:\n",
        _tests("cooperative", "rules_members"),
    ),
    Patch(
        "loans: the cap is not looked at", "a loan dearer than the law allows would be given",
        "cooperative/rules/rates.py", "    if check.within is not False or check.percent is None:\n",
        "    if check.percent is not False:\n", _tests("cooperative", "loans"),
    ),
    Patch(
        "group loans: who is late carries too", "nobody would carry what they owe one another",
        "cooperative/rules/group_loans.py", "[member for member in loans if member not in behind]", "list(loans)",
        _tests("cooperative", "rules_members"),
    ),
)  # fmt: skip

_MOVING = _tests("people", "moving")
_MERGING = _tests("people", "merging")
_LOCK = _tests("access", "lock")
_BROWSERS = _tests("access", "second_factor")
DESK = (
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
        "people/actions/merging.py", "        if row.merged_into_id is not None:", "        if False:", _MERGING,
    ),
    Patch(
        "a merge is taken back twice", "the second time would undo something else",
        "people/actions/merging.py", "    if merge.undone_on is not None:", "    if False:", _MERGING,
    ),
    Patch(
        "somebody alike is registered without a word", "one person would have two files",
        "people/actions/residents.py", "        if not known_to_differ:\n", "        if False:\n",
        _tests("people", "actions"),
    ),
    Patch(
        "a lesser role exports the register", "whoever may look could carry everything away",
        "people/exporting.py", "    require(by, Permission.RESIDENT_EXPORT, village_code)",
        "    require(by, Permission.RESIDENT_SEE, village_code)", _tests("people", "exporting"),
    ),
    Patch(
        "a safe address stays in the register", "who looks for her would find her on a list",
        "people/actions/protection.py", "    _take_whereabouts(records, hidden)\n", "",
        _tests("people", "safe_address"),
    ),
    Patch(
        "a locked desk opens its pages", "whoever passes by reads on",
        "access/sessions.py", 'if kept["locked"] or idle >=', "if idle >=", _LOCK,
    ),
    Patch(
        "an idle desk stays open", "whoever passes by reads on",
        "access/sessions.py", "idle >= settings.IDLE_LOCK_MINUTES * 60", "idle < 0", _LOCK,
    ),
    Patch(
        "a cookie from before the lock opens again", "a copied cookie would come back to life with its owner",
        "access/sessions.py", "    session.cycle_key()\n", "", _LOCK,
    ),
    Patch(
        "a one-time code opens twice", "whoever finds the paper sets another password",
        "access/entry_codes.py", "        if not taken:\n", "        if False:\n", _tests("access", "entry"),
    ),
    Patch(
        "a remembered browser counts for ever", "a sold phone would stay a second factor",
        "access/enrolled.py", "filter(user=user, until__gt=now)", "filter(user=user)", _BROWSERS,
    ),
)  # fmt: skip

_COPIES = _tests("documents", "copies")
_PAPERS = _tests("cases", "papers")
_PROTECTIVE = _tests("cases", "protective")
_SHEETS = _tests("cases", "sheets", "sheets_entry")

PAPERS = (
    Patch(
        "the camera's data stay in a photo", "a copy tells where and when it was taken",
        "documents/rules/copies.py",
        'picture.save(target, "JPEG", quality=KEPT_QUALITY, optimize=True)',
        'picture.save(target, "JPEG", quality=KEPT_QUALITY, optimize=True, exif=Image.open(BytesIO(sent)).getexif())',
        _COPIES,
    ),
    Patch(
        "a scan keeps what its camera wrote", "a PDF of a photo tells where it was taken",
        "documents/rules/pdf_copies.py", "kept._data = without_marks(bytes(kept._data))", "pass", _COPIES,
    ),
    Patch(
        "a photo is unpacked however large it says it is", "a few bytes would fill the village's computer",
        "documents/rules/copies.py", "if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:", "if False:",
        _COPIES,
    ),
    Patch(
        "copies lie in clear", "a stolen database shows every passport",
        "documents/attachments.py",
        "sealed = crypto.seal(key, copy.content, place=_place(attachment_id))", "sealed = copy.content", _PAPERS,
    ),
    Patch(
        "a copy is shown without a trace", "nobody could be told who looked at a passport",
        "cases/views/papers.py", "attachments.content_of(kept) if noted else None", "attachments.content_of(kept)",
        _PAPERS,
    ),
    Patch(
        "a deleted copy stays", "what was asked to be deleted is only hidden",
        "documents/attachments.py", "AttachmentContent.objects.filter(attachment=kept).delete()", "pass", _PAPERS,
    ),
    Patch(
        "a protective note is written to the history", "the household page would betray who asked for help",
        "cases/actions/cases.py",
        "    seal_talk(case, given.on, pressure=given.pressure, closed=given.envelope)\n",
        "    seal_talk(case, given.on, pressure=given.pressure, closed=given.envelope)\n"
        '    if given.pressure:\n        remember(case, "protective.noted", given.on)\n',
        _PROTECTIVE,
    ),
    Patch(
        "what was sealed is kept in the village's own note too", "every officer could read it",
        "cases/views/talks.py", "            payload[\"envelope\"] = envelopes.sealed(key, note)\n",
        "            payload |= {\"envelope\": envelopes.sealed(key, note), \"note\": text or None}\n", _PROTECTIVE,
    ),
    Patch(
        "without a key nobody is told where danger goes", "it would be written where the village reads it, or lost",
        "cases/templates/cases/family_talk.html", '{% else %}{% include "cases/parts/no_safe_keeping.html" %}', "",
        _PROTECTIVE,
    ),
    Patch(
        "a sheet of paper is entered twice", "one visit would count twice and a talk stand there twice",
        "cases/actions/sheets.py", "    if why := why_not_usable(found):\n",
        "    if (why := why_not_usable(found)) and False:\n", _SHEETS,
    ),
    Patch(
        "paper is dated on the day of the typing", "the clock of a right would begin days too late",
        "cases/views/from_sheet.py", '        form.initial["on"] = day_before(desk)\n', "        pass\n", _SHEETS,
    ),
    Patch(
        "an envelope is left only when there is a note", "its row would tell for whom there is one",
        "people/envelopes.py", "    if key is None:\n",
        "    if key is None or note is None or not note.says_something:\n", _PROTECTIVE,
    ),
    Patch(
        "a receipt covers what was sealed", "whoever has the keys could try what a note said",
        "cases/inputs/cases.py", "default=None, exclude=True, repr=False", "default=None, repr=False", _PROTECTIVE,
    ),
    Patch(
        "a full envelope is longer than an empty one", "its size would tell",
        "people/rules/envelopes.py", " + bytes(LENGTH - _HEAD - len(said))", "", _tests("people", "envelopes"),
    ),
    Patch(
        "a locked screen keeps the note", "the village could read it from the session",
        "access/kept_posts.py", '"csrfmiddlewaretoken", *FOR_THE_COORDINATOR', '"csrfmiddlewaretoken"', _PROTECTIVE,
    ),
    Patch(
        "envelopes open without a trace", "nobody could be asked who read them",
        "people/views/envelopes.py", "    if not _note_look(desk, OPENED if opens_new else OLD_OPENED, "
        "region_code, envelopes=waiting.count):", "    if False:", _PROTECTIVE,
    ),
)  # fmt: skip

_BUSINESS = _tests("cooperative", "business")
_SHARING = _tests("cooperative", "rules_business")
_OPENING = _tests("cooperative", "opening")
_CIRCLE = _tests("cooperative", "group_loans")

BUSINESS = (
    Patch(
        "ledger: a sealed row is replaced", "SQLite would put another leg in the place of a sealed one",
        "config/env.py", "; PRAGMA recursive_triggers=ON", "", _tests("cooperative", "ledger_guard_ways"),
    ),
    Patch(
        "ledger: a row is added under a closed seal", "an entry could appear in a day that was printed",
        "shared/ledger_guards.py", "WHERE s.id = NEW.seal_id) IS NOT FALSE",
        "WHERE s.id = NEW.seal_id) IS NULL", _BOOKS,
    ),
    Patch(
        "business: a saver loses more than was put in", "modal penyertaan would become a debt",
        "cooperative/rules/business.py", "max(amount, -one.capital[name])", "amount", _SHARING,
    ),
    Patch(
        "business: more than the whole result is promised", "somebody would be promised what nobody has",
        "cooperative/rules/business.py", "    if promised + percent <= HUNDRED:\n", "    if True:\n", _BUSINESS,
    ),
    Patch(
        "business: the days of a result are counted twice", "savers would be paid twice for one harvest",
        "cooperative/actions/businesses.py",
        "    if known.filter(first_on__lte=given.last_on, last_on__gte=given.first_on).exists():\n", "    if False:\n",
        _BUSINESS,
    ),
    Patch(
        "business: who wrote a result takes it back", "one person could give and take alone",
        "cooperative/actions/businesses.py", "    if result.actor_id == by.id:\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: who entered a movement takes it back", "a cashier could undo what was seen",
        "cooperative/actions/business_moves.py", "    if move.actor_id == by.id:\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: one approval pays for ever", "the second person's word would be a blank cheque",
        "cooperative/actions/business_moves.py", "        approval.move_id = row.id\n", "        pass\n", _BUSINESS,
    ),
    Patch(
        "business: a group's loss eats more than its capital", "members would pay for a business of others",
        "cooperative/actions/businesses.py", "        ours = max(ours, -capital_in(business))", "        ours = ours",
        _BUSINESS,
    ),
    Patch(
        "business: more goods are handed out than there are", "somebody's ordered goods would be gone",
        "cooperative/rules/business.py", "    if 0 < quantity <= left:\n", "    if 0 < quantity:\n", _BUSINESS,
    ),
    Patch(
        "business: somebody leaves with goods open", "what is theirs would be nobody's",
        "cooperative/actions/leaving.py", "    if open_with(cooperative, member):\n", "    if False:\n", _BUSINESS,
    ),
    Patch(
        "business: a closed agreement still earns", "who was paid back would go on sharing",
        "cooperative/queries/business.py", "if one.stake.agreement.closed_on is not None:", "if False:",
        _tests("cooperative", "agreements"),
    ),
    Patch(
        "loans: interest is earned once when due and once when paid", "income would stand in the books that never came",
        "cooperative/rules/accrual.py", "max(0, accrued - max(0, earned_now - earned_before))", "accrued",
        _tests("cooperative", "loans"),
    ),
    Patch(
        "loans: a new table forgives what was unpaid", "a loan would cost less to end the day after than before",
        "cooperative/rules/loan_work.py", "self.deferred_before(line) + line.carried[\"interest\"]",
        "self.deferred_before(line)", _tests("cooperative", "rules_loan_life"),
    ),
    Patch(
        "business: capital goes on without anybody's yes", "a stake could be written over behind its owner's back",
        "cooperative/rules/business.py", " if need not in shown]", " if False]", _tests("cooperative", "agreements"),
    ),
    Patch(
        "group loans: a group that is late stands for more", "the others would carry what they cannot",
        "cooperative/queries/group_loans.py",
        "    if not any(one.state.arrears_days for one in group_loans(group, on)):\n", "    if True:\n", _CIRCLE,
    ),
    Patch(
        "group loans: somebody leaves a loan behind", "the others would carry the part of who went",
        "cooperative/actions/businesses.py", "    if group_loans(seat.group, given.on):\n", "    if False:\n", _CIRCLE,
    ),
    Patch(
        "opening: paper books are brought in twice", "everybody would have double",
        "cooperative/actions/opening.py", "    if opening_of(cooperative) is not None:\n", "    if False:\n", _OPENING,
    ),
    Patch(
        "opening: a wrong workbook is written", "totals that disagree would become the books",
        "cooperative/actions/opening.py", "if said.is_error]:\n", "if False]:\n", _OPENING,
    ),
    Patch(
        "opening: a difference is not written", "the opening entry would say less than the sheet",
        "cooperative/actions/opening.py", "            self.legs.append(NewLeg(self.chart[BALANCING], difference))\n",
        "            self.legs[-1] = NewLeg(self.legs[-1].account_id, self.legs[-1].amount_rupiah + difference, "
        "self.legs[-1].holder_id)\n", _OPENING,
    ),
)  # fmt: skip

_COMPLAINTS = _tests("cases", "complaints")
_COMPLAINT_WORK = _tests("cases", "complaint_work")
_PUBLIC_DOOR = _tests("portal", "door")

COMPLAINTS = (
    Patch(
        "complaints: the village sees one about its officer", "who complains of an officer would be found by him",
        "cases/rules/complaints.py", "REGENCY if about_officer else VILLAGE", "VILLAGE", _COMPLAINTS,
    ),
    Patch(
        "complaints: a protective one names whom it is about", "a copy of the database would tell who is in danger",
        "cases/actions/complaints.py", "        resident=None if hidden else resident,\n",
        "        resident=resident,\n", _COMPLAINTS,
    ),
    Patch(
        "complaints: what was raised stays in the family's history", "the village would read what it must not know",
        "cases/actions/complaint_work.py", "        entry.delete()\n", "        pass\n", _COMPLAINT_WORK,
    ),
    Patch(
        "complaints: triage lowers who may see it", "one wrong tap would open a protective file to the village",
        "cases/actions/complaint_work.py", "    tier = rules.stricter(complaint.tier, asked)\n", "    tier = asked\n",
        _COMPLAINT_WORK,
    ),
    Patch(
        "complaints: an emergency waits for Monday", "somebody in danger on a holiday would be read days later",
        "cases/rules/complaints.py", "    if emergency:\n", "    if False:\n", _tests("cases", "complaint_rules"),
    ),
    Patch(
        "complaints: an open one ends the sign of an unpaid wage", "arrears would be blamed on the family again",
        "cases/actions/complaint_states.py", ".exclude(id=complaint.id).exists():", ".exists() or True:", _COMPLAINTS,
    ),
    Patch(
        "public door: a code may be guessed for ever", "somebody would try birth dates until one fits",
        "portal/views_door.py", "    if not (by_address and by_code):\n", "    if not by_address:\n", _PUBLIC_DOOR,
    ),
    Patch(
        "public door: a report is lost when the database is", "what somebody wrote in fear would be gone",
        "portal/views_door.py", "    except DatabaseError:\n", "    except ZeroDivisionError:\n", _PUBLIC_DOOR,
    ),
    Patch(
        "public door: a code opens without the birth date", "whoever finds the paper would read it",
        "cases/complaint_sealing.py", 'f"{typed}:{born.isoformat()}"', 'f"{typed}"', _PUBLIC_DOOR,
    ),
)  # fmt: skip

ABROAD = (
    Patch(
        "abroad: silence is no alarm until the day after", "a day is lost in which somebody could be looked for",
        "cases/rules/contact.py", "    return due is not None and now > due\n",
        "    return due is not None and now > due + _DAY\n", _tests("cases", "abroad_rules", "abroad"),
    ),
    Patch(
        "abroad: an old call ends the alarm", "news of last month would call off the search for somebody lost today",
        "cases/actions/stays.py", "    if stay.overdue_since is None or rules.is_overdue(stay.due_at, now):\n",
        "    if stay.overdue_since is None:\n", _tests("cases", "abroad"),
    ),
    Patch(
        "abroad: a family is handed over without having been asked", "nothing goes by itself: a person decides",
        "cases/actions/leaving.py", "    for kind in dict.fromkeys(given.hand_overs):\n",
        '    for kind in ("saving_plan",):\n', _tests("cases", "abroad"),
    ),
    Patch(
        "abroad: whoever is not back after all is waited for no more", "their silence would be noticed by nobody",
        "cases/actions/returns.py", "    stays.resume(case, given.on)\n", "", _tests("cases", "abroad"),
    ),
)  # fmt: skip

REFERRALS = (
    Patch(
        "referrals: a link is not used up", "whoever finds the letter later could answer for the body",
        "cases/actions/referral_answers.py", "    link.used_on = given.on\n", "", _REFERRALS,
    ),
    Patch(
        "referrals: an answer by an old link moves the referral", "a stale paper would overrule what was agreed since",
        "cases/actions/referral_answers.py",
        "    if rules.late_words(used_on=link.used_on, ended_on=link.ended_on, until=link.until, today=given.on):\n",
        "    if False:\n", _REFERRALS,
    ),
    Patch(
        "referrals: a body of another region reads along", "an office would open people of every regency",
        "cases/models/referrals.py", ", body_region__in=codes_in(grant.region_code))", ")", _REFERRALS,
    ),
    Patch(
        "referrals: what was shared stays open", "a body would read of somebody years after it was done with them",
        "cases/views/referred.py", "    shows = recorded and is_shown(share_of(found), today)\n",
        "    shows = recorded\n", _tests("cases", "referral_views"),
    ),
    Patch(
        "referrals: more than the chosen fields", "a body would see what nobody chose to share",
        "cases/queries/referrals.py", " for code, read in readers.items() if code in chosen}",
        " for code, read in readers.items()}", _REFERRALS,
    ),
    Patch(
        "referrals: the village learns of a protective one", "who is in danger would be found by a line in a history",
        "cases/actions/referring.py", "    if referral.is_kept_by_regency:\n        about =",
        "    if False:\n        about =", _REFERRALS,
    ),
)  # fmt: skip

RETURNS: tuple[Patch, ...] = (
    Patch(
        "returns: a death told twice is two deaths", "a family would be told twice, and figures would lie",
        "cases/actions/returns.py", "        return _one_more_source(standing, resident, given)\n",
        "        return _new_return(by, case, resident, given, now)\n", _tests("cases", "returns"),
    ),
    Patch(
        "returns: an origin is sure by hearsay", "a body would be brought to the wrong province",
        "cases/rules/returns.py", '["strong"] and any(', '["strong"] or any(', _tests("cases", "returns"),
    ),
    Patch(
        "emergency: the found do not learn of a search", "somebody could look for one who hides, unseen",
        "cases/views/emergency.py", 'subjects=[Subject("resident", id) for id in ids],', "subjects=[],",
        _tests("cases", "emergency"),
    ),
    Patch(
        "emergency: names are harvested", "the register of the country would be read name by name",
        "cases/rules/emergency.py", "    if searched >= most:\n", "    if False:\n", _tests("cases", "emergency"),
    ),
    Patch(
        "emergency: any paper opens as a photo", "an office would read papers that nobody sent to it",
        "cases/views/emergency.py", "filter(id=photo_id, kind=PHOTO)", "filter(id=photo_id)",
        _tests("cases", "emergency"),
    ),
)  # fmt: skip

PATCHES: tuple[Patch, ...] = (
    *SCOPE, *DOOR, *MEMORY, *SECRETS, *LETTERS, *EXCHANGE, *DESK, *LEDGER, *SAVINGS, *LOANS, *PAPERS, *BUSINESS,
    *COMPLAINTS,
    *ABROAD,
    *REFERRALS,
    *RETURNS,
)  # fmt: skip

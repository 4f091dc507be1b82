"""Patches of `ledger`: the books of the cooperatives, wherever their code lies."""

from __future__ import annotations

from .parts import BOOKS, Patch, tests

_POSTING = tests("cooperative", "ledger/posting")
_PROOF = tests("cooperative", "ledger/verify")

LEDGER: tuple[Patch, ...] = (
    Patch(
        'ledger: a sealed leg may change', 'the amount of a finished entry could be rewritten',
        'shared/guards/ledger.py',
        '    Guard("cooperative_leg", "UPDATE", "sealed_already: legs never change"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: a sealed leg may be deleted', 'half of an entry could vanish',
        'shared/guards/ledger.py',
        '    Guard("cooperative_leg", "DELETE", "sealed_already: legs are never deleted"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: a sealed entry may change', 'an entry could be moved to another day',
        'shared/guards/ledger.py',
        '    Guard("cooperative_entry", "UPDATE", "sealed_already: entries never change"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: a sealed entry may be deleted', 'an entry could vanish',
        'shared/guards/ledger.py',
        '    Guard("cooperative_entry", "DELETE", "sealed_already: entries are never deleted"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: a seal may be deleted', 'the chain would have a gap',
        'shared/guards/ledger.py',
        '    Guard("cooperative_seal", "DELETE", "sealed_already: seals are never deleted"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: legs are added to what is sealed', 'an entry could grow after it was printed',
        'shared/guards/ledger.py',
        ' WHERE e.id = NEW.entry_id) IS NOT FALSE', ' WHERE e.id = NEW.entry_id) IS NULL', BOOKS,
    ),
    Patch(
        'ledger: a seal is written open', 'readers would not see what the balances hold',
        'shared/guards/ledger.py',
        '"NEW.sealed IS NOT TRUE"', '"1 = 0"', BOOKS,
    ),
    Patch(
        'ledger: a seal that is skipped acts all the same', 'money would count twice under one seal',
        'shared/guards/ledger.py',
        '        after=True,\n', '', BOOKS,
    ),
    Patch(
        'ledger: an entry need not balance', 'money would appear',
        'shared/guards/ledger.py',
        ' HAVING count(l.id) < 2 OR sum(l.amount_rupiah) <> 0)',
        ' HAVING 1 = 0)', BOOKS,
    ),
    Patch(
        "ledger: a seal's only entry need not balance", 'money would appear at the till and at the end of a month',
        'shared/guards/ledger.py',
        '"NEW.entry_count = 1 AND sum(l.total) OVER () <> 0"',
        '"1 = 0 AND sum(l.total) OVER () <> 0"', BOOKS,
    ),
    Patch(
        "ledger: a seal's only entry may be empty", 'a seal could close nothing',
        'shared/guards/ledger.py',
        ' LIMIT 2)) < 2 END"',
        ' LIMIT 2)) < 0 END"', BOOKS,
    ),
    Patch(
        'ledger: a closed month takes entries', 'a printed statement would no longer be true',
        'shared/guards/ledger.py',
        "'e.\"on\" <= (SELECT max(p.last_on) FROM cooperative_period p'",
        "'1 = 0 AND e.\"on\" <= (SELECT max(p.last_on) FROM cooperative_period p'", BOOKS,
    ),
    Patch(
        'ledger: a closed month may be opened', 'a printed statement would no longer be true',
        'shared/guards/ledger.py',
        '    Guard("cooperative_period", "DELETE", "period_closed: a closed month is never opened again"),\n',
        '', BOOKS,
    ),
    Patch(
        'ledger: more is taken out than there is', 'two cashiers could empty one account twice',
        'shared/guards/ledger.py',
        '"NOT a.may_overdraw AND CASE',
        '"1 = 0 AND CASE', BOOKS,
    ),
    Patch(
        'ledger: accounts of other cooperatives are used', 'the wall between cooperatives would be a habit',
        'shared/guards/ledger.py',
        'ON a.id = l.account_id AND a.cooperative_id = NEW.cooperative_id WHERE TRUE"',
        'ON a.id = l.account_id WHERE TRUE"', BOOKS,
    ),
    Patch(
        'ledger: a control account forgets its members', 'the sum of savings would not be that of the savers',
        'shared/guards/ledger.py',
        '" OR l.held <> CASE WHEN a.has_holders THEN l.legs ELSE 0 END"',
        '""', BOOKS,
    ),
    Patch(
        'ledger: the chain need not be linked', 'a seal could be put in between',
        'shared/guards/ledger.py',
        ' AND b.head_hash = NEW.prev_hash)',
        ')', BOOKS,
    ),
    Patch(
        'ledger: a reversal undoes something else', 'money would move under the name of a correction',
        'shared/guards/ledger.py',
        ' HAVING sum(l.amount_rupiah) <> 0))',
        ' HAVING 1 = 0))', BOOKS, times=2,
    ),
    Patch(
        'ledger: a receipt sent again is entered again', 'one deposit would count fifty times',
        'cooperative/actions/ledger/posting.py',
        '        if book.entry_exists:\n',
        '        if False:\n', _POSTING,
    ),
    Patch(
        'ledger: an id may stand for another entry', "a receipt could be answered with somebody else's",
        'cooperative/actions/ledger/posting.py',
        '    if not rules.same_legs(legs_of(entry.id), entry.legs):',
        '    if False:', _POSTING,
    ),
    Patch(
        "ledger: a seal's hash is not looked at", 'whoever owns the database could rewrite the books',
        'cooperative/queries/ledger/verify.py',
        '    if hash_of(sealed) != seal.hash:',
        '    if False:', _PROOF,
    ),
    Patch(
        'ledger: balances are not compared with the legs', "a member's balance could be raised by hand",
        'cooperative/queries/ledger/verify.py',
        '    if _holdings_of(legs) != _kept_holdings(cooperative):',
        '    if False:', _PROOF,
    ),
    Patch(
        'ledger: back-dating after a close is not looked for', 'a closed month could be changed unnoticed',
        'cooperative/queries/ledger/verify.py',
        'for closing, closed in closings if closing < number)',
        'for closing, closed in closings if False)', _PROOF,
    ),
    Patch(
        'ledger: the end of a book may be cut', 'the newest entries could vanish',
        'cooperative/queries/ledger/verify.py',
        '(book.last_number, book.head_hash) != (number, head)',
        'False', _PROOF,
    ),
)  # fmt: skip

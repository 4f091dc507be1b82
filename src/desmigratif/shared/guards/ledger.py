"""What the database itself asks of the cooperative's books, as SQL that SQLite and PostgreSQL both read.

A message begins with a stable word; `cooperative.actions.ledger.posting` turns it into a sentence. `{month:x}` is the
first day of the month of x; `{row:e}` parts the rows of e by the shortest key that there is; `fresh` are, in
PostgreSQL, the rows of the statement under way.
"""

from __future__ import annotations

# ruff: noqa: S608  our own text, put together from our own names
from desmigratif.shared.guards.ledger_few import FEW, FEW_LEGS
from desmigratif.shared.guards.types import Do, Each, Guard, Refuse

_ENTRIES = "cooperative_entry e"
_LEGS = "cooperative_entry e JOIN cooperative_leg l ON l.entry_id = e.id"
_UNBALANCED = "unbalanced: an entry has two legs or more and they sum to zero"
_GATHERED = (
    ("entries", 'SELECT id, cooperative_id, village_code, "on", {month:"on"} AS month, reverses_id'
     " FROM cooperative_entry WHERE seal_id = NEW.id"),
    ("legs", "SELECT e.id AS entry_id, e.month, l.account_id, l.holder_id, l.amount_rupiah, l.village_code"
     " FROM entries e LEFT JOIN LATERAL"
     " (SELECT * FROM cooperative_leg l WHERE l.entry_id = e.id OFFSET 0) l ON TRUE"),
    ("used", "SELECT u.*, a.id AS known, a.closed_on, a.has_holders, a.may_overdraw, a.side FROM"
     " (SELECT account_id, month, sum(greatest(amount_rupiah, 0)) AS debit, sum(greatest(-amount_rupiah, 0)) AS credit,"
     " bool_or(holder_id IS NULL) AS of_nobody, bool_or(holder_id IS NOT NULL) AS of_holders,"
     " bool_or(village_code <> NEW.village_code) AS elsewhere"
     " FROM legs WHERE account_id IS NOT NULL GROUP BY account_id, month) u LEFT JOIN LATERAL"
     " (SELECT * FROM cooperative_account a WHERE a.id = u.account_id"
     " AND a.cooperative_id = NEW.cooperative_id OFFSET 0) a ON TRUE"),
    ("moved", "SELECT account_id, coalesce(holder_id, account_id) AS holder_id,"
     " CAST(sum(amount_rupiah) AS bigint) AS amount FROM legs WHERE account_id IS NOT NULL GROUP BY 1, 2"
     " ORDER BY 2"),  # as their key lies, and so their rows: from page to page, and not across all of them
)  # fmt: skip

_BEFORE_SEALING = (
    Refuse("unsealed: a seal is written last, and closed", "NEW.sealed IS NOT TRUE"),
    Refuse(
        "not_next: a seal follows the last one of its cooperative",
        "NOT EXISTS (SELECT 1 FROM cooperative_book b WHERE b.cooperative_id = NEW.cooperative_id"
        " AND b.village_code = NEW.village_code AND b.last_number + 1 = NEW.number AND b.head_hash = NEW.prev_hash)",
    ),
    Refuse(
        "empty_seal: a seal closes the entries that it counts",
        f"NEW.entry_count < 1 OR (SELECT count(*) FROM {_ENTRIES} WHERE e.seal_id = NEW.id) <> NEW.entry_count",
        "NEW.entry_count < 1 OR (SELECT count(*) FROM entries) <> NEW.entry_count",
    ),
    Refuse(  # SQLite adds up the legs of a seal's only entry when it makes the totals
        _UNBALANCED,
        "CASE WHEN NEW.entry_count > 1 THEN"
        " EXISTS (SELECT 1 FROM cooperative_entry e LEFT JOIN cooperative_leg l ON l.entry_id = e.id"
        " WHERE e.seal_id = NEW.id GROUP BY {row:e} HAVING count(l.id) < 2 OR sum(l.amount_rupiah) <> 0)"
        f" ELSE (SELECT count(*) FROM (SELECT 1 FROM {_LEGS} WHERE e.seal_id = NEW.id LIMIT 2)) < 2 END",
        "EXISTS (SELECT 1 FROM legs l GROUP BY l.entry_id HAVING count(l.account_id) < 2 OR sum(l.amount_rupiah) <> 0)",
    ),
    Each(
        f"FROM {_ENTRIES} WHERE e.seal_id = NEW.id",
        (
            Refuse(
                "foreign_entry: an entry belongs to the cooperative of its seal",
                "e.cooperative_id <> NEW.cooperative_id OR e.village_code <> NEW.village_code",
                "EXISTS (SELECT 1 FROM entries e"
                " WHERE e.cooperative_id <> NEW.cooperative_id OR e.village_code <> NEW.village_code)",
            ),
            Refuse(
                "closed_month: nothing is entered in a closed month",
                'e."on" <= (SELECT max(p.last_on) FROM cooperative_period p'
                " WHERE p.cooperative_id = NEW.cooperative_id)",
                'EXISTS (SELECT 1 FROM entries e WHERE e."on" <= (SELECT max(p.last_on)'
                " FROM cooperative_period p WHERE p.cooperative_id = NEW.cooperative_id))",
            ),
            Refuse(
                "not_reversed: a reversal undoes, leg by leg, a sealed entry of its cooperative that is no reversal",
                "e.reverses_id IS NOT NULL"
                " AND (NOT EXISTS (SELECT 1 FROM cooperative_entry o JOIN cooperative_seal s ON s.id = o.seal_id"
                " WHERE o.id = e.reverses_id AND s.id <> NEW.id AND o.cooperative_id = NEW.cooperative_id"
                " AND o.reverses_id IS NULL)"
                " OR EXISTS (SELECT 1 FROM cooperative_leg l WHERE l.entry_id IN (e.id, e.reverses_id)"
                " GROUP BY l.account_id, l.holder_id HAVING sum(l.amount_rupiah) <> 0))",
                "EXISTS (SELECT 1 FROM entries e WHERE e.reverses_id IS NOT NULL"
                " AND ((SELECT count(*) FROM cooperative_entry o JOIN cooperative_seal s ON s.id = o.seal_id"
                " WHERE o.id = e.reverses_id AND s.id <> NEW.id AND o.cooperative_id = NEW.cooperative_id"
                " AND o.reverses_id IS NULL) = 0"
                " OR EXISTS (SELECT 1 FROM cooperative_leg l WHERE l.entry_id IN (e.id, e.reverses_id)"
                " GROUP BY l.account_id, l.holder_id HAVING sum(l.amount_rupiah) <> 0)))",
            ),
        ),
    ),
)
_MAKE_BALANCES = (
    Do(
        "UPDATE cooperative_book SET last_number = NEW.number, head_hash = NEW.hash"
        " WHERE cooperative_id = NEW.cooperative_id",
        "UPDATE cooperative_book SET last_number = NEW.number, head_hash = NEW.hash"
        " WHERE cooperative_id = NEW.cooperative_id AND last_number + 1 = NEW.number",
    ),
    Do(
        "INSERT INTO cooperative_holding (village_code, account_id, holder_id, balance_rupiah)"
        " SELECT NEW.village_code, l.account_id, coalesce(l.holder_id, l.account_id), l.amount_rupiah"
        f" FROM {_LEGS} WHERE e.seal_id = NEW.id"
        " ON CONFLICT (holder_id, account_id) DO UPDATE SET"
        " balance_rupiah = cooperative_holding.balance_rupiah + excluded.balance_rupiah",
        # whoever has a row gets it written once, where it stands; the conflict's way would lock it first
        "UPDATE cooperative_holding h SET balance_rupiah = h.balance_rupiah + m.amount FROM moved m"
        " WHERE h.holder_id = m.holder_id AND h.account_id = m.account_id"
        " RETURNING h.account_id, h.holder_id, h.balance_rupiah",
        "stood",
    ),
    Do(
        "",
        "INSERT INTO cooperative_holding (village_code, account_id, holder_id, balance_rupiah)"
        " SELECT NEW.village_code, n.account_id, n.holder_id, sum(n.amount) FROM (SELECT *, FALSE AS stood FROM moved"
        " UNION ALL SELECT account_id, holder_id, 0, TRUE FROM stood) n"
        " WHERE (SELECT count(*) FROM stood) < (SELECT count(*) FROM moved)"
        " GROUP BY n.account_id, n.holder_id HAVING NOT bool_or(n.stood) ORDER BY n.holder_id"
        " ON CONFLICT (holder_id, account_id) DO UPDATE SET"
        " balance_rupiah = cooperative_holding.balance_rupiah + excluded.balance_rupiah"
        " RETURNING account_id, holder_id, balance_rupiah",
        "began",
    ),
    Do(  # last, and after the balances, so that one reading of the legs makes the totals and answers what is asked
        "INSERT INTO cooperative_monthlytotal"
        " (village_code, cooperative_id, account_id, month, debit_rupiah, credit_rupiah)"
        " SELECT {refused:NEW.village_code}, NEW.cooperative_id, l.account_id, {month:l.day}, l.debit,"
        ' l.debit - l.total FROM (SELECT l.account_id, e."on" AS day, sum(max(l.amount_rupiah, 0)) AS debit,'
        " sum(l.amount_rupiah) AS total, count(*) AS legs, count(l.holder_id) AS held,"
        " max(l.village_code <> NEW.village_code) AS elsewhere"
        f' FROM {_LEGS} WHERE e.seal_id = NEW.id GROUP BY l.account_id, e."on") l'  # the conflict adds up months
        " LEFT JOIN cooperative_account a ON a.id = l.account_id AND a.cooperative_id = NEW.cooperative_id WHERE TRUE"
        " ON CONFLICT (account_id, month) DO UPDATE SET"
        " debit_rupiah = cooperative_monthlytotal.debit_rupiah + excluded.debit_rupiah,"
        " credit_rupiah = cooperative_monthlytotal.credit_rupiah + excluded.credit_rupiah",
        "INSERT INTO cooperative_monthlytotal"
        " (village_code, cooperative_id, account_id, month, debit_rupiah, credit_rupiah)"
        " SELECT NEW.village_code, NEW.cooperative_id, u.account_id, u.month, u.debit, u.credit FROM used u"
        " WHERE u.known IS NOT NULL"
        " ON CONFLICT (account_id, month) DO UPDATE SET"
        " debit_rupiah = cooperative_monthlytotal.debit_rupiah + excluded.debit_rupiah,"
        " credit_rupiah = cooperative_monthlytotal.credit_rupiah + excluded.credit_rupiah",
        refusals=(
            Refuse(_UNBALANCED, "NEW.entry_count = 1 AND sum(l.total) OVER () <> 0", "FALSE"),
            Refuse(
                "wrong_account: a leg names an open account of its cooperative, with a holder where it keeps them",
                "a.id IS NULL OR a.closed_on IS NOT NULL OR l.elsewhere"
                " OR l.held <> CASE WHEN a.has_holders THEN l.legs ELSE 0 END",
                "EXISTS (SELECT 1 FROM used u WHERE u.known IS NULL OR u.closed_on IS NOT NULL OR u.elsewhere"
                " OR CASE WHEN u.has_holders THEN u.of_nobody ELSE u.of_holders END)",
            ),
            # who only adds on the right side overdraws nothing; else every leg is asked, once for all accounts
            Refuse(
                "overdrawn: an account that may not be overdrawn stays on its side",
                "NOT a.may_overdraw AND CASE WHEN a.side > 0 THEN l.debit <> l.total ELSE l.debit <> 0 END"
                f" AND EXISTS (SELECT 1 FROM {_LEGS} JOIN cooperative_account a ON a.id = l.account_id"
                " JOIN cooperative_holding h ON h.holder_id = coalesce(l.holder_id, l.account_id)"
                " AND h.account_id = l.account_id WHERE e.seal_id = NEW.id AND NOT a.may_overdraw"
                " AND l.amount_rupiah * a.side < 0 AND h.balance_rupiah * a.side < 0)",
                "EXISTS (SELECT 1 FROM (SELECT * FROM stood UNION ALL SELECT * FROM began) h"
                " JOIN used u ON u.account_id = h.account_id"
                " WHERE NOT u.may_overdraw AND h.balance_rupiah * u.side < 0"
                " AND EXISTS (SELECT 1 FROM legs l WHERE l.account_id = h.account_id"
                " AND coalesce(l.holder_id, l.account_id) = h.holder_id AND l.amount_rupiah * u.side < 0 OFFSET 0))",
            ),
        ),
    ),
)

LEDGER_GUARDS: tuple[Guard, ...] = (
    Guard(
        "cooperative_seal",
        "INSERT",
        "a seal is written by its checks",
        steps=_BEFORE_SEALING + _MAKE_BALANCES,
        gathered=_GATHERED,
        few=(FEW, FEW_LEGS),
        after=True,
    ),
    Guard("cooperative_seal", "UPDATE", "sealed_already: seals never change"),
    Guard("cooperative_seal", "DELETE", "sealed_already: seals are never deleted"),
    Guard(
        "cooperative_entry",
        "INSERT",
        "sealed_already: no entry is added under a closed seal",
        steps=(
            Refuse(
                "sealed_already: no entry is added under a closed seal",
                "EXISTS (SELECT 1 FROM cooperative_seal s WHERE s.id = NEW.seal_id)",
                "EXISTS (SELECT 1 FROM (SELECT DISTINCT seal_id FROM fresh OFFSET 0) n"
                " WHERE (SELECT s.id FROM cooperative_seal s WHERE s.id = n.seal_id) IS NOT NULL)",
            ),
        ),
        fresh=True,
    ),
    Guard("cooperative_entry", "UPDATE", "sealed_already: entries never change"),
    Guard("cooperative_entry", "DELETE", "sealed_already: entries are never deleted"),
    Guard(
        "cooperative_leg",
        "INSERT",
        "sealed_already: no leg is added to a sealed entry",
        steps=(
            Refuse(
                "sealed_already: no leg is added to a sealed entry",
                "(SELECT EXISTS (SELECT 1 FROM cooperative_seal s WHERE s.id = e.seal_id)"
                " FROM cooperative_entry e WHERE e.id = NEW.entry_id) IS NOT FALSE",
                "EXISTS (SELECT 1 FROM (SELECT DISTINCT e.seal_id FROM (SELECT DISTINCT entry_id FROM fresh OFFSET 0) n"
                " LEFT JOIN LATERAL (SELECT e.seal_id FROM cooperative_entry e WHERE e.id = n.entry_id OFFSET 0) e"
                " ON TRUE OFFSET 0) u WHERE u.seal_id IS NULL"
                " OR (SELECT s.id FROM cooperative_seal s WHERE s.id = u.seal_id) IS NOT NULL)",
            ),
        ),
        fresh=True,
    ),
    Guard("cooperative_leg", "UPDATE", "sealed_already: legs never change"),
    Guard("cooperative_leg", "DELETE", "sealed_already: legs are never deleted"),
    Guard(
        "cooperative_period",
        "INSERT",
        "period_order: months are closed in their order",
        steps=(
            Refuse(
                "period_order: months are closed in their order",
                "EXISTS (SELECT 1 FROM cooperative_period p WHERE p.cooperative_id = NEW.cooperative_id"
                " AND p.last_on >= NEW.last_on)",
            ),
        ),
    ),
    Guard("cooperative_period", "UPDATE", "period_closed: a closed month is never changed"),
    Guard("cooperative_period", "DELETE", "period_closed: a closed month is never opened again"),
    Guard("cooperative_closedyear", "UPDATE", "year_closed: a closed year is never changed"),
    Guard("cooperative_closedyear", "DELETE", "year_closed: a closed year is never opened again"),
    *(
        Guard(f"cooperative_surplus{part}", event, "surplus_shared: what was shared is never changed nor taken back")
        for part in ("distribution", "share")
        for event in ("UPDATE", "DELETE")
    ),
    Guard(
        "cooperative_unitsurplus",
        "UPDATE",
        "unit_surplus: what a unit handed up keeps its sum, its year and who offered it",
        only=(
            "status",
            "taken_on",
            "taken_by",
            "entry_id",
            "head_entry_id",
            "reversed_on",
            "reversed_by",
            "reverse_reason",
        ),
    ),
    Guard("cooperative_unitsurplus", "DELETE", "unit_surplus: what a unit handed up is undone by its mirror"),
    Guard(
        "cooperative_book",
        "UPDATE",
        "not_next: a book goes forward one seal at a time",
        unless="NEW.cooperative_id = OLD.cooperative_id AND NEW.last_number = OLD.last_number + 1",
    ),
    Guard("cooperative_book", "DELETE", "sealed_already: a book is never deleted"),
    Guard(
        "cooperative_account",
        "UPDATE",
        "account_fixed: an account keeps its cooperative, code, side and holders",
        only=("name", "member_side", "may_overdraw", "closed_on"),
    ),
    Guard("cooperative_account", "DELETE", "account_fixed: an account is closed, never deleted"),
    Guard("cooperative_monthlytotal", "DELETE", "sealed_already: totals are never deleted"),
    Guard("cooperative_holding", "DELETE", "sealed_already: balances are never deleted"),
    *(
        Guard(f"cooperative_{table}", "TRUNCATE", "sealed_already: the books are never emptied")
        for table in (
            "seal",
            "entry",
            "leg",
            "period",
            "closedyear",
            "surplusdistribution",
            "surplusshare",
            "unitsurplus",
            "book",
            "account",
            "monthlytotal",
            "holding",
        )
    ),
)

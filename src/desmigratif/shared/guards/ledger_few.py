"""How PostgreSQL asks a seal over a few legs: leg by leg, with look-ups by key.

Preparing the one question over sets, which is right for a batch, takes longer than answering it for two legs. Every
condition here is one of `guards.ledger`, by the same word, and the tests of the guards ask both ways. A balance that
is on the wrong side after one leg may be right again after the next, so it only raises the question at the end.
Whatever is seldom asked stands behind an IF of its own: PostgreSQL prepares a question whole, asked or not.
"""

from __future__ import annotations

FEW = "NEW.leg_count <= 12"  # nobody need believe it: either way asks everything
FEW_LEGS = """
DECLARE entry record; leg record; balance bigint; total numeric; legs int; entries int := 0; doubtful boolean := FALSE;
BEGIN
UPDATE cooperative_book SET last_number = NEW.number, head_hash = NEW.hash
    WHERE cooperative_id = NEW.cooperative_id AND village_code = NEW.village_code
    AND last_number + 1 = NEW.number AND head_hash = NEW.prev_hash;
problem := CASE WHEN NOT FOUND THEN {not_next} END;
EXIT asked WHEN problem IS NOT NULL;
FOR entry IN SELECT * FROM cooperative_entry WHERE seal_id = NEW.id LOOP
    entries := entries + 1; legs := 0; total := 0;
    problem := CASE
        WHEN entry.cooperative_id <> NEW.cooperative_id OR entry.village_code <> NEW.village_code THEN {foreign_entry}
        END;
    EXIT asked WHEN problem IS NOT NULL;
    IF entry."on" <= (SELECT max(p.last_on) FROM cooperative_period p WHERE p.cooperative_id = NEW.cooperative_id) THEN
        problem := {closed_month};
        EXIT asked;
    END IF;
    IF entry.reverses_id IS NOT NULL THEN
        problem := CASE
            WHEN NOT EXISTS (SELECT 1 FROM cooperative_entry o JOIN cooperative_seal s ON s.id = o.seal_id
                WHERE o.id = entry.reverses_id AND s.id <> NEW.id AND o.cooperative_id = NEW.cooperative_id
                AND o.reverses_id IS NULL)
            OR EXISTS (SELECT 1 FROM cooperative_leg l WHERE l.entry_id IN (entry.id, entry.reverses_id)
                GROUP BY l.account_id, l.holder_id HAVING sum(l.amount_rupiah) <> 0) THEN {not_reversed} END;
        EXIT asked WHEN problem IS NOT NULL;
    END IF;
    FOR leg IN SELECT l.account_id, l.holder_id, l.amount_rupiah, l.village_code, a.id AS known, a.closed_on,
            a.has_holders, a.may_overdraw, a.side
            FROM cooperative_leg l LEFT JOIN LATERAL (SELECT * FROM cooperative_account a
                WHERE a.id = l.account_id AND a.cooperative_id = NEW.cooperative_id OFFSET 0) a ON TRUE
            WHERE l.entry_id = entry.id LOOP
        legs := legs + 1; total := total + leg.amount_rupiah;
        problem := CASE WHEN leg.known IS NULL OR leg.closed_on IS NOT NULL
            OR leg.has_holders <> (leg.holder_id IS NOT NULL) OR leg.village_code <> NEW.village_code
            THEN {wrong_account} END;
        EXIT asked WHEN problem IS NOT NULL;
        INSERT INTO cooperative_monthlytotal
            (village_code, cooperative_id, account_id, month, debit_rupiah, credit_rupiah)
            VALUES (NEW.village_code, NEW.cooperative_id, leg.account_id, {month:entry."on"},
            greatest(leg.amount_rupiah, 0), greatest(-leg.amount_rupiah, 0))
            ON CONFLICT (account_id, month) DO UPDATE SET
            debit_rupiah = cooperative_monthlytotal.debit_rupiah + excluded.debit_rupiah,
            credit_rupiah = cooperative_monthlytotal.credit_rupiah + excluded.credit_rupiah;
        INSERT INTO cooperative_holding (village_code, account_id, holder_id, balance_rupiah)
            VALUES (NEW.village_code, leg.account_id, coalesce(leg.holder_id, leg.account_id), leg.amount_rupiah)
            ON CONFLICT (holder_id, account_id) DO UPDATE SET
            balance_rupiah = cooperative_holding.balance_rupiah + excluded.balance_rupiah
            RETURNING balance_rupiah INTO balance;
        doubtful := doubtful
            OR (NOT leg.may_overdraw AND leg.amount_rupiah * leg.side < 0 AND balance * leg.side < 0);
    END LOOP;
    problem := CASE WHEN legs < 2 OR total <> 0 THEN {unbalanced} END;
    EXIT asked WHEN problem IS NOT NULL;
END LOOP;
problem := CASE WHEN NEW.entry_count < 1 OR entries <> NEW.entry_count THEN {empty_seal} END;
EXIT asked WHEN problem IS NOT NULL OR NOT doubtful;
problem := CASE WHEN EXISTS (SELECT 1 FROM cooperative_entry e JOIN cooperative_leg l ON l.entry_id = e.id
    JOIN cooperative_account a ON a.id = l.account_id JOIN cooperative_holding h ON h.account_id = l.account_id
    AND h.holder_id = coalesce(l.holder_id, l.account_id) WHERE e.seal_id = NEW.id AND NOT a.may_overdraw
    AND l.amount_rupiah * a.side < 0 AND h.balance_rupiah * a.side < 0) THEN {overdrawn} END;
END asked
"""

"""How PostgreSQL posts one entry: two functions that it plans once, instead of five statements planned each time.

They weaken nothing: the guards (`guards.ledger`) stand on the tables, and ask whoever writes there.
"""

from __future__ import annotations

LEDGER_FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION desmigratif_lock_book(
    of_cooperative uuid, entry uuid, OUT last_number bigint, OUT head_hash text, OUT entry_exists boolean
) LANGUAGE plpgsql AS $$ BEGIN
    SELECT b.last_number, b.head_hash INTO last_number, head_hash
        FROM cooperative_book b WHERE b.cooperative_id = of_cooperative FOR NO KEY UPDATE;
    entry_exists := EXISTS (SELECT 1 FROM cooperative_entry e WHERE e.id = entry);
END $$
""",
    # writes nothing, and says how the book really ends, when it does not end as whoever asks believes
    """
CREATE OR REPLACE FUNCTION desmigratif_post_one(
    seal uuid, village text, of_cooperative uuid, number bigint, recorded_at timestamptz, actor text, act uuid,
    prev_hash text, hash text, entry uuid, on_day date, kind text, memo text, reverses uuid,
    accounts uuid[], holders uuid[], amounts bigint[],
    OUT written boolean, OUT last_number bigint, OUT head_hash text, OUT entry_exists boolean
) LANGUAGE plpgsql AS $$ BEGIN
    SELECT b.last_number, b.head_hash INTO last_number, head_hash
        FROM cooperative_book b WHERE b.cooperative_id = of_cooperative FOR NO KEY UPDATE;
    entry_exists := EXISTS (SELECT 1 FROM cooperative_entry e WHERE e.id = entry);
    written := NOT entry_exists AND last_number + 1 = number AND head_hash = prev_hash;
    IF written IS NOT TRUE THEN RETURN; END IF;
    INSERT INTO cooperative_entry (id, village_code, cooperative_id, seal_id, "on", kind, memo, reverses_id)
        VALUES (entry, village, of_cooperative, seal, on_day, kind, memo, reverses);
    INSERT INTO cooperative_leg (village_code, entry_id, account_id, holder_id, amount_rupiah)
        SELECT village, entry, l.account, l.holder, l.amount FROM unnest(accounts, holders, amounts)
        AS l (account, holder, amount);
    INSERT INTO cooperative_seal (id, village_code, cooperative_id, number, recorded_at, actor_id, act_id,
        entry_count, leg_count, prev_hash, hash, sealed)
        VALUES (seal, village, of_cooperative, number, recorded_at, actor, act, 1, cardinality(accounts),
        prev_hash, hash, TRUE);
END $$
""",
)

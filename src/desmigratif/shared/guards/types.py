"""What a guard is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse the statement with this message where the condition (SQL over NEW and OLD) holds.

    `in_postgresql`: the same condition over what the guard has gathered, where there is such.
    """

    message: str
    condition: str
    in_postgresql: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """Conditions over each of some rows (SQL that follows SELECT ...): SQLite reads the rows once for all of them."""

    rows: str
    refusals: tuple[Refuse, ...]


@dataclass(frozen=True, slots=True)
class Do:
    """One statement that the guard carries out. In PostgreSQL its rows are called `name`, for the steps after it.

    Where `statement` is empty, the step is PostgreSQL's alone. `refusals` are asked of each row that SQLite writes,
    where the statement has `{refused:x}` for x.
    """

    statement: str
    in_postgresql: str = ""
    name: str = ""
    refusals: tuple[Refuse, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse an operation on a table.

    `unless`: SQL over OLD that lets a row pass. `only`: an update may change these columns and no others; whatever
    column the table gets later is guarded from its first day. With `steps` the guard asks and does them in their
    order instead; with `after` once the row is there, so that a row that is skipped does nothing. With `fresh`
    PostgreSQL asks once for all rows of a statement, which are called so. With `gathered` (name, question) PostgreSQL
    reads the rows in question once and takes all steps in one statement; its planner knows nothing of tables that
    nobody has analysed, so `OFFSET 0` in a question keeps a look-up a look-up. `few` (condition, block named `asked`)
    takes all steps row by row where the condition holds; `{word}` there is the message that begins with it. TRUNCATE
    is PostgreSQL's alone.
    """

    table: str
    operation: str
    message: str
    unless: str = ""
    only: tuple[str, ...] = ()
    steps: tuple[Refuse | Each | Do, ...] = ()
    fresh: bool = False
    after: bool = False
    gathered: tuple[tuple[str, str], ...] = ()
    few: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.operation.lower()}"

    def stands_in(self, vendor: str) -> bool:
        """Whether a database of this kind has such a guard."""
        return self.operation != "TRUNCATE" or vendor == "postgresql"

"""django-import-export made to do our work, as a careful developer would through its hooks, in its fastest way.

Every cell and NIK is checked by our rules, who is known is found by the index of the NIK; NIK, KK and details are
sealed under a key per resident; families, persons, keys, rows of the batch and timeline are written with
`bulk_create`, change log and audit by our unit of work, in one transaction. It still lacks the guarded reading,
second heads, families without a KK number, and the receipt.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from import_export import resources
from import_export.fields import Field
from import_export.widgets import Widget
from tablib import Dataset

from bench.world import DAY, NOW
from desmigratif.access.actor import operator
from desmigratif.access.models import SubjectKey
from desmigratif.access.scope import acting_as
from desmigratif.audit import unit
from desmigratif.audit.models import TimelineEntry
from desmigratif.people import sealing
from desmigratif.people.fields import DETAIL_FIELDS, HOUSEHOLD_FIELDS, OPEN_FIELDS
from desmigratif.people.models import Household, ImportBatch, ImportedRow, Person, Resident
from desmigratif.people.rules.names import fold_name
from desmigratif.people.rules.nik import doubts_about_nik
from desmigratif.people.rules.register_sheet.cells import reader_for
from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.regions.queries import district_digits
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id


class CellWidget(Widget):
    """One column checked by the very rules that ours is checked by."""

    def __init__(self, column: Any) -> None:
        super().__init__()
        self.read = reader_for(column, DAY)

    def clean(self, value: Any, row: Any = None, **_: Any) -> Any:
        found = self.read(cell(value))
        if found.said is not None and found.said.is_error:
            raise ValueError(found.said.message)
        return found.value


def cell(value: Any) -> str | float:
    """A cell as our reader takes it: text or a number, dates as ISO text."""
    if isinstance(value, int):
        return float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, float) else "" if value is None else str(value)


class ProtectedResource(resources.ModelResource):
    """One row becomes a sealed resident; what belongs to it is collected and written at the end."""

    locals().update(
        {
            column.header: Field(column_name=column.header, attribute=column.field, widget=CellWidget(column))
            for column in COLUMNS
        }
    )

    class Meta:
        model = Resident
        fields = tuple(column.header for column in COLUMNS)
        import_id_fields = ("nik",)
        use_bulk = True
        skip_unchanged = True  # new, changed and unchanged are told apart, as ours does; this needs the comparison
        skip_html_diff = True
        use_transactions = False  # the unit of work is the transaction

    def __init__(self, village_code: str) -> None:
        super().__init__()
        self.village_code = village_code
        self.batch = ImportBatch(
            id=new_id(), village_code=village_code, file_name="", file_digest="0" * 64, imported_on=DAY, row_count=0,
            new_count=0, changed_count=0, unchanged_count=0, warning_count=0,
        )  # fmt: skip
        self.keys: list[SubjectKey] = []
        self.persons: list[Person] = []
        self.homes: dict[str, Household] = {}
        self.rows: list[ImportedRow] = []
        self.doubts: list[Any] = []

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        here = Resident.objects.in_village(self.village_code)
        self.known = {row.nik_index: row for row in here if row.nik_index}

    def get_instance(self, instance_loader: Any, row: Any) -> Resident | None:
        return self.known.get(sealing.nik_index(str(row["nik"])))

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        said = {column.field: getattr(instance, column.field, None) for column in COLUMNS}
        instance.id, instance.village_code = new_id(), self.village_code
        key = self._key(instance.id)
        instance.household_id = self._home(said).id
        instance.person_id = new_id()
        for name in OPEN_FIELDS:
            if said[name] is None and name != "birth_date":
                setattr(instance, name, "alive" if name == "life_status" else "")
        instance.name_key = fold_name(instance.name)[:120]
        instance.source, instance.source_on = "Register desa", DAY
        sealing.put_nik(instance, key, said["nik"])
        sealing.put_details(instance, key, {name: said[name] for name in DETAIL_FIELDS})
        if said["nik"]:
            self.doubts += doubts_about_nik(said["nik"], said["birth_date"], said["sex"], district_digits(), DAY)
        self.rows.append(
            ImportedRow(
                village_code=self.village_code, batch_id=self.batch.id, sheet_row=kwargs["row_number"] + 1,
                resident_id=instance.id, is_new=True, version_after=1,
            )
        )  # fmt: skip
        unit.changed("people.resident", self.village_code, instance.id)
        self.persons.append(Person(id=instance.person_id))

    def _key(self, subject_id: Any) -> bytes:
        key = crypto.new_key()
        wrapped = crypto.seal(crypto.keyring().wrapping, key, place=f"subject-key:{subject_id}")
        self.keys.append(SubjectKey(subject_id=subject_id, wrapped=wrapped))
        return key

    def _home(self, said: dict[str, Any]) -> Household:
        number = said["kk_number"]
        if number not in self.homes:
            home = Household(
                id=new_id(), village_code=self.village_code, **{name: said[name] or "" for name in HOUSEHOLD_FIELDS}
            )
            sealing.put_kk(home, self._key(home.id), number)
            self.homes[number] = home
            unit.changed("people.household", self.village_code, home.id)
        return self.homes[number]

    def after_import(self, dataset: Dataset, result: Any, **kwargs: Any) -> None:
        self.batch.save(force_insert=True)
        lines = [
            TimelineEntry(
                village_code=self.village_code, household_id=home.id, kind="register.imported", on=DAY, at=NOW,
                params={"batch": str(self.batch.id)}, privacy="personal", actor_id="operator",
            )
            for home in self.homes.values()
        ]  # fmt: skip
        for line in lines:
            unit.changed("audit.timelineentry", self.village_code, line.id)
        for rows in (self.keys, self.persons, list(self.homes.values()), self.rows, lines):
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)


def import_protected(sheet: Path, village_code: str, rows: int) -> None:
    """The whole job in one unit of work."""
    by = operator()
    note = unit.Unit(str(by.id), by.role_code, by.home_code, NOW, "bench")
    dataset = Dataset().load(sheet.read_bytes(), format="xlsx")
    resource = ProtectedResource(village_code)
    with acting_as(by), unit.unit_of_work(note):
        resource.import_data(dataset, raise_errors=True)
        unit.record("register.imported", village_code=village_code)
    written = Resident.objects.in_village(village_code).count()
    if written != rows:
        raise AssertionError(f"{written} rows written, {rows} wanted")

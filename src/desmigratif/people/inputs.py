"""Inputs of the actions on people. `None` is unknown; a field left out of a change is not touched."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from desmigratif.people.rules import codes, phones
from desmigratif.people.rules.nik import reasons_against_kk
from desmigratif.shared.inputs import Input
from desmigratif.shared.inputs import VillageCode as VillageCode

Nik = Annotated[str, Field(pattern=r"^\d{16}$")]
Text50 = Annotated[str, Field(min_length=1, max_length=50)]
Text100 = Annotated[str, Field(min_length=1, max_length=100)]
Text200 = Annotated[str, Field(min_length=1, max_length=200)]
Area = Annotated[str, Field(min_length=1, max_length=10)]
Source = Annotated[str, Field(min_length=1, max_length=60)]
Note = Annotated[str, Field(min_length=1, max_length=500)]


def _kk(number: str) -> str:
    for reason in reasons_against_kk(number):
        raise PydanticCustomError(reason.code, "{text}", {"text": reason.text})
    return number


def _phone(text: str) -> str:
    try:
        return phones.normalise(text)
    except ValueError:
        raise PydanticCustomError(
            "phone_shape", "Nomor ini bukan nomor telepon. Contoh: 0812-3456-7890 atau +852 6123 4567."
        ) from None


Kk = Annotated[str, AfterValidator(_kk)]
PhoneNumber = Annotated[str, Field(max_length=40), AfterValidator(_phone)]


def _code(list_name: str) -> Any:
    """A code of one of the register's lists, told to schemas as its values."""
    known = codes.code_lists()[list_name].labels

    def check(code: str) -> str:
        if code not in known:
            raise PydanticCustomError("not_a_choice", "Pilih salah satu pilihan yang tersedia.")
        return code

    return Annotated[str, AfterValidator(check), Field(json_schema_extra={"enum": list(known)})]


class HouseholdFacts(Input):
    """Where a family lives in the village, and its family card."""

    address: Text200 | None = None
    hamlet: Text100 | None = None
    rw: Area | None = None
    rt: Area | None = None
    kk_number: Kk | None = None


class ResidentFacts(Input):
    """What a register says about a person; names and codes as in `rules.register_sheet.row.RegisterRow`."""

    nik: Nik | None = None
    sex: _code("sex") | None = None  # type: ignore[valid-type]
    birth_place: Text100 | None = None
    birth_date: date | None = None
    religion: _code("religion") | None = None  # type: ignore[valid-type]
    education: _code("education") | None = None  # type: ignore[valid-type]
    education_current: _code("education_current") | None = None  # type: ignore[valid-type]
    occupation: _code("occupation") | None = None  # type: ignore[valid-type]
    marital_status: _code("marital_status") | None = None  # type: ignore[valid-type]
    relation: _code("relation") | None = None  # type: ignore[valid-type]
    nationality: _code("nationality") | None = None  # type: ignore[valid-type]
    father_nik: Nik | None = None
    father_name: Text100 | None = None
    mother_nik: Nik | None = None
    mother_name: Text100 | None = None
    blood_type: _code("blood_type") | None = None  # type: ignore[valid-type]
    birth_certificate: Text100 | None = None
    passport_number: Text50 | None = None
    passport_expires_on: date | None = None
    kitas: Text50 | None = None
    marriage_certificate: Text100 | None = None
    married_on: date | None = None
    divorce_certificate: Text100 | None = None
    divorced_on: date | None = None
    disability: _code("disability") | None = None  # type: ignore[valid-type]
    family_planning: _code("family_planning") | None = None  # type: ignore[valid-type]
    pregnant: _code("pregnant") | None = None  # type: ignore[valid-type]
    id_card: _code("id_card") | None = None  # type: ignore[valid-type]
    recording_status: _code("recording_status") | None = None  # type: ignore[valid-type]
    current_address: Text200 | None = None
    life_status: _code("life_status") | None = None  # type: ignore[valid-type]
    ethnicity: Text100 | None = None
    tag_id_card: Text50 | None = None
    insurance: _code("insurance") | None = None  # type: ignore[valid-type]
    insurance_number: Text50 | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class NewMember(ResidentFacts):
    """A person to be registered. Ids come from who makes the record; `person_id` links villages' records."""

    resident_id: UUID
    person_id: UUID
    name: Text100
    passport_name: Text100 | None = None


class RegisterHousehold(HouseholdFacts):
    """A family that the village did not have yet, with whom belongs to it.

    `known_to_differ`: the officer saw that somebody alike is registered and says these are others.
    """

    village_code: VillageCode
    household_id: UUID
    on: date
    source: Source = "Petugas desa"
    members: tuple[NewMember, ...] = Field(min_length=1, max_length=40)
    known_to_differ: bool = False


class RegisterResident(Input):
    """One more member of a family that the village has."""

    village_code: VillageCode
    household_id: UUID
    on: date
    source: Source = "Petugas desa"
    member: NewMember
    known_to_differ: bool = False


class ResidentChanges(ResidentFacts):
    """Only the fields that are named change; naming one with `None` makes it unknown."""

    name: Text100 | None = None
    passport_name: Text100 | None = None


class CorrectResident(Input):
    """Put right what is written about a person. `seen_version` is the version the officer was looking at."""

    village_code: VillageCode
    resident_id: UUID
    seen_version: int = Field(ge=1)
    on: date
    reason: Note
    source: Source
    changes: ResidentChanges


class CorrectHousehold(Input):
    """Put right a family's address or KK number."""

    village_code: VillageCode
    household_id: UUID
    seen_version: int = Field(ge=1)
    on: date
    reason: Note
    source: Source
    changes: HouseholdFacts


class AddPhone(Input):
    """A number somebody can be reached at; `safe` None = not asked yet."""

    village_code: VillageCode
    phone_id: UUID
    resident_id: UUID
    on: date
    number: PhoneNumber
    safe: bool | None = None
    note: Note | None = None


class RecordContactWish(Input):
    """How a person wants to be reached, in their words; replaces an earlier wish."""

    village_code: VillageCode
    wish_id: UUID
    resident_id: UUID
    on: date
    wish: Note


class RecordConsent(Input):
    """A yes or no to one purpose, to a text of one version (`regulations/consent.yaml`)."""

    village_code: VillageCode
    consent_id: UUID
    resident_id: UUID
    on: date
    purpose: Annotated[str, Field(max_length=40)]
    text_version: Annotated[str, Field(max_length=20)]
    given: bool
    given_by: Literal["self", "father", "mother", "guardian"] = "self"


class WithdrawConsent(Input):
    """A consent is taken back; no reason is asked."""

    village_code: VillageCode
    consent_id: UUID
    on: date


class RecordFact(Input):
    """What one source states about one field, beside what others state. `chosen` makes it the one that counts."""

    village_code: VillageCode
    fact_id: UUID
    resident_id: UUID
    on: date
    source: Source
    as_of: date | None = None
    stated: ResidentChanges
    chosen: bool = False


class ChooseFact(Input):
    """From now on this source counts for its field."""

    village_code: VillageCode
    fact_id: UUID
    on: date
    reason: Note


class SettleDoubt(Input):
    """A doubt about the register was looked into and nothing was wrong."""

    village_code: VillageCode
    household_id: UUID
    resident_id: UUID | None = None
    kind: Literal["nik_doubt", "two_heads"]
    on: date


class SheetRow(ResidentFacts, HouseholdFacts):
    """One checked row of a register sheet; `row` is its number there (the header is 1)."""

    row: int = Field(ge=1)
    name: Text100


class RowDoubt(Input):
    """A row that somebody should look at again."""

    row: int
    kind: Literal["nik_doubt", "two_heads"]


class ImportRegister(Input):
    """One register sheet, checked: everything or nothing of it is written."""

    village_code: VillageCode
    batch_id: UUID
    on: date
    file_name: Annotated[str, Field(max_length=120)]
    file_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    warning_count: int = 0
    rows: tuple[SheetRow, ...]
    doubts: tuple[RowDoubt, ...] = ()


class UndoImport(Input):
    """Take a batch back."""

    village_code: VillageCode
    batch_id: UUID
    on: date


class MergeResidents(Input):
    """Two records of one village are one person. `seen_…` are the versions that the officer compared."""

    village_code: VillageCode
    merge_id: UUID
    kept_id: UUID
    merged_id: UUID
    seen_kept: int = Field(ge=1)
    seen_merged: int = Field(ge=1)
    on: date
    reason: Note


class TellApart(Input):
    """Two records that seem to be one person are of two people."""

    village_code: VillageCode
    first_id: UUID
    second_id: UUID
    on: date


class DoubtAgain(Input):
    """Perhaps they are one person after all: the pair is listed again."""

    village_code: VillageCode
    first_id: UUID
    second_id: UUID
    on: date


class UnmergeResidents(Input):
    """They were two people after all."""

    village_code: VillageCode
    merge_id: UUID
    on: date


class Arrival(HouseholdFacts):
    """Where somebody who moved lives from now on: a known family, or a new one at this address.

    `household_id` of a family that the village does not have makes a new one; its address counts only then.
    """

    resident_id: UUID
    household_id: UUID
    relation: _code("relation") | None = None  # type: ignore[valid-type]


class TransferResident(Input):
    """Somebody moves: to another family of the village, or to another village (`arrival` None = it will accept).

    `fields` go along to another village, by name of the register's fields; "phones" are numbers and the wish how to
    be reached. Inside the village everything goes along.
    """

    village_code: VillageCode
    move_id: UUID
    resident_id: UUID
    seen_version: int = Field(ge=1)
    on: date
    to_village_code: VillageCode
    fields: tuple[Annotated[str, Field(max_length=40)], ...] = ()
    arrival: Arrival | None = None


class AcceptResident(Input):
    """The receiving village opens its own record of somebody who moved in."""

    village_code: VillageCode
    move_id: UUID
    on: date
    arrival: Arrival
    known_to_differ: bool = False


class KeepSafeAddress(Input):
    """Where somebody in hiding can be reached. No `village_code`: the receipt must not tell where they live.

    `hide_home` takes the address of their household out of the register too; what is known of the person's own
    whereabouts always goes.
    """

    record_id: UUID
    resident_id: UUID
    on: date
    address: Text200 | None = None
    contact: Text200 | None = None
    note: Note | None = None
    hide_home: bool = False


class EndSafeAddress(Input):
    """The danger is over: what was hidden stands in the register again, and the safe address is forgotten."""

    resident_id: UUID
    on: date

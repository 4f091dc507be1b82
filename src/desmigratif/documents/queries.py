"""Reading letters: the keys that check them, one letter by its short code, its PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of, load_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.documents.models import Letter, OfficePaper, VillageKey, VillageOffice
from desmigratif.documents.register import OfficeNotSetUp, letter_place, office_of
from desmigratif.documents.rules.contents import Content, print_letters, read_content
from desmigratif.documents.rules.keys import KeySet, Revocations, fingerprint
from desmigratif.documents.rules.keys import VillageKey as PublicKey
from desmigratif.documents.rules.short_code import normalise_short_code
from desmigratif.documents.rules.statement import Verdict, qr_text, read_statement
from desmigratif.regions.queries import village
from desmigratif.shared import crypto
from desmigratif.shared.reasons import NotFoundOrNotYours


def key_set(*, as_of: date) -> KeySet:
    """The public keys of every village here and the letters taken back, complete up to a day.

    Public by nature: it holds codes, keys and numbers of letters, no person.
    """
    keys = tuple(
        PublicKey(
            village_code=row.village_code,
            village_name=village(row.village_code).name,
            public_key=bytes(row.public_key),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            certificate=bytes(row.certificate) if row.certificate else None,
        )
        for row in VillageKey.objects.order_by("village_code", "valid_from")
    )
    revoked = Letter.objects.everywhere().filter(revoked_on__isnull=False)
    papers = OfficePaper.objects.filter(voided_on__isnull=False)
    asked = ("village_code", "number", "replaced_by__number")
    rows = {(row[0], row[1]): row[2] for found in (revoked, papers) for row in found.values_list(*asked)}
    replaced = {letter: number for letter, number in rows.items() if number}
    return KeySet(villages=keys, revocations=Revocations(as_of, frozenset(rows), replaced))


def village_fingerprints() -> list[dict[str, str]]:
    """The fingerprints of the village keys in use here, to compare with what hangs in the office (at most 20)."""
    rows = VillageKey.objects.filter(valid_until__isnull=True).order_by("village_code")[:20]
    return [
        {"name": village(row.village_code).label, "fingerprint": fingerprint(bytes(row.public_key))} for row in rows
    ]


def check_short_code(text: str, *, as_of: date) -> Verdict | None:
    """The verdict on a letter by its printed short code; None when no letter has it.

    Raises `ValueError` with an Indonesian sentence for what cannot be a short code.
    """
    code = normalise_short_code(text)
    letter = Letter.objects.everywhere().filter(short_code=code).first()
    found = letter or OfficePaper.objects.filter(short_code=code).first()
    if found is None:
        return None
    return read_statement(qr_text("", bytes(found.statement)), key_set(as_of=as_of), today=as_of)


def letters_of(by: Actor, *, resident_id: UUID | None = None) -> QuerySet[Letter]:
    """The letters this person may see, of every kind, newest first."""
    letters = Letter.objects.visible_to(by).order_by("-issued_on", "-sequence")
    return letters.filter(resident_id=resident_id) if resident_id else letters


def letter_content(by: Actor, letter_id: UUID) -> tuple[Letter, Content]:
    """A letter and what it said. Raises `NotFoundOrNotYours`, also when its key was erased."""
    letter = get_or_refuse(Letter.objects.visible_to(by).select_related("replaces", "replaced_by"), id=letter_id)
    key = key_of(letter.resident_id)
    if key is None:
        raise NotFoundOrNotYours
    return letter, _opened(letter, key)


def _opened(letter: Letter, key: bytes) -> Content:
    return read_content(crypto.unseal(key, bytes(letter.content_sealed), place=letter_place(letter.id)).decode())


def letter_pdf(letter: Letter, content: Content) -> bytes:
    """The letter as it was printed; a letter taken back carries DICABUT."""
    return print_letters([content], voided_on=[letter.revoked_on])


def register_of(by: Actor, *, year: int) -> QuerySet[Letter]:
    """One year's register of the villages this person sees, newest first, each with the letter that replaced it."""
    return letters_of(by).filter(year=year).select_related("replaced_by")


def in_state(letters: QuerySet[Letter], state: str, today: date) -> QuerySet[Letter]:
    """Those in one of the archive's states ("berlaku", "diganti", "dicabut", "habis"); all for none."""
    over = Q(revoked_on=None, valid_until__lt=today)
    conditions = {
        "berlaku": Q(revoked_on=None) & ~over,
        "diganti": Q(revoked_on__isnull=False, replaced_by__isnull=False),
        "dicabut": Q(revoked_on__isnull=False, replaced_by__isnull=True),
        "habis": over,
    }
    return letters.filter(conditions[state]) if state else letters


def counts_of_register(by: Actor, *, year: int, today: date) -> tuple[dict[str, int], dict[str, int]]:
    """How many letters of a year there are of each kind, and in each state."""
    rows = (
        letters_of(by)
        .filter(year=year)
        .order_by()
        .values("kind")
        .annotate(
            all=Count("id"),
            diganti=Count("id", filter=Q(revoked_on__isnull=False, replaced_by__isnull=False)),
            dicabut=Count("id", filter=Q(revoked_on__isnull=False, replaced_by__isnull=True)),
            habis=Count("id", filter=Q(revoked_on=None, valid_until__lt=today)),
        )
    )
    by_kind, by_state = {}, Counter[str]()
    for row in rows:
        ended = {name: row[name] for name in ("diganti", "dicabut", "habis")}
        by_kind[row["kind"]] = row["all"]
        by_state.update(ended, berlaku=row["all"] - sum(ended.values()))
    return by_kind, dict(by_state)


def years_of(by: Actor) -> list[int]:
    """The years that have letters, for choosing one."""
    return list(Letter.objects.visible_to(by).order_by("-year").values_list("year", flat=True).distinct())


def contents_of(letters: list[Letter]) -> dict[UUID, Content]:
    """What each letter said, by the letter's id, in one look-up of keys; without a key there is nothing to read."""
    keys = load_keys({letter.resident_id for letter in letters})
    found = ((letter, keys.get(letter.resident_id)) for letter in letters)
    return {letter.id: _opened(letter, key) for letter, key in found if key}


def names_on(letters: list[Letter]) -> dict[UUID, str]:
    """Whom each letter names, by the letter's id; without a key there is no name."""
    return {letter_id: content.holder_name for letter_id, content in contents_of(letters).items()}


def letterhead_of(village_code: str, row: VillageOffice | None = None) -> dict[str, str] | None:
    """The head of an office's paper, for pages that are printed; None while the village has not filled it in."""
    try:
        office = office_of(village_code, row)
    except OfficeNotSetUp:
        return None
    return {
        "regency": f"{office.regency_kind} {office.regency}",
        "district": office.district,
        "village": f"{office.kind} {office.village}",
        "address": office.address,
    }


def office_in(village_code: str) -> VillageOffice | None:
    """A village's letterhead, if it was filled in."""
    return VillageOffice.objects.filter(village_code=village_code).first()


def office_phones(village_codes: Iterable[str]) -> dict[str, str]:
    """The telephones of village offices, as their letterheads show them to everybody; only those filled in."""
    rows = VillageOffice.objects.filter(village_code__in=set(village_codes)).exclude(phone="")
    return dict(rows.values_list("village_code", "phone"))


def offices_of(by: Actor) -> list[VillageOffice]:
    """The letterheads in the regions that this person sets up (at most 200)."""
    regions = by.regions_for(Permission.VILLAGE_SET_UP)
    return list(VillageOffice.objects.filter(region_filter(regions)).order_by("village_code")[:200])


def key_in_use(village_code: str) -> VillageKey | None:
    """The key with which a village signs now."""
    keys = VillageKey.objects.filter(village_code=village_code, valid_until__isnull=True)
    return keys.order_by("-valid_from", "-id").first()

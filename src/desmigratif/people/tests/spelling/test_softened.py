"""A name in capitals is softened on screens, and stays as the register spells it everywhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.letters import as_named_in_letter
from desmigratif.people.models import Resident
from desmigratif.people.rules.names import fold_name, softened

KURIPAN = "33.07.10.2004"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("SITI AMINAH", "Siti Aminah"),
        ("SITI AMINAH BINTI SALIM", "Siti Aminah binti Salim"),
        ("AHMAD BIN UMAR", "Ahmad bin Umar"),
        ("H. MOCH. MA'RUF, S.PD", "H. Moch. Ma'ruf, S.Pd"),
        ("HJ. NUR’AINI", "Hj. Nur’aini"),
        ("KH. ZAINUDDIN", "KH. Zainuddin"),
        ("DRS. SLAMET, M.PD.I", "Drs. Slamet, M.Pd.I"),
        ("RINA WATI, A.MD.KEB., SH", "Rina Wati, A.Md.Keb., SH"),
        ("BUDI SANTOSO, SE, MM", "Budi Santoso, SE, MM"),
        ("I MADE SUDARMA", "I Made Sudarma"),
        ("NI KADEK AYU", "Ni Kadek Ayu"),
        ("R.A. KARTINI", "R.A. Kartini"),
        ("ABD-RAHMAN", "Abd-Rahman"),
        ("M ALI", "M Ali"),
        ("NYI ÉLOK", "Nyi Élok"),
        ("BINTI SALIM", "Binti Salim"),
        ("Siti Aminah", "Siti Aminah"),
        ("Siti AMINAH", "Siti AMINAH"),
        ("siti", "siti"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_capitals_become_a_name(written: str, shown: str) -> None:
    assert softened(written) == shown


@given(st.text(max_size=60))
def test_a_softened_name_is_the_same_name(name: str) -> None:
    shown = softened(name)

    assert shown.upper() == name.upper()
    assert softened(shown) == shown or shown.isupper()


@given(st.lists(st.sampled_from(["SITI", "H.", "MA'RUF", "BINTI", "S.PD", "NI", "AMINAH"]), min_size=1, max_size=5))
def test_a_softened_name_is_found_as_before(words: list[str]) -> None:
    assert fold_name(softened(" ".join(words))) == fold_name(" ".join(words))


@pytest.mark.django_db
def test_screens_soften_and_papers_do_not(desk: Client, family: dict[str, Resident]) -> None:
    siti = family["Siti"]
    Resident.objects.in_village(KURIPAN).update(name="SITI AMINAH")
    siti.refresh_from_db()
    pages = [
        reverse("people:residents"),
        reverse("people:household", args=[siti.household_id]),
        reverse("people:resident", args=[siti.id]),
        reverse("people:contact_wish", args=[siti.id]),
        reverse("people_search") + "?q=siti",
    ]

    for page in pages:
        said = desk.get(page).content.decode()
        assert "SITI AMINAH" not in said, page
    assert 'value="SITI AMINAH"' in desk.get(reverse("people:correct_resident", args=[siti.id])).content.decode()
    assert as_named_in_letter(siti).name == "SITI AMINAH"

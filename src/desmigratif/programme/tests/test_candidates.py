"""Choosing villages: figures side by side, a survey, the village's word, a decree; quotas and who is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.programme.models import CandidateVillage, ProgrammeVillage, VillageFigure, VillageQuota
from desmigratif.programme.queries.candidates import scored
from desmigratif.programme.rules import selection as rules
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

KURIPAN, GARUNG = "33.07.10.2004", "33.07.12.2007"
TODAY = date(2026, 11, 23)
SIGNS = {"many_abroad": "yes", "trafficking": "partly", "responsive": "yes", "returnees": "unknown", "potential": "no"}
Doing = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def coordinator(places: None) -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


@pytest.fixture
def doing(coordinator: Actor, now: datetime) -> Doing:
    def run(name: str, by: Actor = coordinator, **given: Any) -> dict[str, Any]:
        payload = {"on": TODAY, "village_code": KURIPAN, **given}
        return do(by, f"programme.{name}", {k: v for k, v in payload.items() if v != ""}, now=now, act_id=new_id())

    return run


@pytest.fixture
def candidate(doing: Doing) -> UUID:
    id = new_id()
    doing("propose_candidate", candidate_id=id, programme="desmigratif", year=2026, on=date(2026, 9, 1))
    return id


def refused(run: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        run()
    return refusal.value.reasons[0].code, refusal.value.reasons[0].field


def figure(doing: Doing, value: int, source: str = "Desa", **given: Any) -> None:
    usual = {"figure_id": new_id(), "metric": "placements", "year": 2025}
    doing("record_figure", value=value, source=source, **{**usual, **given})


def test_a_score_counts_what_is_known_and_says_how_much_that_is() -> None:
    criteria = list(SIGNS)
    full = rules.score(need=90.0, signs=SIGNS, criteria=criteria, on=TODAY)
    assert (full.signs, full.total, full.known, full.of) == (62.5, 73.5, 4, 5)  # 0.4 x 90 + 0.6 x 62.5
    without = rules.score(need=None, signs=SIGNS, criteria=criteria, on=TODAY)
    assert (without.total, without.need) == (62.5, None)
    nothing = rules.score(need=None, signs={"many_abroad": "unknown"}, criteria=criteria, on=TODAY)
    assert (nothing.total, nothing.known) == (None, 0)


def test_a_decree_waits_for_the_survey_and_the_villages_word(candidate: UUID, doing: Doing) -> None:
    one = {"candidate_id": candidate}
    decree = {"membership_id": new_id(), "programme": "desmigratif", "decree": "SK 8/2026"}
    assert refused(lambda: doing("join_programme", **decree)) == ("not_deliberated", "")
    talk = {**one, "agreed": True, "minutes": "BA 4/2026"}
    assert refused(lambda: doing("deliberate_candidate", **talk))[0] == "not_surveyed"
    assert refused(lambda: doing("survey_candidate", signs={"tidak": "yes"}, **one)) == ("unknown_sign", "signs")
    early = date(2026, 8, 31)
    assert refused(lambda: doing("survey_candidate", signs=SIGNS, **one, on=early)) == ("too_early", "on")
    doing("survey_candidate", signs=SIGNS, **one, on=date(2026, 9, 10))
    doing("deliberate_candidate", **{**talk, "agreed": False}, on=date(2026, 9, 20))
    assert refused(lambda: doing("join_programme", **decree))[0] == "village_said_no"
    doing("deliberate_candidate", **talk, on=date(2026, 10, 1))
    before = refused(lambda: doing("join_programme", **decree, on=date(2026, 9, 30)))
    assert before == ("before_deliberation", "on")
    doing("join_programme", **decree)

    named = CandidateVillage.objects.everywhere().get()
    assert named.membership == ProgrammeVillage.objects.everywhere().get()
    assert refused(lambda: doing("survey_candidate", signs=SIGNS, **one))[0] == "named_already"
    assert refused(lambda: doing("deliberate_candidate", **talk))[0] == "named_already"


def test_a_decree_of_an_earlier_year_is_history_and_is_taken_over(doing: Doing) -> None:
    doing("join_programme", membership_id=new_id(), programme="emas", decree="SK 3/2025", on=date(2025, 6, 25))

    assert ProgrammeVillage.objects.everywhere().get().programme == "emas"


def test_a_village_is_proposed_once_a_year_for_a_programme_that_is_there(candidate: UUID, doing: Doing) -> None:
    def propose(**given: Any) -> Any:
        usual = {"candidate_id": new_id(), "programme": "desmigratif", "year": 2026}
        return doing("propose_candidate", **{**usual, **given})

    assert refused(propose) == ("proposed_already", "year")
    assert refused(lambda: propose(programme="tidak")) == ("unknown_programme", "programme")
    assert refused(lambda: propose(year=2031)) == ("year_out_of_range", "year")
    doing("join_programme", membership_id=new_id(), programme="emas", decree="SK 3/2025", on=date(2025, 6, 25))
    assert refused(lambda: propose(programme="emas")) == ("in_already", "programme")
    propose(year=2027)


def test_figures_that_differ_stand_side_by_side(candidate: UUID, doing: Doing) -> None:
    figure(doing, 178)
    figure(doing, 170, "Disnaker")
    assert refused(lambda: figure(doing, 171, "disnaker")) == ("noted_already", "source")
    assert refused(lambda: figure(doing, 1, metric="tidak")) == ("unknown_metric", "metric")
    assert refused(lambda: figure(doing, 1, year=2027)) == ("year_in_future", "year")
    assert sorted(VillageFigure.objects.everywhere().values_list("value", flat=True)) == [170, 178]


def test_a_village_alone_has_no_index_and_who_is_known_whole_comes_first(candidate: UUID, doing: Doing) -> None:
    figure(doing, 90)
    rows = list(CandidateVillage.objects.everywhere())
    assert scored(rows, TODAY)[0].score.total is None
    doing("propose_candidate", candidate_id=new_id(), village_code=GARUNG, programme="desmigratif", year=2026)
    figure(doing, 180, village_code=GARUNG)
    doing("survey_candidate", signs=SIGNS, candidate_id=candidate)

    first, second = scored(CandidateVillage.objects.everywhere(), TODAY)

    assert (first.candidate.village_code, first.score.need, first.score.total) == (KURIPAN, 50.0, 57.5)
    assert (second.score.is_whole, second.score.total) == (False, 100.0)


def test_a_quota_of_a_year_that_is_over_does_not_change(doing: Doing) -> None:
    given = {"quota_id": new_id(), "region_code": "33.07", "on": "", "village_code": ""}
    doing("set_quota", **given, year=2026, villages=2)
    doing("set_quota", **{**given, "quota_id": new_id()}, year=2026, villages=3)
    assert VillageQuota.objects.get().villages == 3
    assert refused(lambda: doing("set_quota", **given, year=2025, villages=1)) == ("year_over", "year")


GIVEN: dict[str, dict[str, Any]] = {
    "programme.set_quota": {"quota_id": new_id(), "region_code": "33.07", "year": 2026, "villages": 1},
    "programme.record_figure": {
        "figure_id": new_id(), "metric": "deaths", "year": 2025, "value": 1, "source": "Desa", "on": TODAY,
    },
    "programme.propose_candidate": {"candidate_id": new_id(), "programme": "emas", "year": 2026, "on": TODAY},
    "programme.survey_candidate": {"candidate_id": "one", "signs": SIGNS, "on": TODAY},
    "programme.deliberate_candidate": {"candidate_id": "one", "agreed": True, "minutes": "BA 1", "on": TODAY},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_stranger_learns_and_changes_nothing(candidate: UUID, name: str, now: datetime) -> None:
    payload = {key: candidate if value == "one" else value for key, value in GIVEN[name].items()}
    if name != "programme.set_quota":
        payload["village_code"] = KURIPAN
    for role, region in (("regency_coordinator", "32.12"), ("village_officer", KURIPAN), ("partner", "33.07")):
        with pytest.raises(Refusal) as refusal:
            do(person(new_id(), role, (role, region)), name, payload, now=now, act_id=new_id())
        assert [one.code for one in refusal.value.reasons] == [NotFoundOrNotYours.code]

    assert CandidateVillage.objects.everywhere().get().surveyed_on is None
    assert not VillageFigure.objects.everywhere().exists()
    assert not VillageQuota.objects.exists()


def browser(role: str, region: str) -> Client:
    user = User.objects.create(username=role, name=role)
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return signed_in_browser(user)


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def sent(desk: Client, query: str, **given: str) -> Any:
    """The form as it was shown, with these answers."""
    path = f"{reverse('programme:record')}?{query}"
    form = desk.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    texts = {name: f"{value:%d-%m-%Y}" if isinstance(value, date) else value for name, value in shown.items()}
    return desk.post(path, {**texts, **given})


def test_the_coordinator_takes_a_village_from_proposal_to_decree(places: None) -> None:
    desk = browser("regency_coordinator", "33.07")
    listed = reverse("programme:candidates")
    assert "/wilayah/pilih/?sampai=4&amp;di=33.07&amp;kembali=/program/calon/" in said(desk, listed)
    chosen = desk.get(f"{listed}?wilayah={KURIPAN}")["Location"]
    assert chosen.endswith(f"?apa=calon&desa={KURIPAN}")
    assert sent(desk, "apa=kuota", villages="2", paper="SK kuota").status_code == 302
    assert sent(desk, f"apa=calon&desa={KURIPAN}", programme="desmigratif", on="01-10-2026").status_code == 302
    one = CandidateVillage.objects.everywhere().get()
    figures = {"metric": "placements", "year": "2025"}
    assert sent(desk, f"apa=angka&id={one.id}", **figures, value="178", source="Desa").status_code == 302
    assert sent(desk, f"apa=angka&id={one.id}", **figures, value="170", source="Disnaker").status_code == 302
    answers = {f"sign_{code}": answer for code, answer in SIGNS.items()}
    assert sent(desk, f"apa=survei&id={one.id}", **answers).status_code == 302
    page = said(desk, reverse("programme:candidate", args=[one.id]))
    assert "Sumber berbeda" in page
    assert "4 dari 5 tanda diketahui" in page
    assert "Catat musyawarah" in page
    assert sent(desk, f"apa=musyawarah&id={one.id}", agreed="yes", minutes="BA 4/2026").status_code == 302
    page = said(desk, listed)
    assert "Menunggu surat keputusan" in page
    assert "0 ditetapkan, 1 calon menunggu. SK kuota." in page
    assert "kurang 2" in page
    path = f"{reverse('programme:join_programme')}?wilayah={KURIPAN}"
    form = desk.get(path).context["form"]
    ids = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value()}
    named = desk.post(path, {**ids, "programme": "desmigratif", "decree": "SK 9/2026", "on": "23-11-2026"})
    assert named.status_code == 302
    assert "1 ditetapkan, 0 calon menunggu" in said(desk, listed)


def test_a_plan_names_the_needy_regency_that_has_no_candidate(places: None, doing: Doing, now: datetime) -> None:
    nation = person(new_id(), "Pusat", ("regency_coordinator", "ID"))
    given = {"quota_id": new_id(), "region_code": "53", "year": 2026, "villages": 20, "on": "", "village_code": ""}
    doing("set_quota", by=nation, **given)

    page = said(browser("ministry_analyst", "ID"), reverse("programme:candidates"))

    assert "kurang 20" in page
    assert "belum punya calon:" in page
    assert "53.21" in page


def test_a_village_of_others_is_no_candidate_one_can_see(candidate: UUID) -> None:
    other = browser("ministry_analyst", "32")

    assert other.get(reverse("programme:candidate", args=[candidate])).status_code == 404
    assert "Kuripan" not in said(other, reverse("programme:candidates"))

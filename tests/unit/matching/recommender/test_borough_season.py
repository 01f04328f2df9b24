"""Seasons of the borough as it is, with and without roles that there could be."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from core.places import postcodes
from core.places.wards import WARDS
from matching.recommender import borough_season
from matching.recommender.asked import Added, Asked
from matching.recommender.borough_season import ELSEWHERE, NOWHERE, BoroughSeasons, Placed
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

PINNER = next(ward.code for ward in WARDS if ward.name == "Pinner")
THERE = postcodes.in_ward(PINNER)[0]
GARDENING = Added(
    Asked(latitude=THERE.latitude, longitude=THERE.longitude, activities=("gardening",)), 15
)
SEEDS = range(1, 6)


def people(number: int = 40, **fields: object) -> list[object]:
    given = {"postcode": THERE.postcode, "activities": ["gardening"], **fields}
    return VolunteerFactory.create_batch(number, **given)


def group(share: float | None = 0.9) -> object:
    return OrganisationFactory(answered_share=share)


def test_added_places_are_filled_by_people_who_had_none() -> None:
    people()
    seasons = BoroughSeasons([GARDENING])
    found = [seasons.placed(seed, [(), (0,)]) for seed in SEEDS]
    assert all(without.people == 0 for without, __ in found)
    assert np.mean([with_it.in_added for __, with_it in found]) > 5
    assert all(with_it.in_added == with_it.people <= 15 for __, with_it in found)


def test_who_has_what_is_told_apart_by_person() -> None:
    people()
    OpportunityFactory(organisation=group(), activities=["gardening"], places=10)
    seasons = BoroughSeasons([GARDENING, GARDENING])
    of_people = seasons.roles_of_people(1, [(), (1,)])
    assert set(of_people[0].tolist()) == {NOWHERE, ELSEWHERE}
    assert set(of_people[1].tolist()) == {NOWHERE, ELSEWHERE, 1}
    counted = [Placed(sum(one != NOWHERE), sum(one >= 0)) for one in of_people]
    assert counted == seasons.placed(1, [(), (1,)])


def test_a_page_appeals_alike_in_the_same_season_and_decides_how_many_come() -> None:
    people(60)
    seasons = BoroughSeasons([GARDENING])
    seeds = range(1, 31)
    appeal = np.array([seasons.appeal(seed)[0] for seed in seeds])
    assert appeal.tolist() == [seasons.appeal(seed)[0] for seed in seeds]
    came = [seasons.placed(seed, [(0,)])[0].in_added for seed in seeds]
    assert np.corrcoef(appeal, came)[0, 1] > 0.5


def test_the_same_seed_gives_the_same_season() -> None:
    people()
    OpportunityFactory(organisation=group(), activities=["gardening"], places=10)
    seasons = BoroughSeasons([GARDENING])
    first, again = (seasons.placed(3, [(), (0,)]) for __ in range(2))
    assert first == again
    assert [seasons.placed(seed, [()]) for seed in SEEDS].count(first[:1]) < len(SEEDS)


def test_people_take_no_role_that_the_rules_keep_from_them() -> None:
    people(travel_miles=1)
    people(20, paused_at=now())
    far = postcodes.in_ward(next(w.code for w in WARDS if w.name == "Edgware"))[0]
    asked = Asked(latitude=far.latitude, longitude=far.longitude, activities=("gardening",))
    seasons = BoroughSeasons([Added(asked, 15)])
    assert seasons.people == 40
    assert {seasons.placed(seed, [(0,)])[0].people for seed in SEEDS} == {0}


def test_who_asked_before_does_not_ask_again() -> None:
    role = OpportunityFactory(organisation=group(), activities=["gardening"], places=40)
    for one in people():
        ApplicationFactory(volunteer=one, opportunity=role, state="declined")
    seasons = BoroughSeasons()
    assert {seasons.placed(seed, [()])[0].people for seed in SEEDS} == {0}


def test_a_group_that_never_answers_places_nobody_unless_all_answer() -> None:
    people()
    OpportunityFactory(organisation=group(0.0), activities=["gardening"], places=15)
    seasons = BoroughSeasons()
    assert {seasons.placed(seed, [()])[0].people for seed in SEEDS} == {0}
    quick = [seasons.placed(seed, [()], answer_every_week=True)[0].people for seed in SEEDS]
    assert np.mean(quick) > 5


def test_people_like_what_they_ticked() -> None:
    """Of two roles alike in all but their work the one that people ticked fills better."""
    people()
    other = Added(
        Asked(latitude=THERE.latitude, longitude=THERE.longitude, activities=("accounts",)), 15
    )
    seasons = BoroughSeasons([GARDENING, other])
    in_each = [
        [seasons.placed(seed, [(number,)])[0].in_added for number in (0, 1)] for seed in SEEDS
    ]
    liked, not_liked = np.mean(in_each, axis=0)
    assert liked > 2 * not_liked


def test_who_has_not_been_there_lately_takes_no_part() -> None:
    people(5, last_used_at=now() - timedelta(days=90))
    people(4)
    assert BoroughSeasons(confirmed_since=now() - timedelta(days=60)).people == 4


def test_of_many_people_a_part_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    people(80)
    OpportunityFactory(organisation=group(), activities=["gardening"], places=60)
    whole = np.mean([BoroughSeasons().placed(seed, [()])[0].people for seed in range(1, 9)])
    monkeypatch.setattr(borough_season, "MOST_PEOPLE", 40)
    seasons = BoroughSeasons()
    part = np.mean([seasons.placed(seed, [()])[0].people for seed in range(1, 9)])
    assert (seasons.people, seasons.share) == (80, 0.5)
    assert part == pytest.approx(whole, rel=0.35)
    assert {seasons.placed(seed, [()])[0].people % 2 for seed in SEEDS} == {0}


def test_as_many_queries_for_many() -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            BoroughSeasons([GARDENING])
        return len(queries)

    people(2)
    OpportunityFactory(organisation=group(), activities=["gardening"])
    few = counted()
    people(8)
    for __ in range(4):
        OpportunityFactory(organisation=group(), activities=["gardening"])
    assert counted() <= few

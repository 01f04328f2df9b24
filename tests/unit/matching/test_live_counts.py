"""The count beside a role's form: what it counts, and what it does not give away."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
import time_machine
from django.core.cache import caches

from core.clock import LONDON, now
from core.places import postcodes
from matching import datasets, live_counts
from matching.datasets.waiting import on_grid
from matching.live_counts import counts_for
from matching.models import WaitingBoard
from matching.ranking.board import pack, unpack
from matching.recommender.live_counts import Asked, count, refresh_board, refresh_due
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.policies import CONFIRMED_WITHIN

pytestmark = pytest.mark.django_db

HERE = "HA1 1AA"
AT_HERE = {"postcode": HERE, "from_home": False}


@pytest.fixture(autouse=True)
def _nothing_was_asked():
    caches["counts"].clear()


def place(postcode: str = HERE) -> dict[str, float]:
    found = postcodes.locate(postcode)
    return {"latitude": found.latitude, "longitude": found.longitude}


def said(fields=None, role=None, group=None):
    group = group or (role.organisation if role else OrganisationFactory())
    return counts_for(organisation=group, role=role, fields=AT_HERE if fields is None else fields)


def test_only_people_who_wait_are_counted():
    VolunteerFactory.create_batch(12)
    VolunteerFactory.create_batch(9, waiting_since=None)

    counted = count(Asked(**place()))

    assert counted.within[-1] == 12


def test_each_requirement_counts_whom_it_alone_leaves_out():
    VolunteerFactory.create_batch(9)
    VolunteerFactory.create_batch(12, willing_dbs=False)
    VolunteerFactory(willing_dbs=False, open_to_regular=False)

    found = said(AT_HERE | {"dbs_level": "basic"})

    assert found.headline == "About 10 people within 3 miles could do this."
    assert found.costs == ("The DBS check leaves out about 10 people.",)


def test_rings_are_fixed_and_hold_each_other():
    VolunteerFactory.create_batch(3, travel_miles=None)
    VolunteerFactory.create_batch(2, postcode="HA5 5AA", travel_miles=None)

    counted = count(Asked(**place()))

    assert counted.within[0] >= 3
    assert list(counted.within) == sorted(counted.within)
    assert counted.within[-1] == 5


def test_a_skill_that_is_asked_for_says_whom_it_leaves_out():
    VolunteerFactory.create_batch(8, skills=["driving"])
    VolunteerFactory.create_batch(21)

    found = said(AT_HERE | {"skills_needed": ["driving"]})

    assert found.headline == "About 30 people within 3 miles could do this."
    assert found.costs == (
        "Asking for “Driving a car” leaves out about 20 people of them, who have not named it.",
    )


def test_shared_tags_say_how_many_like_this_kind_of_thing():
    VolunteerFactory.create_batch(9, causes=["health"])
    VolunteerFactory.create_batch(9, activities=["gardening"])
    VolunteerFactory.create_batch(9)

    found = said(AT_HERE | {"causes": ["health"], "activities": ["gardening"]})

    assert found.interested == "Of them, about 20 people ticked one of its causes or kinds of work."


def test_what_the_form_does_not_ask_is_taken_from_the_saved_role():
    VolunteerFactory.create_batch(9, willing_dbs=False)
    VolunteerFactory.create_batch(17)
    role = OpportunityFactory(dbs_level="enhanced")

    assert said({"weekly_slots": 0}, role=role).headline.startswith("About 15 people")
    assert said({"dbs_level": "none"}, role=role).headline.startswith("About 25 people")


def test_dates_are_counted_as_times_of_the_week():
    VolunteerFactory.create_batch(9, availability=0b1)  # Monday morning
    monday = [datetime(2026, 3, 2, 9, tzinfo=LONDON), datetime(2026, 3, 2, 11, tzinfo=LONDON)]
    sunday = [datetime(2026, 3, 1, 9, tzinfo=LONDON), datetime(2026, 3, 1, 11, tzinfo=LONDON)]

    assert said(AT_HERE | {"sessions": [monday]}).headline.startswith("About 10 people")
    assert said(AT_HERE | {"sessions": [sunday]}).headline.startswith("Nobody")


def test_small_counts_are_not_told_apart():
    VolunteerFactory.create_batch(3)
    few = said()
    VolunteerFactory.create_batch(4)
    refresh_board()

    assert said() == few
    assert few.headline == "Fewer than 8 people within 3 miles could do this."


def test_who_has_not_used_the_service_for_two_months_is_not_counted():
    VolunteerFactory.create_batch(9)
    VolunteerFactory.create_batch(9, last_used_at=now() - CONFIRMED_WITHIN - timedelta(minutes=1))

    assert count(Asked(**place())).within[-1] == 9


def test_who_comes_during_the_month_changes_nothing_until_the_next():
    with time_machine.travel(datetime(2026, 10, 3, 2, tzinfo=LONDON)):
        VolunteerFactory.create_batch(9)
        refresh_due()
        before = said()
        VolunteerFactory.create_batch(30)
    for night in (4, 31):
        with time_machine.travel(datetime(2026, 10, night, 2, tzinfo=LONDON)):
            assert refresh_due() is None
            assert said() == before
    with time_machine.travel(datetime(2026, 11, 1, 2, tzinfo=LONDON)):
        assert refresh_due() is not None
        assert said() != before


def test_a_board_of_hardly_anybody_is_made_anew_each_night():
    VolunteerFactory.create_batch(7)
    refresh_due()
    VolunteerFactory.create_batch(2)

    assert refresh_due() is not None
    assert refresh_due() is None
    assert said().headline.startswith("About 10 people")


def test_a_board_from_before_a_change_of_the_tags_is_made_anew(monkeypatch):
    VolunteerFactory.create_batch(9, skills=["driving"])
    old = refresh_board()
    known = datasets.tags()
    vocabulary = replace(known.vocabulary, languages=("new", *known.vocabulary.languages[1:]))
    monkeypatch.setattr(datasets, "tags", lambda: replace(known, vocabulary=vocabulary))

    assert count(Asked(**place())).within[-1] == 9
    assert WaitingBoard.objects.get().pk > old.pk


def test_moving_the_role_within_a_square_of_the_grid_changes_nothing():
    VolunteerFactory.create_batch(9, travel_miles=1)
    spot = place()
    square = on_grid(spot["latitude"], spot["longitude"])
    answers = set()
    for north in np.linspace(-0.0049, 0.0049, 5):
        moved = {"latitude": float(square[0] + north), "longitude": float(square[1])}
        answers.add(count(Asked(**moved)).within)

    assert len(answers) == 1


def test_the_board_holds_no_name_word_or_id_and_places_on_the_grid_only():
    VolunteerFactory.create_batch(3, about="My secret words", postcode="HA1 2XY")
    refresh_board()
    board = WaitingBoard.objects.get()

    people = unpack(bytes(board.packed))
    assert board.people == 3
    assert people.ids.tolist() == [0, 1, 2]
    assert people.about == ["", "", ""]
    latitude, longitude = on_grid(people.latitude, people.longitude)
    assert np.array_equal(latitude, people.latitude)
    assert np.array_equal(longitude, people.longitude)


def test_packing_loses_nothing():
    VolunteerFactory.create_batch(2, skills=["driving"], languages=["gu"], causes=["health"])
    refresh_board()
    people = unpack(bytes(WaitingBoard.objects.get().packed))

    again = unpack(pack(people, datasets.tags().vocabulary))

    assert np.array_equal(again.availability, people.availability)
    assert (again.skills != people.skills).nnz == 0
    assert again.languages.sum() == 2


def test_only_the_newest_board_is_kept():
    refresh_board()
    newest = refresh_board()

    assert WaitingBoard.objects.get() == newest


def test_a_group_asks_so_many_different_questions_an_hour(monkeypatch):
    monkeypatch.setattr(live_counts, "QUESTIONS_AN_HOUR", 3)
    VolunteerFactory.create_batch(9)
    group = OrganisationFactory()

    def ask(age):
        return said(AT_HERE | {"minimum_age": age}, group=group).headline

    assert all("could do this" in ask(age) for age in (16, 17, 18, 18, 16))
    assert "many counts" in ask(19)
    assert "could do this" in ask(17)
    assert "could do this" in said(AT_HERE | {"minimum_age": 19}).headline


def test_a_count_takes_one_query(django_assert_num_queries):
    VolunteerFactory()
    role = OpportunityFactory()
    said(role=role)

    with django_assert_num_queries(1):
        count(Asked(minimum_age=17, **place()))

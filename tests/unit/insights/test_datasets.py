"""The tables of a month are those of its end, whenever they are made."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import time_machine

from accounts.models import AuditEntry, User
from accounts.services import suspensions
from core.clock import now
from insights.datasets import tables
from insights.measures.tables import Tables
from insights.periods import CLOSES_AFTER, Period
from insights.services import figures
from matching import datasets as matching_datasets
from matching.ranking import eligibility
from opportunities.models import Opportunity, Organisation
from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search_roles
from opportunities.services import organisations, roles
from placements.models import Application
from placements.services import catching_up, places
from placements.states import State
from tests.factories.accounts import UserFactory
from tests.factories.days import Borough
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import EarlierProfile, Volunteer
from volunteers.services import presence, profiles

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
OCTOBER = Period.of_code("2026-10")
BEFORE, AFTER = datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    with time_machine.travel(BEFORE, tick=False) as traveller:
        yield traveller


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Give the names of columns in which two tables, or all of two moments, differ."""
    if is_dataclass(one):
        return [
            found
            for field in fields(one)
            for found in differences(
                getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}"
            )
        ]
    if isinstance(one, dict):
        return [name for key in one for name in differences(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, np.ndarray):
        same = np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
        return [] if same else [f"{path}: {one} != {other}"]
    if isinstance(one, tuple):
        pairs = enumerate(zip(one, other, strict=True))
        return [name for at, pair in pairs for name in differences(*pair, f"{path}[{at}]")]
    return [] if one == other else [f"{path}: {one} != {other}"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_month_is_the_same_whenever_it_is_worked_out(clock: Clock, seed: int) -> None:
    clock.move_to(datetime(2026, 8, 3, 9, tzinfo=UTC))
    borough = Borough(seed)
    _live(borough, clock, until=OCTOBER.ends_at, deeds=350)
    clock.move_to(OCTOBER.ends_at)
    at_its_end = tables(OCTOBER)
    _live(borough, clock, until=OCTOBER.ends_at + CLOSES_AFTER, deeds=40)
    clock.move_to(OCTOBER.ends_at + CLOSES_AFTER)
    when_it_closes = tables(OCTOBER)
    _live(borough, clock, until=OCTOBER.ends_at + timedelta(days=120), deeds=350)
    later = tables(OCTOBER)
    assert differences(when_it_closes, later) == []
    # Hours of the last days are confirmed in the first ones of the next month.
    assert differences(replace(at_its_end, hours=later.hours), later) == []
    assert differences(later, tables(Period.of_code("2027-01")))


def _live(borough: Borough, clock: Clock, *, until: datetime, deeds: int) -> None:
    """Let things happen, at times of their own, up to just before a moment."""
    step = (until - now()) / (deeds + 1)
    for __ in range(deeds):
        clock.shift(step)
        borough.something()


def _both(clock: Clock, change: Any) -> tuple[Tables, Tables]:
    """October before and after something changes in November."""
    clock.move_to(AFTER)
    before = tables(OCTOBER)
    change()
    clock.shift(timedelta(hours=1))
    return before, tables(OCTOBER)


class TestPeople:
    def test_who_came_back_in_a_later_month_was_not_about(self, clock: Clock) -> None:
        lost, kept = VolunteerFactory(), VolunteerFactory()
        clock.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
        presence.note_use(kept)
        clock.move_to(datetime(2027, 1, 20, 12, tzinfo=UTC))
        for person in (lost, kept):
            presence.note_use(Volunteer.objects.get(pk=person.pk))
        months = {code: tables(Period.of_code(code)).people for code in ("2026-11", "2026-12")}
        assert months["2026-11"].waiting.tolist() == [True, True]
        assert months["2026-12"].waiting.tolist() == [False, True]

    def test_an_administrator_can_stop_an_account_too(self, clock: Clock) -> None:
        person = VolunteerFactory()

        def stop() -> None:
            User.objects.filter(pk=person.user_id).update(is_active=False)
            AuditEntry.objects.create(
                action="user.changed",
                subject_type="user",
                subject_id=person.user_id,
                details={"fields": ["is_active"], "is_active": False},
            )

        before, after = _both(clock, stop)
        assert before.people.waiting.tolist() == after.people.waiting.tolist() == [True]
        assert tables(Period.of_code("2026-11")).people.waiting.tolist() == [False]

    def test_an_account_that_was_stopped_and_goes_on_was_stopped(self, clock: Clock) -> None:
        person, broker = VolunteerFactory(), UserFactory(broker=True)
        suspensions.suspend(user=person.user, reason="conduct", by=broker)
        before, after = _both(clock, lambda: suspensions.reinstate(user=person.user, by=broker))
        assert before.people.waiting.tolist() == after.people.waiting.tolist() == [False]

    def test_the_first_change_since_counts(self, clock: Clock) -> None:
        person = VolunteerFactory(postcode="HA1 1BH", causes=["health"], availability=1)
        clock.shift(timedelta(hours=1))
        wards = tables(OCTOBER).people.ward.tolist()
        for day, postcode, cause in ((2, "HA5 3AB", "environment"), (9, "", "older-people")):
            clock.move_to(datetime(2026, 11, day, tzinfo=UTC))
            profiles.update(
                volunteer=person, by=None, postcode=postcode, causes=[cause], availability=day
            )
        clock.shift(timedelta(hours=1))
        people = tables(OCTOBER).people
        names = [code for code, __ in tables(OCTOBER).causes]
        assert people.ward.tolist() == wards != [""]
        assert people.free.tolist() == [1]
        assert [names[tag] for tag in people.causes[1]] == ["health"]
        assert tables(Period.of_code("2026-11")).people.ward.tolist() == [""]


class TestWhatProfilesSaidBefore:
    def test_is_kept_until_the_month_of_the_change_is_final(self, clock: Clock) -> None:
        person = VolunteerFactory()
        clock.move_to(datetime(2026, 11, 2, 12, tzinfo=UTC))
        profiles.update(volunteer=person, by=None, postcode="HA5 3AB")
        figures.refresh_running()
        assert EarlierProfile.objects.count() == 1
        for month, day in ((11, 4), (11, 30), (12, 2)):
            # The month that runs is held against the one before when it closes.
            clock.move_to(datetime(2026, month, day, 1, tzinfo=UTC))
            figures.refresh_running()
            assert EarlierProfile.objects.count() == 1
        clock.move_to(datetime(2026, 12, 4, 1, tzinfo=UTC))
        figures.refresh_running()
        assert not EarlierProfile.objects.exists()

    def test_is_nothing_where_only_words_change(self) -> None:
        person = VolunteerFactory()
        profiles.update(volunteer=person, by=None, about="I like people.", causes=["health"])
        profiles.update(volunteer=person, by=None, about="I like cats.", causes=["health"])
        assert EarlierProfile.objects.get().said == {"causes": []}


class TestRoles:
    def test_one_that_is_mended_had_the_places_that_it_had(self, clock: Clock) -> None:
        role = OpportunityFactory(places=1)
        for __ in range(2):
            ApplicationFactory(opportunity=role, state=State.SUBMITTED)

        def mend() -> None:
            Application.objects.update(state=State.ACCEPTED)
            places.reconcile()

        before, after = _both(clock, mend)
        assert Opportunity.objects.get().places == 2
        assert before.roles.places.tolist() == after.roles.places.tolist() == [1]

    def test_one_that_goes_on_was_paused_in_the_month_before(self, clock: Clock) -> None:
        role = OpportunityFactory(places=4)
        with time_machine.travel(now() - timedelta(days=12)):
            for __ in range(catching_up.MOST_LATE):
                ApplicationFactory(opportunity=role)
        catching_up.follow_all()
        before, after = _both(clock, lambda: catching_up.go_on(opportunity=role, by=None))
        for found in (before, after):
            assert (found.roles.is_open.tolist(), found.roles.paused.tolist()) == ([False], [True])
        november = tables(Period.of_code("2026-11")).roles
        assert (november.is_open.tolist(), november.paused.tolist()) == ([True], [False])

    def test_an_imported_one_said_what_it_said(self, clock: Clock) -> None:
        role = OpportunityFactory(places=4, closes_on=date(2026, 12, 24))
        entry = {"places": 2, "closes_on": "2026-10-25", "published_at": "2026-10-01T09:00:00Z"}
        clock.move_to(AFTER)
        AuditEntry.objects.create(
            action="opportunity.imported",
            subject_type="opportunity",
            subject_id=role.pk,
            details={"source": "somewhere", "before": entry},
        )
        found = tables(OCTOBER).roles
        assert found.places.tolist() == [2]
        assert found.is_open.tolist() == [False]

    def test_a_group_is_of_the_kind_that_it_was(self, clock: Clock) -> None:
        group = OrganisationFactory(size=Organisation.Size.MICRO)
        before, after = _both(
            clock,
            lambda: organisations.update(
                organisation=group, by=None, size="large", causes=["health"], postcode="HA5 3AB"
            ),
        )
        assert differences(before, after) == []
        assert after.groups.size.tolist() == ["micro"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 2])
def test_open_roles_are_those_that_people_find_and_can_ask_for(clock: Clock, seed: int) -> None:
    clock.move_to(datetime(2026, 8, 3, 9, tzinfo=UTC))
    borough = Borough(seed)
    _live(borough, clock, until=datetime(2026, 10, 20, 9, tzinfo=UTC), deeds=300)
    catching_up.follow_all()
    clock.shift(timedelta(minutes=1))
    found = tables(OCTOBER).roles
    left = dict(zip(found.ids.tolist(), found.places_left.tolist(), strict=True))
    with_room = found.is_open & (found.places_left > 0)
    # Search shows what pauses too, and says so.
    listed = search_roles(SearchCriteria())
    paused = {role.pk for role in listed if role.catching_up_since is not None}
    assert set(found.ids[with_room].tolist()) == {role.pk for role in listed} - paused
    assert paused == set(found.ids[found.paused & (found.places_left > 0)].tolist())
    assert all(left[role.pk] == role.places_left for role in listed)
    assert len(listed) > 3
    assert paused
    # The recommender leaves out of these only roles that enough people wait for.
    columns = matching_datasets.roles(Opportunity.objects.all(), matching_datasets.tags()).columns
    settings = eligibility.EligibilitySettings()
    takes = eligibility.takes_applications(columns, settings)
    enough = np.maximum(settings.pending_multiple * found.places_left, settings.pending_minimum)
    expected = found.ids[with_room & (found.pending < enough)]
    assert set(columns.ids[takes].tolist()) == set(expected.tolist()) != set()
    roles.close(opportunity=next(role for role in listed if role.pk not in paused), by=None)
    clock.shift(timedelta(minutes=1))
    assert tables(OCTOBER).roles.is_open.sum() == found.is_open.sum() - 1

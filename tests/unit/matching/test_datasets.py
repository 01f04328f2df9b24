"""What the ranking reads is what stands in the database, in the same number of queries for any
number of rows."""

from datetime import date, timedelta

import numpy as np
import pytest

from core.clock import now, today
from core.models import Cause
from core.places.distance import KM_PER_MILE
from core.week import SLOTS_BY_CODE, mask_between, mask_of
from matching import datasets
from opportunities.models import Opportunity
from opportunities.services import roles as role_services
from tests.factories.accounts import UserFactory
from tests.factories.matching import borough
from tests.factories.opportunities import (
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


def people_of(*chosen: Volunteer) -> datasets.People:
    return datasets.volunteers(
        Volunteer.objects.filter(pk__in=[v.pk for v in chosen]), datasets.tags()
    )


def roles_of(*chosen: Opportunity) -> datasets.Roles:
    return datasets.roles(
        Opportunity.objects.filter(pk__in=[role.pk for role in chosen]), datasets.tags()
    )


def codes(matrix, row: int, vocabulary: tuple[str, ...]) -> set[str]:
    return {vocabulary[column] for column in matrix[[row]].indices}


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_rows(size: int, django_assert_num_queries) -> None:
    borough(people=size, roles=size)
    tags = datasets.tags()
    with django_assert_num_queries(5):
        people = datasets.volunteers(Volunteer.objects.active(), tags)
    with django_assert_num_queries(6):
        roles = datasets.roles(datasets.open_roles(), tags)
    with django_assert_num_queries(2):
        datasets.applied(people.columns, roles.columns)
    with django_assert_num_queries(1):
        datasets.role_versions(datasets.open_roles())
    assert (len(people.columns), len(roles.columns)) == (size, size)


def test_nobody_and_nothing_make_empty_columns() -> None:
    people, roles = people_of(), roles_of()
    assert len(people.columns) == len(roles.columns) == 0
    assert datasets.applied(people.columns, roles.columns).pairs.shape == (0, 0)


def test_tags_are_read_once_and_again_after_migrate(django_assert_num_queries) -> None:
    from django.apps import apps

    from matching.apps import forget_taxonomy

    datasets.tags()
    with django_assert_num_queries(0):
        before = datasets.tags()
    Cause.objects.create(code="zzz-new", name="New", ukcat_code="AN", icnptso_code="A10")
    forget_taxonomy(apps.get_app_config("matching"))
    try:
        with django_assert_num_queries(4):
            after = datasets.tags()
    finally:
        datasets.tags.cache_clear()
    assert set(after.vocabulary.causes) - set(before.vocabulary.causes) == {"zzz-new"}


def test_vocabulary_knows_the_parents_of_causes() -> None:
    vocabulary = datasets.tags().vocabulary
    dementia, older = (vocabulary.causes.index(code) for code in ("dementia", "older-people"))
    assert vocabulary.cause_parents[dementia] == older
    assert vocabulary.cause_parents[older] == -1


def test_person_as_columns() -> None:
    day = today()
    person = VolunteerFactory(
        date_of_birth=date(day.year - 40, day.month, 1),
        travel_miles=3,
        travel_mode="car",
        helps_from_home=False,
        open_to_one_off=False,
        wants_company=True,
        hours_a_week=4,
        availability=mask_of([SLOTS_BY_CODE["sat_morning"]]),
        about="I like trees.",
        experience="I drove a van.",
        dbs_level="standard",
        willing_dbs=False,
        waiting_since=now() - timedelta(days=10),
        causes=["dementia"],
        activities=["gardening"],
        skills=["cooking", "first-aid"],
        languages=["gu"],
        motives=["outdoors", "learn"],
    )
    columns = people_of(person).columns
    vocabulary = datasets.tags().vocabulary
    assert columns.ids.tolist() == [person.pk]
    assert columns.age.tolist() == [40]
    assert columns.parent_confirmed.tolist() == [False]
    assert columns.latitude.tolist() == [person.latitude]
    assert columns.travel_km[0] == pytest.approx(3 * KM_PER_MILE)
    assert columns.travel_mode.tolist() == [3]
    assert (columns.helps_in_person[0], columns.helps_from_home[0]) == (True, False)
    assert (columns.one_off[0], columns.regular[0]) == (False, True)
    assert columns.wants_company.tolist() == [True]
    assert columns.hours_a_week.tolist() == [4]
    assert columns.availability.tolist() == [1 << 15]
    assert columns.dbs_level.tolist() == [2]
    assert columns.willing_dbs.tolist() == [False]
    assert columns.waiting_days.tolist() == [10]
    assert (columns.about, columns.experience) == (["I like trees."], ["I drove a van."])
    assert codes(columns.causes, 0, vocabulary.causes) == {"dementia"}
    assert codes(columns.activities, 0, vocabulary.activities) == {"gardening"}
    assert codes(columns.skills, 0, vocabulary.skills) == {"cooking", "first-aid"}
    assert codes(columns.languages, 0, vocabulary.languages) == {"gu"}
    assert codes(columns.motives, 0, vocabulary.motives) == {"outdoors", "learn"}


def test_what_a_person_did_not_say_is_not_known() -> None:
    person = VolunteerFactory(
        date_of_birth=None, postcode="", travel_miles=None, hours_a_week=None, waiting_since=None
    )
    columns = people_of(person).columns
    for name in ("age", "latitude", "longitude", "hours_a_week"):
        assert np.isnan(getattr(columns, name)).all(), name
    assert np.isinf(columns.travel_km).all()
    assert columns.waiting_days.tolist() == [0]
    assert columns.causes.nnz == columns.languages.nnz == 0


def test_role_as_columns() -> None:
    role = OpportunityFactory(
        title="Read with children",
        summary="An hour a week.",
        description="You listen to a child.",
        gains="",
        weekly_slots=mask_of([SLOTS_BY_CODE["mon_evening"]]),
        commitment="one_off",
        hours_a_week=2,
        places=5,
        places_taken=2,
        applications_pending=3,
        minimum_age=18,
        maximum_age=25,
        dbs_level="enhanced",
        welcomes_company=True,
        causes=["schools"],
        activities=["reading-with-children"],
        languages=["ta"],
        skills_needed=["patience"],
        skills_useful=["teaching-reading"],
        skills_gained=["teaching"],
        offers=["work"],
    )
    columns = roles_of(role).columns
    vocabulary = datasets.tags().vocabulary
    assert columns.organisation_ids.tolist() == [role.organisation_id]
    assert columns.slots.tolist() == [1 << 2]
    assert columns.one_off.tolist() == [True]
    assert columns.hours_a_week.tolist() == [2]
    assert (columns.minimum_age[0], columns.maximum_age[0]) == (18, 25)
    assert columns.dbs_level.tolist() == [3]
    assert columns.welcomes_company.tolist() == [True]
    assert (columns.verified[0], columns.open[0]) == (True, True)
    assert (columns.places_left[0], columns.pending[0]) == (3, 3)
    assert columns.title == ["Read with children"]
    assert columns.body == ["An hour a week.\nYou listen to a child."]
    assert codes(columns.causes, 0, vocabulary.causes) == {"schools"}
    assert codes(columns.activities, 0, vocabulary.activities) == {"reading-with-children"}
    assert codes(columns.languages, 0, vocabulary.languages) == {"ta"}
    assert codes(columns.skills_needed, 0, vocabulary.skills) == {"patience"}
    assert codes(columns.skills_useful, 0, vocabulary.skills) == {"teaching-reading"}
    assert codes(columns.skills_gained, 0, vocabulary.skills) == {"teaching"}
    # Who is taught a skill learns something, whether or not the group ticked it.
    assert codes(columns.offers, 0, vocabulary.motives) == {"work", "learn"}


def test_sessions_to_come_take_their_part_of_the_week_and_past_ones_do_not() -> None:
    role = OpportunityFactory()
    coming = SessionFactory(opportunity=role)
    SessionFactory(
        opportunity=role,
        starts_at=now() - timedelta(days=5, hours=2),
        ends_at=now() - timedelta(days=5),
    )
    expected = mask_between(coming.starts_at, coming.ends_at)
    assert roles_of(role).columns.slots.tolist() == [expected]


def test_roles_that_are_not_open_or_not_verified_say_so() -> None:
    yesterday = today() - timedelta(days=1)
    shut = [
        OpportunityFactory(closed=True),
        OpportunityFactory(full=True),
        OpportunityFactory(draft=True),
        OpportunityFactory(closes_on=yesterday),
    ]
    stopped = [
        OpportunityFactory(organisation=OrganisationFactory(suspended=True)),
        OpportunityFactory(organisation=OrganisationFactory(unverified=True)),
    ]
    last_day = OpportunityFactory(closes_on=today())
    columns = roles_of(*shut, *stopped, last_day).columns
    assert columns.open.tolist() == [False] * 4 + [True] * 3
    assert columns.verified.tolist() == [True] * 4 + [False] * 2 + [True]
    assert list(datasets.open_roles()) == [last_day]


def test_applied_knows_old_applications_too() -> None:
    withdrawn = ApplicationFactory(state="withdrawn")
    other = OpportunityFactory()
    people = people_of(withdrawn.volunteer)
    roles = roles_of(withdrawn.opportunity, other)
    pairs = datasets.applied(people.columns, roles.columns).pairs.toarray()
    assert pairs.tolist() == [[True, False]]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"causes": ["animals"]},
        {"skills_needed": ["cooking"]},
        {"sessions": [(now() + timedelta(days=1), now() + timedelta(days=1, hours=1))]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_of_a_role_is_another_version(change: dict) -> None:
    role = OpportunityFactory(causes=["schools"])
    before = datasets.role_versions(datasets.open_roles())
    assert datasets.role_versions(datasets.open_roles()) == before
    role_services.update(opportunity=role, by=UserFactory(), **change)
    assert datasets.role_versions(datasets.open_roles())[role.pk] != before[role.pk]


@pytest.mark.parametrize(
    "change",
    [
        lambda person: profiles.update(volunteer=person, by=None, causes=["animals"]),
        lambda person: profiles.update(volunteer=person, by=None, about="Dogs."),
        lambda person: profiles.pause(volunteer=person, by=None),
    ],
    ids=["causes", "about", "pause"],
)
def test_any_change_of_a_profile_is_another_version(change) -> None:
    person = VolunteerFactory(causes=["schools"])
    versions = people_of(person).versions
    assert datasets.locked_versions([person.pk]) == versions
    change(person)
    assert datasets.locked_versions([person.pk]) != versions

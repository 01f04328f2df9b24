"""Who of those that wait could do which roles, there or not there yet."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.places import postcodes
from core.week import SLOTS_BY_CODE, mask_of
from matching.recommender.asked import Asked
from matching.recommender.could_do import could_do
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

EVENING = mask_of([SLOTS_BY_CODE["mon_evening"]])
MORNING = mask_of([SLOTS_BY_CODE["mon_morning"]])


def asked(**what: Any) -> Asked:
    place = postcodes.locate("HA1 2TU")
    assert place is not None
    fields: dict[str, Any] = {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "slots": EVENING,
    }
    return Asked(**fields | {"activities": ("gardening",)} | what)


def test_roles_that_are_there_come_first_and_keep_their_places() -> None:
    role = OpportunityFactory(places=3, activities=["gardening"])
    VolunteerFactory(activities=["gardening"])
    found = could_do([asked()])
    assert (found.role_ids.tolist(), found.places.tolist()) == ([role.pk], [3, 0])
    assert found.could_do.shape == (1, 2)


def test_rules_and_liking_both_count() -> None:
    likes = VolunteerFactory(postcode="HA1 2TU", activities=["gardening"], availability=EVENING)
    VolunteerFactory(postcode="HA1 2TU", activities=["cooking"], availability=EVENING)
    VolunteerFactory(postcode="HA1 2TU", activities=["gardening"], availability=MORNING)
    anything = VolunteerFactory(postcode="HA1 2TU", availability=EVENING)
    found = could_do([asked()])
    could = found.people.ids[found.could_do.toarray()[:, 0]]
    assert could.tolist() == [likes.pk, anything.pk]
    assert found.people.ids[found.named.tocoo().row].tolist() == [likes.pk]


def test_who_named_only_causes_is_asked_by_causes() -> None:
    one = VolunteerFactory(postcode="HA1 2TU", causes=["older-people"])
    VolunteerFactory(postcode="HA1 2TU", causes=["animals"])
    found = could_do([asked(causes=("older-people",))])
    assert found.people.ids[found.could_do.toarray()[:, 0]].tolist() == [one.pk]
    assert (found.named != found.could_do).nnz == 0


def test_nobody_gets_a_role_that_they_asked_for_before() -> None:
    role = OpportunityFactory(places=3, activities=["gardening"])
    person = VolunteerFactory(activities=["gardening"])
    assert could_do().could_do.nnz == 1
    ApplicationFactory(volunteer=person, opportunity=role)
    assert could_do().could_do.nnz == 0


def test_queries_do_not_grow() -> None:
    VolunteerFactory(activities=["gardening"])
    OpportunityFactory(activities=["gardening"])
    could_do([asked()])
    with CaptureQueriesContext(
        connection,
    ) as few:
        could_do([asked()])
    VolunteerFactory.create_batch(5, activities=["gardening"])
    OpportunityFactory.create_batch(3, activities=["gardening"])
    with CaptureQueriesContext(connection) as more:
        could_do([asked(), asked(slots=MORNING)])
    assert len(more) == len(few)

"""What was shown is written once for each look, and never changed."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from matching import recommender, selectors
from matching.models import Impression, Recommendation
from matching.services import impressions
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Volunteer:
    person = VolunteerFactory()
    OpportunityFactory.create_batch(3)
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    return person


def items(person: Volunteer) -> list[selectors.RecommendedRole]:
    return selectors.recommended_roles(person).items


def test_view_is_one_insert_with_ranks_and_version(
    person: Volunteer, django_assert_num_queries
) -> None:
    listed = items(person)
    with django_assert_num_queries(2):
        impressions.shown(person, listed, "page")
    rows = Impression.objects.order_by("rank")
    assert [row.opportunity for row in rows] == [item.opportunity for item in listed]
    assert [row.rank for row in rows] == [1, 2, 3]
    stored = Recommendation.objects.get()
    for row in rows:
        assert (row.event, row.surface, row.propensity) == ("shown", "page", 1.0)
        assert (row.policy, row.model_version) == ("allocation-1", stored.model_version)


def test_page_loaded_again_shows_nothing_new(person: Volunteer) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        impressions.shown(person, items(person), "page")
        clock.shift(timedelta(minutes=29))
        impressions.shown(person, items(person), "page")
        assert Impression.objects.count() == 3
        clock.shift(timedelta(minutes=2))
        impressions.shown(person, items(person), "page")
    assert Impression.objects.count() == 6


def test_next_page_of_the_list_is_shown(person: Volunteer) -> None:
    impressions.shown(person, items(person)[:2], "page")
    impressions.shown(person, items(person)[2:], "page")
    assert sorted(Impression.objects.values_list("rank", flat=True)) == [1, 2, 3]


def test_other_surface_rank_and_model_are_other_looks(person: Volunteer) -> None:
    impressions.shown(person, items(person), "page")
    impressions.shown(person, items(person), "api")
    assert Impression.objects.count() == 6
    Recommendation.objects.update(model_version="another")
    impressions.shown(person, items(person), "page")
    assert Impression.objects.count() == 9


def test_another_person_is_another_look(person: Volunteer) -> None:
    impressions.shown(person, items(person), "page")
    impressions.shown(VolunteerFactory(), items(person), "page")
    assert Impression.objects.count() == 6


def test_opening_and_applying_remember_the_rank(person: Volunteer) -> None:
    listed = items(person)
    impressions.shown(person, listed, "page")
    second = listed[1].opportunity
    impressions.opened(person, second, "page")
    impressions.applied(person, second, "page")
    followed = Impression.objects.exclude(event="shown").order_by("pk")
    assert [(row.event, row.rank) for row in followed] == [("opened", 2), ("applied", 2)]
    assert {row.model_version for row in followed} == {listed[1].model_version}


def test_role_found_elsewhere_has_no_rank(person: Volunteer) -> None:
    impressions.opened(person, OpportunityFactory(), "api")
    row = Impression.objects.get()
    assert (row.event, row.rank, row.policy, row.propensity) == ("opened", None, "", 1.0)


def test_unknown_surface_is_refused(person: Volunteer) -> None:
    with pytest.raises(ValueError, match="billboard"):
        impressions.shown(person, items(person), "billboard")
    assert not Impression.objects.exists()


def test_impressions_are_never_changed(person: Volunteer) -> None:
    impressions.shown(person, items(person), "page")
    with pytest.raises(TypeError):
        Impression.objects.update(rank=9)

"""What was shown is written once for each look, and never changed."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now
from core.errors import InvalidInput
from matching import recommender, selectors
from matching.models import Impression, Recommendation
from matching.recommender import shown_parts
from matching.services import impressions
from placements.services import applications
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
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
    assert len({row.at for row in rows}) == 1
    contributions, readable = shown_parts.unpacked([bytes(row.parts) for row in rows])
    assert readable.all()
    for row, item, given in zip(rows, listed, contributions, strict=True):
        assert (row.event, row.surface) == ("shown", "page")
        assert row.propensity == item.propensity
        assert given.sum() == pytest.approx(item.score, abs=1e-3)
        told = dict(zip(shown_parts.NAMES, given.tolist(), strict=True))
        assert {name: value for name, value in told.items() if value} == pytest.approx(
            item.stored["parts"], abs=1e-4
        )
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


def test_what_is_not_for_somebody_has_a_reason(person: Volunteer) -> None:
    listed = items(person)
    impressions.shown(person, listed, "page")
    impressions.hidden(person, listed[2].opportunity, "page", reason="too_far")
    row = Impression.objects.get(event="hidden")
    assert (row.opportunity, row.rank, row.reason) == (listed[2].opportunity, 3, "too_far")
    for reason in ("", "because"):
        with pytest.raises(InvalidInput):
            impressions.hidden(person, listed[1].opportunity, "page", reason=reason)
    assert Impression.objects.filter(event="hidden").count() == 1


def test_coming_and_staying_are_written_down(person: Volunteer) -> None:
    role = items(person)[0].opportunity
    impressions.started(person, role, "page")
    impressions.stayed(person, role, "page")
    events = Impression.objects.order_by("pk").values_list("event", "reason")
    assert list(events) == [("started", ""), ("stayed", "")]


def test_parts_of_another_version_are_not_read() -> None:
    ours = shown_parts.packed({"causes": 0.1, "not_said": 0.02})
    contributions, readable = shown_parts.unpacked([b"", ours, b"xxxx" + ours[4:], ours + b"1"])
    assert readable.tolist() == [False, True, False, False]
    assert contributions[1].sum() == pytest.approx(0.12, abs=1e-4)
    assert not contributions[[0, 2, 3]].any()


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


def test_a_start_is_written_down_once_and_with_the_rank_of_the_last_showing():
    application = ApplicationFactory(state="accepted")
    impressions.follow_placement(application.pk)
    assert not Impression.objects.exists()
    applications.start(application=application, by=None)
    for _ in range(2):
        impressions.follow_placement(application.pk)
    assert list(Impression.objects.values_list("event", flat=True)) == ["started"]
    impressions.follow_placement(0)

"""What was shown is read with the outcome that belongs to it."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
import time_machine

from core.clock import now
from equality.models import EqualityAnswers
from matching import recommender, selectors
from matching.models import Impression, ModelVersion
from matching.ranking.learning import Level
from matching.ranking.suitability import PART_NAMES
from matching.recommender import outcomes
from matching.recommender.fitting import current_model
from matching.services import impressions
from opportunities.models import Opportunity
from placements.services import applications
from tests.factories.core import lease_on
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Volunteer:
    person = VolunteerFactory(causes=["animals"], availability=0b111, about="Dogs and cats.")
    OpportunityFactory.create_batch(3, weekly_slots=0b11, places=3)
    OpportunityFactory(causes=["animals"], title="Walk dogs", weekly_slots=0b1, places=3)
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    return person


def look(person: Volunteer, surface: str = "page") -> list[Opportunity]:
    items = selectors.recommended_roles(person).items
    impressions.shown(person, items, surface)
    return [item.opportunity for item in items]


def levels() -> dict[int, int]:
    seen = outcomes.seen(current_model())
    return dict(zip(seen.roles.tolist(), seen.levels.tolist(), strict=True))


def test_nothing_shown_is_nothing_to_learn_from() -> None:
    assert len(outcomes.seen(current_model())) == 0


def test_values_are_those_of_the_moment(person: Volunteer) -> None:
    roles = look(person)
    seen = outcomes.seen(current_model())
    assert seen.roles.tolist() == [role.pk for role in roles]
    assert seen.places.tolist() == [1, 2, 3, 4]
    assert seen.looks.tolist() == [0] * 4
    dogs = next(row for row, role in enumerate(roles) if role.title == "Walk dogs")
    by_name = dict(
        zip(PART_NAMES, zip(seen.values[dogs], seen.known[dogs], strict=True), strict=True)
    )
    assert by_name["causes"] == (pytest.approx(1, abs=0.01), True)
    assert by_name["time"] == (pytest.approx(1, abs=0.01), True)
    assert by_name["skills_needed"] == (0, False)
    others = [row for row in range(4) if row != dogs]
    at = PART_NAMES.index("causes")
    # The person said what they care about; whether the role did decides what is known.
    for row in others:
        said = Opportunity.objects.get(pk=seen.roles[row]).causes.exists()
        assert seen.known[row, at] == said


def test_scores_can_be_worked_out_again(refresh: Callable) -> None:
    made = borough(people=12, roles=25, seed=3)
    for someone in made.people:
        refresh(someone)
        look(someone)
    seen = outcomes.seen(current_model())
    assert len(seen) >= 10
    row = ModelVersion.objects.get()
    weights = np.array([row.weights[name] for name in PART_NAMES])
    neutral = np.array([row.neutral[name] for name in PART_NAMES])
    again = np.where(seen.known, seen.values, neutral) @ weights
    scores = {
        (someone.pk, item.opportunity.pk): item.score
        for someone in made.people
        for item in selectors.recommended_roles(someone).items
    }
    pairs = zip(seen.people.tolist(), seen.roles.tolist(), strict=True)
    assert again == pytest.approx(np.array([scores[pair] for pair in pairs]), abs=2e-3)
    assert len(seen) == Impression.objects.filter(event="shown").count()


def test_the_furthest_step_counts(person: Volunteer) -> None:
    seen, opened, asked, hidden = look(person)
    impressions.opened(person, opened, "page")
    impressions.opened(person, asked, "page")
    impressions.applied(person, asked, "page")
    impressions.opened(person, hidden, "page")
    impressions.hidden(person, hidden, "page", reason="too_far")
    assert levels() == {
        seen.pk: Level.SEEN,
        opened.pk: Level.OPENED,
        asked.pk: Level.APPLIED,
        hidden.pk: Level.UNSUITED,
    }


@pytest.mark.parametrize("reason", ["not_this_group", "done_before"])
def test_what_has_nothing_to_do_with_fit_teaches_nothing(person: Volunteer, reason: str) -> None:
    role = look(person)[0]
    impressions.hidden(person, role, "page", reason=reason)
    assert levels()[role.pk] == Level.SEEN


def test_what_was_hidden_and_taken_back_teaches_nothing(person: Volunteer) -> None:
    role = look(person)[0]
    impressions.hidden(person, role, "page", reason="too_far")
    assert levels()[role.pk] == Level.UNSUITED
    impressions.restored(person, role, "page")
    assert levels()[role.pk] == Level.SEEN
    impressions.hidden(person, role, "page", reason="too_hard")
    assert levels()[role.pk] == Level.UNSUITED


@pytest.mark.parametrize(
    ("reason", "level"),
    [
        ("no_place", Level.APPLIED),
        ("role_changed", Level.APPLIED),
        ("no_reply", Level.APPLIED),
        ("other", Level.APPLIED),
        ("other_skills", Level.UNSUITED),
        ("other_times", Level.UNSUITED),
        ("too_far", Level.UNSUITED),
    ],
)
def test_only_a_no_because_it_does_not_suit_speaks_against(
    person: Volunteer, reason: str, level: Level
) -> None:
    role = look(person)[0]
    application = applications.submit(volunteer=person, opportunity=role, by=None)
    assert levels()[role.pk] == Level.APPLIED
    applications.decline(application=application, reason=reason, by=None)
    assert levels()[role.pk] == level


def test_accepted_stays_accepted_for_who_leaves_later(person: Volunteer) -> None:
    role = look(person)[0]
    application = applications.submit(volunteer=person, opportunity=role, by=None)
    application = applications.accept(application=application, by=None)
    assert levels()[role.pk] == Level.ACCEPTED
    application = applications.withdraw(application=application, reason="no_time", by=None)
    assert levels()[role.pk] == Level.ACCEPTED
    impressions.started(person, role, "page")
    assert levels()[role.pk] == Level.STARTED
    impressions.stayed(person, role, "page")
    assert levels()[role.pk] == Level.STAYED


def test_withdrawn_because_it_is_not_for_them_speaks_against(person: Volunteer) -> None:
    role = look(person)[0]
    application = applications.submit(volunteer=person, opportunity=role, by=None)
    applications.withdraw(application=application, reason="not_for_me", by=None)
    assert levels()[role.pk] == Level.UNSUITED


def test_outcome_belongs_to_the_last_showing_before_it(person: Volunteer) -> None:
    with time_machine.travel(now() - timedelta(days=9), tick=False) as clock:
        role = look(person)[0]
        clock.shift(timedelta(days=3))
        look(person)
        clock.shift(timedelta(hours=1))
        impressions.opened(person, role, "page")
        clock.shift(timedelta(days=3))
        look(person)
    seen = outcomes.seen(current_model())
    of_role = seen.roles == role.pk
    assert seen.levels[of_role].tolist() == [Level.SEEN, Level.OPENED, Level.SEEN]
    assert np.diff(seen.days[of_role]) == pytest.approx([3, 3 + 1 / 24])
    assert len(np.unique(seen.looks)) == 3


def test_what_was_never_shown_teaches_nothing(person: Volunteer) -> None:
    elsewhere = OpportunityFactory()
    impressions.opened(person, elsewhere, "page")
    look(person)
    assert elsewhere.pk not in levels()


def test_profile_that_says_other_things_now_is_left_out(person: Volunteer) -> None:
    """What was not said then counts as known now; the score that was shown tells otherwise."""
    someone = VolunteerFactory(availability=0)
    recommender.refresh_volunteer(someone.pk, lease_on("profile.changed", someone.pk))
    roles = look(someone)
    look(person)
    assert len(outcomes.seen(current_model())) == len(roles) + 4
    profiles.update(volunteer=someone, by=None, availability=0b1)
    assert set(outcomes.seen(current_model()).people.tolist()) == {person.pk}


def test_lists_of_an_unknown_model_are_left_out(person: Volunteer) -> None:
    look(person)
    fitted = current_model()
    ModelVersion.objects.update(version="another")
    assert len(outcomes.seen(fitted)) == 0


def test_what_is_long_ago_is_forgotten(person: Volunteer) -> None:
    with time_machine.travel(now() - outcomes.MEMORY - timedelta(days=1)):
        look(person)
    assert len(outcomes.seen(current_model())) == 0


def test_same_number_of_queries_however_many_rows(
    refresh: Callable, django_assert_max_num_queries
) -> None:
    for someone in borough(people=25, roles=30).people:
        refresh(someone)
        look(someone)
    fitted = current_model()
    with django_assert_max_num_queries(25):
        outcomes.seen(fitted)


def test_api_list_is_one_page_and_the_website_has_ten_to_a_page(refresh: Callable) -> None:
    someone = VolunteerFactory()
    OpportunityFactory.create_batch(13, places=2)
    refresh(someone)
    look(someone, "api")
    with time_machine.travel(now() + timedelta(hours=2)):
        look(someone, "page")
        seen = outcomes.seen(current_model())
    assert seen.places.tolist() == [*range(1, 14), *range(1, 11), 1, 2, 3]
    assert np.bincount(seen.looks).tolist() == [13, 10, 3]


def test_equality_answers_are_no_input(refresh: Callable) -> None:
    made = borough(people=10, roles=20)
    for someone in made.people:
        EqualityAnswers.objects.create(user=someone.user, sex="female", religion="hindu")
        refresh(someone)
        for role in look(someone)[:2]:
            impressions.opened(someone, role, "page")
    before = outcomes.seen(current_model()).fingerprint()
    assert EqualityAnswers.objects.update(sex="male", religion="jain", age_band="80_over") == 10
    assert outcomes.seen(current_model()).fingerprint() == before
    EqualityAnswers.objects.all().delete()
    assert outcomes.seen(current_model()).fingerprint() == before

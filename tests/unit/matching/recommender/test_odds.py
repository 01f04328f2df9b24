"""What a group's record lets people expect."""

from datetime import timedelta

import pytest

from core.clock import now
from matching import recommender
from matching.recommender.odds import odds_of
from opportunities.models import Organisation
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def asked(group: Organisation, count: int, *, answered: bool) -> None:
    """People who asked the group a while ago, and were all taken on, or never heard back."""
    sent = now() - timedelta(days=60)
    role = OpportunityFactory(organisation=group, places=50)
    for _ in range(count):
        ApplicationFactory(
            opportunity=role,
            created_at=sent,
            state="accepted" if answered else "submitted",
            state_since=sent,
            answered_at=sent + timedelta(days=2) if answered else None,
        )


def test_a_group_that_answers_is_expected_to_answer() -> None:
    good, silent, new = OrganisationFactory.create_batch(3)
    asked(good, 12, answered=True)
    asked(silent, 12, answered=False)
    roles = [OpportunityFactory(organisation=group) for group in (good, silent, new)]

    recommender.refresh_answering()

    for role in roles:
        role.organisation.refresh_from_db()
    of_good, of_silent, of_new = odds_of(roles)
    assert of_good.answer.chance > of_new.answer.chance > of_silent.answer.chance
    assert of_good.place.chance > of_new.place.chance > of_silent.place.chance
    assert (of_good.answers, of_new.answers) == (12, 0)
    assert of_new.answer.high - of_new.answer.low > of_good.answer.high - of_good.answer.low


def test_nothing_is_written_twice_and_odds_ask_for_nothing(django_assert_num_queries) -> None:
    asked(OrganisationFactory(), 3, answered=True)
    assert recommender.refresh_answering() == Organisation.objects.count()
    assert recommender.refresh_answering() == 0
    role = OpportunityFactory()
    with django_assert_num_queries(0):
        assert 0 < odds_of([role])[0].place.chance < 1
    assert odds_of([]) == []

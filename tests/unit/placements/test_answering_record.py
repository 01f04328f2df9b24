"""How quickly groups answer, as it is kept on them."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock
from opportunities.models import Opportunity, Organisation
from placements.services.answering import (
    Wait,
    answered_share,
    median_answer_days,
    refresh_answering_record,
)
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory


def waits(answered: list[float], unanswered: list[float] | None = None) -> list[Wait]:
    return [
        *(Wait(timedelta(days=days), answered=True) for days in answered),
        *(Wait(timedelta(days=days), answered=False) for days in unanswered or []),
    ]


@pytest.mark.parametrize(
    ("answered", "unanswered", "share", "median"),
    [
        ([1, 2, 3, 4], [], None, None),
        ([1, 2, 3, 4, 5], [], 1.0, 3.0),
        ([1, 2, 3, 20, 30], [], 0.6, 3.0),
        ([1, 2, 10, 10.1, 30], [], 0.6, 10.0),
        ([], [40, 40, 40, 40, 40], 0.0, None),
        ([1, 2], [40, 40, 40], 0.4, None),
        # Who has not waited 10 days yet says nothing about the share …
        ([1, 2, 3, 4], [5], None, 3.0),
        # … and leaves the median to the others, once gone.
        ([4, 6, 8], [1, 1, 1], None, 6.0),
    ],
)
def test_share_and_median(
    answered: list[float], unanswered: list[float], share: float | None, median: float | None
) -> None:
    assert answered_share(waits(answered, unanswered)) == share
    assert median_answer_days(waits(answered, unanswered)) == median


def applied(role: Opportunity, days_ago: float, after: float | None, **other: Any) -> None:
    """Somebody applied so long ago and was answered so many days after."""
    sent = clock.now() - timedelta(days=days_ago)
    answered = None if after is None else sent + timedelta(days=after)
    state = {"state": "submitted" if after is None else "declined", "state_since": sent} | other
    ApplicationFactory(opportunity=role, created_at=sent, answered_at=answered, **state)


def record(role: Opportunity) -> tuple[float | None, float | None]:
    group = Organisation.objects.get(pk=role.organisation_id)
    return group.answered_share, group.median_answer_days


@pytest.mark.django_db
def test_record_is_kept_on_the_group_over_all_its_roles() -> None:
    first = OpportunityFactory(places=20)
    second = OpportunityFactory(places=20, organisation=first.organisation)
    for role, after in ((first, 2), (first, 4), (second, 6), (second, 12), (second, None)):
        applied(role, days_ago=30, after=after)
    other = OpportunityFactory()
    applied(other, days_ago=30, after=1)
    assert refresh_answering_record() == 1
    assert record(first) == (0.6, 6.0)
    assert record(other) == (None, None)
    assert refresh_answering_record() == 0, "nothing is written twice"


@pytest.mark.django_db
def test_record_forgets_what_is_older_than_a_year_and_what_ended_too_soon() -> None:
    role = OpportunityFactory(places=20)
    for _ in range(5):
        applied(role, days_ago=400, after=1)
        since = clock.now() - timedelta(days=28)
        applied(role, days_ago=30, after=None, state="withdrawn", state_since=since)
    refresh_answering_record()
    assert record(role) == (None, None)


@pytest.mark.django_db
def test_a_record_that_no_longer_holds_is_taken_away() -> None:
    role = OpportunityFactory()
    Organisation.objects.update(answered_share=0.9, median_answer_days=2.0)
    assert refresh_answering_record() == 1
    assert record(role) == (None, None)

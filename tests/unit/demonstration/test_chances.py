"""What people of the past were told is what the service would have said as things stood then."""

from datetime import UTC, datetime, timedelta

import pytest

from demonstration.chances import Chances
from matching.recommender.odds import Standing, odds_then
from opportunities.models import Opportunity
from placements.models import Application
from placements.states import State

#: The same on any database: nothing is written.
pytestmark = pytest.mark.sqlite

BEGINS = datetime(2026, 1, 5, 12, tzinfo=UTC)


def role(group: int, places: int = 4) -> Opportunity:
    return Opportunity(pk=group, organisation_id=group, places=places, places_taken=0)


def asked(of: Opportunity, day: int, *, answered: bool, came_by: str = "") -> Application:
    at = BEGINS + timedelta(days=day)
    return Application(
        opportunity=of,
        created_at=at,
        answered_at=at + timedelta(days=2) if answered else None,
        state=State.ACCEPTED if answered else State.SUBMITTED,
        state_since=at + timedelta(days=2) if answered else at,
        came_by=came_by,
    )


def told(chances: Chances, of: Opportunity) -> Application:
    """What the next one is told who asks for the role."""
    application = asked(of, 60, answered=False)
    chances.note(application, chances.standing_of(of))
    chances.settle()
    return application


def test_before_anybody_was_answered_it_is_what_is_thought_of_any_borough() -> None:
    (unknown,) = odds_then([Standing(4, 0, {})])
    application = told(Chances(), role(1))
    assert (application.told_place, application.told_answer) == (
        unknown.place.chance,
        unknown.answer.chance,
    )


def test_a_groups_own_record_counts_once_it_was_looked_at() -> None:
    chances, good, bad = Chances(), role(1), role(2)
    for day in range(12):
        for of, answered in ((good, True), (bad, False)):
            chances.note(asked(of, day, answered=answered), chances.standing_of(of))
    before = told(chances, good)
    chances.look_again(BEGINS + timedelta(days=59))
    after, of_bad, of_other = (told(chances, one) for one in (good, bad, role(3)))
    assert None not in (before.told_answer, after.told_answer)
    assert (after.told_answer or 0) > (before.told_answer or 0) > (of_bad.told_answer or 0)
    # Of a group that nobody asked the borough's record is thought.
    assert (after.told_answer or 0) > (of_other.told_answer or 0) > (of_bad.told_answer or 0)


def test_what_came_later_does_not_change_what_was_told() -> None:
    chances, of = Chances(), role(1)
    first = asked(of, 1, answered=False)
    chances.note(first, chances.standing_of(of))
    of.places_taken, of.applications_pending = 3, 9
    second = asked(of, 2, answered=False)
    chances.note(second, chances.standing_of(of))
    chances.settle()
    assert (first.told_place or 0) > 2 * (second.told_place or 0)


def test_who_came_from_a_waiting_list_was_told_nothing() -> None:
    chances, of = Chances(), role(1)
    application = asked(of, 1, answered=True, came_by="waiting_list")
    chances.note(application, chances.standing_of(of))
    chances.settle()
    assert (application.told_place, application.told_answer) == (None, None)

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.week import SLOTS, SLOTS_BY_CODE, mask_between
from opportunities import session_times
from opportunities.models import Opportunity, Session
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
#: A winter week, and two over which the clocks change.
WEEKS = [datetime(2027, month, day, tzinfo=UTC) for month, day in ((1, 4), (3, 22), (10, 25))]
starts = st.builds(
    lambda week, minute: week + minute * MINUTE,
    st.sampled_from(WEEKS),
    st.integers(0, 8 * 24 * 60),
)


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory()


#: Sessions at the edges of slots and of the week, and while the clock changes.
EDGES = [
    (datetime(2027, 1, 10, 16, tzinfo=UTC), 13 * 60),  # Sunday night to Monday
    (datetime(2027, 1, 4, 2, tzinfo=UTC), 60),  # the night after Sunday
    (datetime(2027, 1, 4, 9, tzinfo=UTC), 180),  # ends as the afternoon begins
    (datetime(2027, 1, 11, 9, tzinfo=UTC), 181),
    (datetime(2027, 1, 18, 9, tzinfo=UTC), 7 * 24 * 60 - 1),
    (datetime(2027, 1, 25, 9, tzinfo=UTC), 7 * 24 * 60),
    (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), 40),  # the clock goes back
    (datetime(2028, 10, 29, 0, 30, tzinfo=UTC), 7 * 24 * 60 - 1),
    (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 40),  # the clock goes forward
]


# Many sessions in each example: a question to the database takes as long for one as for all.
@given(
    times=st.lists(
        st.tuples(starts, st.integers(1, 9 * 24 * 60)),
        min_size=1,
        max_size=40,
        unique_by=lambda time: time[0],
    )
)
@example(times=EDGES)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_in_slots_agrees_with_the_mask_of_each_session(role, times):
    role.sessions.all().delete()
    Session.objects.bulk_create(
        Session(opportunity=role, starts_at=start, ends_at=start + minutes * MINUTE)
        for start, minutes in times
    )
    sessions = list(role.sessions.all())
    for slot in SLOTS:
        found = set(session_times.in_slots(role.sessions.all(), 1 << slot.bit))
        for session in sessions:
            due = bool(mask_between(session.starts_at, session.ends_at) >> slot.bit & 1)
            assert (session in found) == due, (slot, session.starts_at, session.ends_at)


def test_in_slots_goes_by_the_clock_in_london(role):
    # Four in the afternoon in Greenwich is five in London in summer: the evening has begun.
    start = datetime(2027, 7, 7, 16, tzinfo=UTC)
    Session.objects.create(opportunity=role, starts_at=start, ends_at=start + 60 * MINUTE)
    evening = 1 << SLOTS_BY_CODE["wed_evening"].bit
    afternoon = 1 << SLOTS_BY_CODE["wed_afternoon"].bit
    assert session_times.in_slots(role.sessions.all(), evening).exists()
    assert not session_times.in_slots(role.sessions.all(), afternoon).exists()


def test_no_session_falls_into_an_empty_mask(role):
    start = datetime(2027, 7, 7, 16, tzinfo=UTC)
    Session.objects.create(opportunity=role, starts_at=start, ends_at=start + timedelta(days=30))
    assert not session_times.in_slots(role.sessions.all(), 0).exists()

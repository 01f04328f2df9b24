"""A place that a group offers is kept for three days, with one reminder."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import LONDON
from core.errors import Conflict
from notifications.models import Notification
from placements import time_limits
from placements.models import Application
from placements.services import applications, unanswered
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "offered",
    [NOON, datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 24, 0, 30, tzinfo=UTC)],
    ids=["summer", "clocks go forward", "clocks go back"],
)
def test_an_offer_runs_for_72_hours_whatever_the_clocks_do(offered: datetime) -> None:
    end = time_limits.answer_by(offered)
    assert end - offered == timedelta(hours=72)
    assert 8 <= time_limits.remind_at(end).astimezone(LONDON).hour < 21
    assert offered < time_limits.remind_at(end) < end


@pytest.mark.parametrize("hour", range(24))
def test_a_reminder_wakes_nobody_and_leaves_time(hour: int) -> None:
    end = datetime(2026, 10, 26, hour, 30, tzinfo=UTC)  # the day after the clocks went back
    reminder = time_limits.remind_at(end)
    assert 8 <= reminder.astimezone(LONDON).hour < 21
    assert timedelta(hours=12) <= end - reminder <= timedelta(hours=24)


@pytest.fixture
def offered() -> Application:
    member = MembershipFactory()
    role = OpportunityFactory(organisation=member.organisation, places=1)
    with time_machine.travel(NOON, tick=False):
        return applications.offer(application=ApplicationFactory(opportunity=role), by=member.user)


@pytest.mark.django_db
class TestOffers:
    def told(self, kind: str) -> int:
        return Notification.objects.filter(kind=f"application.{kind}").count()

    def test_both_sides_are_told_until_when(self, offered: Application) -> None:
        assert offered.answer_by == NOON + timedelta(hours=72)
        told = Notification.objects.get(kind="application.offer")
        assert "until Saturday 6 June" in told.body.replace(" 2026", "")
        assert "1pm" in told.body  # London

    def test_one_reminder(self, offered: Application) -> None:
        with time_machine.travel(NOON + timedelta(hours=47), tick=False):
            assert unanswered.remind_of_offers() == 0
        with time_machine.travel(NOON + timedelta(hours=49), tick=False):
            assert unanswered.remind_of_offers() == 1
            assert unanswered.remind_of_offers() == 0
        assert self.told("offer_reminder") == 1
        told = Notification.objects.get(kind="application.offer_reminder")
        assert told.useful_until == offered.answer_by

    def test_it_ends_and_the_place_is_free(self, offered: Application) -> None:
        with time_machine.travel(NOON + timedelta(hours=71), tick=False):
            assert unanswered.end_offers() == 0
        with time_machine.travel(NOON + timedelta(hours=72), tick=False):
            assert unanswered.end_offers() == 1
            assert unanswered.end_offers() == 0
        offered.refresh_from_db()
        role = offered.opportunity
        role.refresh_from_db()
        assert (offered.state, offered.reason, offered.answer_by) == ("lapsed", "time_over", None)
        assert (role.places_taken, role.status) == (0, "open")
        assert self.told("offer_over") == self.told("offer_over_group") == 1
        entry = AuditEntry.objects.about(offered).last()
        assert entry is not None
        assert entry.action == "application.lapsed"

    def test_yes_comes_too_late_even_before_the_job(self, offered: Application) -> None:
        with (
            time_machine.travel(NOON + timedelta(hours=73), tick=False),
            pytest.raises(Conflict) as refused,
        ):
            applications.take_up(application=offered, by=None)
        assert refused.value.code == "time_is_over"

    def test_an_answer_stops_reminder_and_end(self, offered: Application) -> None:
        with time_machine.travel(NOON + timedelta(hours=1), tick=False):
            applications.take_up(application=offered, by=None)
        with time_machine.travel(NOON + timedelta(hours=100), tick=False):
            assert unanswered.remind_of_offers() == unanswered.end_offers() == 0

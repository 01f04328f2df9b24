"""A worker that comes late, whose lease ran out and was taken over, writes nothing any more."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import Model

from core.clock import now, today
from core.models import Fact
from core.outbox import attempts, leases
from core.outbox.leases import Lease, LeaseLostError
from core.outbox.timing import TIMING
from insights.models import (
    CampaignMonth,
    CapacityFigures,
    PeriodFigures,
    RolePlan,
    UnmetWeek,
    YearlyQuestion,
)
from insights.periods import Period
from insights.services import capacity, figures
from notifications.models import Notification
from tests.factories.core import lease_on
from tests.factories.insights import CampaignFactory
from tests.factories.opportunities import MembershipFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 10, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def taken_over(lease: Lease, clock: time_machine.Traveller) -> Lease:
    """The lease of the worker that has the work after this one ran out."""
    clock.shift(TIMING.lease + timedelta(seconds=1))
    assert attempts.sweep() == 1
    clock.shift(TIMING.pauses[0] + timedelta(seconds=1))
    Fact.objects.filter(pk=lease.fact_id).update(stated_at=now() - timedelta(minutes=1))
    second = leases.claim(lease.fact_id)
    assert second is not None
    return second


def _campaign_of_august() -> int:
    sent = now() - timedelta(days=60)
    CampaignFactory(state="sent", confirmed_at=sent, finished_at=sent)
    return 1


def _question() -> int:
    MembershipFactory(organisation=OrganisationFactory(verified_at=now() - timedelta(days=9)))
    opens = today() - timedelta(days=1)
    question = YearlyQuestion.objects.create(
        year="2026-27", opens=opens, closes=opens + timedelta(weeks=6), asked=1
    )
    return int(question.pk)


def _night() -> int:
    return 1


@pytest.mark.parametrize(
    ("kind", "given", "written"),
    [
        ("night.figures", _night, PeriodFigures),
        ("night.capacity", _night, CapacityFigures),
        ("night.segments", _night, UnmetWeek),
        ("night.role_plan", _night, RolePlan),
        ("night.campaigns", _campaign_of_august, CampaignMonth),
        ("yearly_question.opened", _question, Notification),
    ],
)
def test_only_the_worker_that_took_over_writes(
    clock: time_machine.Traveller, kind: str, given: Callable[[], int], written: type[Model]
) -> None:
    rows, work, subject = written._default_manager, handler_for(kind).work, given()
    late = lease_on(kind, subject)
    lease = taken_over(late, clock)

    with pytest.raises(LeaseLostError):
        work(subject, late)
    assert not rows.exists()

    work(subject, lease)
    assert rows.exists()


def test_newer_figures_of_a_month_stay(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = lease_on("night.figures", 1)
    month, of_before = Period.month_of(today()), figures.work_out
    older = of_before(month)
    VolunteerFactory.create_batch(9, created_at=now() - timedelta(days=3))
    lease = taken_over(late, clock)
    assert figures.refresh(month, lease)
    newer = PeriodFigures.objects.get(period=month.code).figures
    assert newer != older.as_json()

    # The one that comes late has read the rows as they were before.
    monkeypatch.setattr(figures, "work_out", lambda period: older)
    with pytest.raises(LeaseLostError):
        figures.refresh(month, late)
    assert PeriodFigures.objects.get(period=month.code).figures == newer


def test_newer_sums_of_what_groups_say_stay(clock: time_machine.Traveller) -> None:
    late = lease_on("night.capacity", 1)
    lease = taken_over(late, clock)
    made = capacity.refresh_due(lease)
    with pytest.raises(LeaseLostError):
        capacity.refresh_due(late)
    assert CapacityFigures.objects.get() == made

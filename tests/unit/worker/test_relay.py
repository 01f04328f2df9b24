"""What the relay sends, and in which order, to a broker that is there or not."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from core import clock
from core.models import Fact
from tests.factories.core import FactFactory
from worker import relay
from worker.app import QUICK, SLOW, app
from worker.relay import Relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_answers() -> Iterator[None]:
    """A broker's address where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before, app.conf.broker_url = app.conf.broker_url, f"redis://127.0.0.1:{port}/0"
    yield
    app.conf.broker_url = before


@pytest.mark.usefixtures("nobody_answers")
@pytest.mark.slow
def test_broker_that_is_gone_is_noted_once_and_nothing_is_marked_as_sent(caplog) -> None:
    FactFactory.create()
    sender = Relay()

    pauses = {sender.turn(), sender.turn()}

    assert pauses == {timedelta(seconds=1)}
    assert caplog.text.count("relay.trouble") == 1
    assert Fact.objects.get().sent_at is None


@pytest.mark.usefixtures("nobody_answers")
def test_leases_are_swept_while_the_broker_is_gone() -> None:
    FactFactory.create()
    FactFactory.create(
        kind="role.changed", state="claimed", lease_until=clock.now() - timedelta(seconds=1)
    )
    Relay().turn()

    assert Fact.objects.get(kind="role.changed").attempts == 1


def test_queue_by_kind() -> None:
    quick = FactFactory.create(kind="profile.changed")
    slow = FactFactory.create(kind="ranking.block")
    unknown = FactFactory.create(kind="from.another.version")

    assert set(relay._due(QUICK, clock.now())) == {quick, unknown}
    assert set(relay._due(SLOW, clock.now())) == {slow}


def test_fact_that_was_sent_is_sent_again_after_ten_seconds() -> None:
    fact = FactFactory.create(sent_at=clock.now())

    assert not relay._due(QUICK, clock.now() + timedelta(seconds=9)).exists()
    assert relay._due(QUICK, clock.now() + timedelta(seconds=11)).get() == fact


def test_looking_for_work_in_an_empty_outbox_takes_three_queries(
    django_assert_num_queries,
) -> None:
    sender = Relay()
    with django_assert_num_queries(3):
        sender.turn()

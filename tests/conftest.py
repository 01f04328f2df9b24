"""Fixtures that every test may ask for."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.utils import translation
from numpy.typing import NDArray
from pytest_django.plugin import DjangoDbBlocker

from accounts import second_factor
from accounts.models import User
from config.running import broker as brokers
from config.running.broker import Broker
from matching.ranking import exploration
from matching.ranking.board import PLAIN, TAGS
from matching.ranking.columns import VolunteerColumns
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.exploration import randomise
from matching.recommender import live_counts
from tests.lanes import leave_out_other_lanes
from tests.settings import TEST_DIR

_TESTS = Path(__file__).parent
#: Whose tests wait for processes of their own more than they work.
WAITING = (_TESTS / "integration" / "running", _TESTS / "integration" / "worker")
#: Whose tests share what takes long to make.
LONG = (_TESTS / "unit" / "insights" / "attacker",)


@pytest.hookimpl(trylast=True)  # what the markers leave out is out already
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out_other_lanes(config, items, vendor=connection.vendor)
    begin_with_the_long(items, processes=int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def begin_with_the_long(items: list[pytest.Item], *, processes: int) -> None:
    """Order tests so that the first process begins with those that wait and the second with those
    that take long: beside others, and not at the end, where a process may be the last.

    Each begins with an equal share of the list, and takes from the ends of others' when it is done.
    """

    waiting = [item for item in items if item.path.parent in WAITING]
    long = [item for item in items if item.path.parent in LONG]
    others = [item for item in items if item.path.parent not in WAITING + LONG]
    rest = max(len(items) // processes - len(waiting), 0)
    items[:] = [*waiting, *others[:rest], *long, *others[rest:]]


@pytest.hookimpl(optionalhook=True)  # of xdist
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a quarter of the time a test waits for something to
    start, to be missed or to run out, and its core would have nothing to do.
    """
    return (os.cpu_count() or 1) + 1


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


def pytest_unconfigure() -> None:
    shutil.rmtree(TEST_DIR, ignore_errors=True)


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test really commits, so that no rollback cleans up after it."""
    marker = request.node.get_closest_marker("django_db")
    return (marker is not None and bool(marker.kwargs.get("transaction"))) or bool(
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )


@pytest.fixture(autouse=True)
def _nothing_counted_in_another_test(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Throttles and lock-outs count in the cache, whose table Django's flush leaves as it is."""
    yield
    caches["counts"].clear()
    if commits(request):
        with django_db_blocker.unblock():
            cache.clear()


@pytest.fixture(autouse=True)
def _no_language_is_left_to_another_test() -> Iterator[None]:
    """A page leaves the language of its reader to the thread, until the next page is asked for."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_use_migrations(django_db_use_migrations: bool) -> bool:
    """On SQLite tables are made from the models, which takes a tenth of the time: that migrations
    make the same ones is a test of its own (tests/architecture/test_migrations.py).
    """
    return django_db_use_migrations and connection.vendor != "sqlite"


@pytest.fixture(scope="session", autouse=True)
def _signing_in_is_complete() -> Iterator[None]:
    """`force_login` signs people in as their account wants it: with a code, if they have an app.

    Tests of the second step itself sign in through the pages.
    """
    force_login = Client.force_login

    def with_code(self: Client, user: User, backend: str | None = None) -> None:
        force_login(self, user, backend)
        app = second_factor.authenticator_of(user)
        if app is not None:
            session = self.session
            second_factor.note_proof(session, app)
            session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_code)
        yield


@pytest.fixture(scope="session", autouse=True)
def _texts_by_words() -> Iterator[None]:
    """Texts are compared by words and fragments, as where no encoder is installed: loading three
    takes seconds. `encoders` is the marker for tests of what they find.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.ranking.text.meaning_blocks", lambda threads=1: [])
        yield


@pytest.fixture(autouse=True)
def _texts_by_meaning(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("encoders") is not None:
        from matching.ranking.meaning import meaning_blocks

        monkeypatch.setattr("matching.ranking.text.meaning_blocks", meaning_blocks)


@pytest.fixture(autouse=True)
def _vectors_stay_in_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that keeps sentence vectors in its database leaves no way there to the next."""
    monkeypatch.setattr(MEMORY, "store", None)


@pytest.fixture(autouse=True)
def _nothing_left_to_chance(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists come in the order that the plan gives them, and people count beside a form as they are;
    `chance` is the marker for the others.
    """
    if request.node.get_closest_marker("chance") is None:
        # Not its share of pages, which the record of the ranking reads, once in a process.
        monkeypatch.setattr(exploration, "randomise", _in_their_order)
        monkeypatch.setattr(live_counts, "mixed", _as_they_are)


def _in_their_order(
    order: NDArray[np.int64], seed: int, __: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    return randomise(order, seed, 0.0)


def _as_they_are(people: VolunteerColumns, *__: object) -> dict[str, Any]:
    return {name: getattr(people, name) for name in (*PLAIN, *TAGS)}


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A real broker that answers: the one of REDIS_URL, else an embedded one as in the service.

    What lies in the one of REDIS_URL is left alone: tests name their own keys.
    """
    found = brokers.choose(tmp_path_factory.mktemp("broker"), environ=os.environ)
    if found.command is None:
        yield found
        return
    with subprocess.Popen(found.command, stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 10
        while not found.answers():
            assert time.monotonic() < end, f"{found.origin} does not answer"
            time.sleep(0.05)
        yield found
        process.kill()

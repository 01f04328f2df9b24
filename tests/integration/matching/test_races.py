"""Two jobs that change one person's list at the same time lose nothing of each other's."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest
from django.db import connection, transaction

from core.clock import now
from core.outbox.leases import Lease
from matching import recommender
from matching.models import AllocationPlan, PlannedRole, RankingRun, Recommendation
from matching.recommender import people, planning
from matching.recommender.steps import Steps
from matching.services import runs
from opportunities.services import roles as role_services
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db(transaction=True)


Job = tuple[Callable[[int, Lease], None], Lease]
Together = Callable[..., None]


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Together:
    """Run two jobs in threads, each with its own connection, at the worst moment: who has read a
    list waits, for a while, until the other has read it too."""
    both = threading.Barrier(2)
    save = people.save
    errors: list[BaseException] = []

    def late(rows: Iterable[Recommendation]) -> None:
        rows = list(rows)
        with suppress(threading.BrokenBarrierError):  # the other waits for our lock, as it should
            both.wait(timeout=2)
        save(rows)

    def run(work: Callable[[int, Lease], None], lease: Lease) -> None:
        try:
            work(lease.subject_id, lease)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    def together(*jobs: Job) -> None:
        monkeypatch.setattr(people, "save", late)
        threads = [threading.Thread(target=run, args=job) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert not errors

    return together


def test_two_applications(together: Together) -> None:
    person = VolunteerFactory()
    first, second, third = OpportunityFactory.create_batch(3)
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    leases = [
        lease_on("application.changed", ApplicationFactory(volunteer=person, opportunity=role).pk)
        for role in (first, second)
    ]
    together(*((recommender.refresh_application, lease) for lease in leases))
    assert Recommendation.objects.get().role_ids == f",{third.pk},"


def test_two_roles(together: Together) -> None:
    person = VolunteerFactory()
    old = OpportunityFactory()
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    new = OpportunityFactory()
    role_services.close(opportunity=old, by=None)
    together(
        (recommender.refresh_role, lease_on("role.changed", old.pk)),
        (recommender.refresh_role, lease_on("role.changed", new.pk)),
    )
    assert Recommendation.objects.get().role_ids == f",{new.pk},"


def _up_to_the_plan() -> RankingRun:
    run = runs.request(by=None)
    recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
    for block in run.blocks.exclude(kind="plan"):
        recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))
    return run


@pytest.mark.parametrize("first", ["older", "newer"])
def test_two_plans_at_once_leave_the_newer_in_force_and_whole(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    VolunteerFactory.create_batch(3)
    OpportunityFactory.create_batch(2)
    older = _up_to_the_plan()
    before = planning.prepare(Steps())
    with transaction.atomic():
        planning.write(before, older)  # a plan is in force already
    RankingRun.objects.filter(pk=older.pk).update(state=RankingRun.State.DONE, finished_at=now())
    late = RankingRun.objects.create(state=RankingRun.State.RUNNING)
    newer = RankingRun.objects.create(state=RankingRun.State.RUNNING)
    plans = {
        "older": (late, planning.prepare(Steps())),
        "newer": (newer, planning.prepare(Steps())),
    }
    second = "newer" if first == "older" else "older"
    begun, errors = threading.Event(), []
    write_prices = planning._write_prices

    def slowly(*given: object) -> None:
        begun.set()
        time.sleep(0.5)  # the other is at the door by now
        write_prices(*given)  # type: ignore[arg-type]  # as they came

    def write(which: str) -> None:
        run, prepared = plans[which]
        try:
            with transaction.atomic():
                planning.write(prepared, run)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(planning, "_write_prices", slowly)
    threads = [threading.Thread(target=write, args=[which]) for which in (first, second)]
    threads[0].start()
    assert begun.wait(timeout=30)
    threads[1].start()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors
    in_force = AllocationPlan.objects.first()
    assert in_force is not None
    assert in_force.run == newer
    assert PlannedRole.objects.count() == 2
    assert set(PlannedRole.objects.values_list("plan", flat=True)) == {in_force.pk}

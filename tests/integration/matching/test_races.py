"""Two jobs that change one person's list at the same time lose nothing of each other's."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest
from django.db import connection

from core.outbox.leases import Lease
from matching import recommender
from matching.models import Recommendation
from matching.recommender import people
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

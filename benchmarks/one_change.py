"""How long one edited profile and one new role take, from the change to the stored lists.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/harrow_benchmark \\
        python -m benchmarks.one_change [--volunteers 20000] [--roles 2000] [--times 10]

Makes the demonstration borough in the database of DATABASE_URL, which is emptied, and ranks it by a
Celery worker with two processes. Then edits profiles and opens roles, one after another, and waits
each time until what a reader would read is there. Prints the median and the longest, from end to
end, and the processor seconds of doing each work by itself.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks import full_rerank, service

_LONGEST = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Times one edited profile and one new role.")
    parser.add_argument("--volunteers", type=int, default=20_000)
    parser.add_argument("--roles", type=int, default=2000, help="open roles, about")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument(
        "--as-it-is", action="store_true", help="rank what the database holds, load nothing"
    )
    arguments = parser.parse_args()
    with service.environment():
        if not arguments.as_it_is:
            service.load(arguments.volunteers, arguments.roles)
        with service.workers():
            full_rerank.ranked()
            full_rerank.forget_messages()
            edits = [_edited(number) for number in range(arguments.times)]
            opened = [_opened() for _ in range(arguments.times)]
        print(f"load {os.getloadavg()[0]:.1f}")
        _show("edited profile, to the stored list", edits)
        # The first time in each process everybody is read.
        for what, some in (("first", opened[:2]), ("later", opened[2:])):
            _show(f"new role, {what}: to whom it suits most", [best for best, _ in some])
            _show(f"new role, {what}: to all lists that it belongs on", [done for _, done in some])
        print(f"edited profile, processor seconds of the work: {_cpu(_edit_work()):.3f}")
        _cpu(_role_work())
        print(f"new role, processor seconds of the work, people at hand: {_cpu(_role_work()):.3f}")


def _edited(number: int) -> float:
    """Seconds from an edit until the list is newer."""
    from matching.models import Recommendation  # noqa: PLC0415  - after Django's setup
    from volunteers.models import Volunteer  # noqa: PLC0415
    from volunteers.services import profiles  # noqa: PLC0415

    person = Volunteer.objects.active().order_by("pk")[100 + number]
    began = time.monotonic()
    # Never what stands there from an earlier run: that would be no change.
    about = f"I like gardens and parks, {number}, {time.time():.0f}."
    profiles.update(volunteer=person, by=None, about=about)
    person.refresh_from_db()
    newer = Recommendation.objects.filter(volunteer=person, computed_at__gte=person.updated_at)
    return _until(newer.exists, began)


def _opened() -> tuple[float, float]:
    """Seconds from when a role is opened until its shortlist is there and the lists of those whom
    it suits most hold it, and until all lists do.
    """
    from core.models import Fact  # noqa: PLC0415
    from matching.models import Recommendation, Shortlist  # noqa: PLC0415
    from matching.recommender.items import holding  # noqa: PLC0415

    began = time.monotonic()
    role = _new_role()
    on_lists = Recommendation.objects.filter(role_ids__contains=holding(role.pk))
    shortlisted = Shortlist.objects.filter(opportunity=role)
    best = _until(lambda: shortlisted.exists() and on_lists.exists(), began)
    done = Fact.objects.filter(kind="role.changed", subject_id=role.pk, state=Fact.State.DONE)
    return best, _until(done.exists, began)


def _new_role() -> Any:
    """A role like one that is open, opened by the volunteer centre's service call."""
    from django.db import transaction  # noqa: PLC0415

    from core.outbox import facts  # noqa: PLC0415
    from opportunities.models import Opportunity  # noqa: PLC0415

    role = Opportunity.objects.open().order_by("?")[0]
    causes, activities = list(role.causes.all()), list(role.activities.all())
    role.pk, role._state.adding = None, True
    role.places_taken = role.applications_pending = 0
    with transaction.atomic():
        role.save()
        role.causes.set(causes)
        role.activities.set(activities)
        facts.state("role.changed", role.pk)
    return role


def _edit_work() -> Callable[[], object]:
    from matching.recommender import people  # noqa: PLC0415
    from volunteers.models import Volunteer  # noqa: PLC0415

    person = Volunteer.objects.active().order_by("pk")[50]
    chosen = Volunteer.objects.filter(pk=person.pk)
    people.prepare(chosen)  # the model is loaded
    return lambda: people.prepare(chosen)


def _role_work() -> Callable[[], object]:
    from matching import datasets  # noqa: PLC0415
    from matching.recommender import roles, snapshot  # noqa: PLC0415

    def work() -> object:
        at = snapshot.take()
        some = datasets.open_roles().order_by("pk")[:1].values("pk")
        role = datasets.roles(datasets.open_roles().filter(pk__in=some), at.tags)
        return roles.suited(at, role)

    return work


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _until(is_so: Callable[[], bool], began: float) -> float:
    while not is_so():
        if time.monotonic() - began > _LONGEST:
            raise SystemExit("The lists were not made.")
        time.sleep(0.01)
    return time.monotonic() - began


def _show(what: str, seconds: list[float]) -> None:
    if seconds:
        print(f"{what}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s")


if __name__ == "__main__":
    main()

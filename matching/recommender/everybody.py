"""All active people as columns, kept by each worker process.

A role that was opened or changed is compared with everybody. Reading everybody takes a second or
more, so they are kept, and only those who came or changed are read again.
"""

from datetime import date

import numpy as np

from core.clock import today
from matching import datasets
from matching.datasets import People, Tags
from volunteers.models import Volunteer

#: If more than this changed, everybody is read.
_MOST_CHANGED = 500

_kept: tuple[Tags, date, People] | None = None


def active(tags: Tags) -> People:
    """All active people as they are now. One query, and five more where somebody changed."""
    global _kept  # noqa: PLW0603  - what a process keeps in memory
    chosen = Volunteer.objects.active()
    # Ages and days of waiting are those of the day.
    if _kept is None or _kept[:2] != (tags, today()):
        _kept = tags, today(), datasets.volunteers(chosen, tags)
        return _kept[2]
    people = _kept[2]
    now = datasets.volunteer_versions(chosen)
    changed = [pk for pk, version in now.items() if people.versions.get(pk) != version]
    if len(changed) > _MOST_CHANGED:
        people = datasets.volunteers(chosen, tags)
    elif changed or len(now) != len(people.versions):
        then = people.versions
        same = [now.get(pk) == then[pk] for pk in people.columns.ids.tolist()]
        fresh = datasets.volunteers(chosen.filter(pk__in=changed), tags)
        people = people.take(np.flatnonzero(same)).joined(fresh)
    _kept = tags, today(), people
    return people

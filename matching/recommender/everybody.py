"""All active people as columns, kept by each worker process.

A role that was opened or changed is compared with everybody. Reading everybody takes seconds, so
they are kept in blocks, and a block is read again when somebody of it came, went or changed.
"""

from collections.abc import Iterator
from datetime import date

from core.clock import today
from matching import datasets
from matching.datasets import People, Tags
from matching.datasets.arrays import Version
from volunteers.models import Volunteer

#: People whose ids lie in the same so many are a block.
IDS_IN_A_BLOCK = 250
#: Those beyond are read anew each time.
MOST_KEPT = 60_000

_kept: dict[int, People] = {}
_kept_for: tuple[Tags, date] | None = None


def blocks(tags: Tags) -> Iterator[People]:
    """All active people as they are now. One query, and about five for each block that changed."""
    global _kept_for  # noqa: PLW0603  - what a process keeps in memory
    # Ages and days of waiting are those of the day.
    wanted = tags, today()
    if _kept_for != wanted:
        _kept.clear()
        _kept_for = wanted
    now: dict[int, dict[int, Version]] = {}
    for pk, version in datasets.volunteer_versions(Volunteer.objects.active()).items():
        now.setdefault(pk // IDS_IN_A_BLOCK, {})[pk] = version
    for gone in _kept.keys() - now.keys():
        del _kept[gone]
    room = MOST_KEPT - sum(len(block.columns) for block in _kept.values())
    for number in sorted(now):
        block = _kept.get(number)
        if block is None or block.versions != now[number]:
            block = _read(tags, number)
            if number in _kept or room >= len(block.columns):
                room -= 0 if number in _kept else len(block.columns)
                _kept[number] = block
        yield block


def _read(tags: Tags, number: int) -> People:
    ids = number * IDS_IN_A_BLOCK, (number + 1) * IDS_IN_A_BLOCK - 1
    return datasets.volunteers(Volunteer.objects.active().filter(pk__range=ids), tags)

"""Register many people at once, as `profiles.register` does one by one.

What is checked is the same, by the same functions; what differs is that rows are written a thousand
to a statement, and that no fact is stated: the caller states one for all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import LONDON
from volunteers.models import EarlierUse, Volunteer
from volunteers.services import earlier, profiles

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Registration:
    """One person who registered at `at`.

    `fields` as in `profiles.register`; `by` whoever registered them. The rest is what the service
    would have noted since: that a parent confirmed, when they came (in order) and last came, that
    they paused.
    """

    user: User
    fields: Mapping[str, Any]
    at: datetime
    by: User | None
    parent_confirmed_at: datetime | None = None
    used_at: Sequence[datetime] = ()
    last_used_at: datetime | None = None
    paused_at: datetime | None = None


@dataclass(slots=True)
class _Links:
    """Rows of the four many-to-many tables, gathered before they are written."""

    rows: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [] for name in profiles.LISTS}
    )

    def add(self, volunteer: Volunteer, lists: Mapping[str, Iterable[Any]]) -> None:
        for name, chosen in lists.items():
            through = getattr(Volunteer, name).through
            column = f"{profiles.LISTS[name].__name__.lower()}_id"
            self.rows[name] += [
                through(**{"volunteer_id": volunteer.pk, column: item.pk}) for item in chosen
            ]

    def write(self) -> None:
        for name, rows in self.rows.items():
            getattr(Volunteer, name).through.objects.bulk_create(rows, batch_size=BATCH)


@transaction.atomic
def register_many(registrations: Iterable[Registration]) -> list[Volunteer]:
    """Register people, who ask for a role from the moment they registered; all or none.

    Raises as `profiles.register` for the first whose answers are refused, and IntegrityError for
    somebody who has a profile already. States no fact.
    """
    items = received.catalogue(*profiles.LISTS.values())
    taken = [(one, *_filled(one, items)) for one in registrations]
    volunteers = Volunteer.objects.bulk_create([row for _, row, _ in taken], batch_size=BATCH)
    links = _Links()
    for _, row, lists in taken:
        links.add(row, lists)
    links.write()
    EarlierUse.objects.bulk_create(
        [
            use
            for one, row, _ in taken
            for use in earlier.uses(row, [one.at, *one.used_at, row.last_used_at or one.at])
        ],
        batch_size=BATCH,
    )
    audit.record_many(_entries(taken))
    return volunteers


def _filled(one: Registration, items: received.Items) -> tuple[Volunteer, dict[str, list[Any]]]:
    profiles.check_age_is_said(one.fields, one.by)
    volunteer = Volunteer(
        user=one.user,
        created_at=one.at,
        waiting_since=one.at,
        last_used_at=one.last_used_at or one.at,
        parent_confirmed_at=one.parent_confirmed_at,
        paused_at=one.paused_at,
    )
    day = one.at.astimezone(LONDON).date()
    __, lists = profiles.fill(volunteer, one.fields, day=day, items=items, constraints=False)
    return volunteer, lists


def _entries(taken: list[tuple[Registration, Volunteer, dict[str, list[Any]]]]) -> list[Any]:
    """Give what the audit trail would have kept, in the order of time."""
    entries = []
    for one, row, _ in taken:
        entries.append(
            audit.entry(by=one.by, action="volunteer.registered", subject=row, at=one.at)
        )
        if one.paused_at is not None:
            entries.append(
                audit.entry(by=one.user, action="volunteer.paused", subject=row, at=one.paused_at)
            )
    return sorted(entries, key=lambda entry: entry.at)

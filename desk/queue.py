"""The form that all lists of the desk have."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from core.clock import now
from desk.models import DeskNote

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One list. `task` says what to do with a row, `within` how long it may wait before it is late.

    `found` gives what waits, in any order, and `since` names the column that says from when on.
    `subject` is what a note on a row is about (`DeskNote`), '' where nobody needs one.
    """

    code: str
    title: "StrPromise"
    task: "StrPromise"
    empty: "StrPromise"
    found: Callable[[], QuerySet[Any]]
    since: str
    loads: tuple[str, ...] = ()
    subject: str = ""
    search: tuple[str, ...] = ()
    within: timedelta
    #: Whether somebody is called about it, so that a note says how the call went.
    by_phone: bool = False
    #: Whether a row stays until somebody says that it is done: nothing else ends it.
    ends_by_hand: bool = False

    def rows(self) -> QuerySet[Any]:
        """Give all that waits, the longest wait first, each with `since`."""
        rows = self.found().annotate(since=F(self.since)).order_by("since", "pk")
        return rows.select_related(*self.loads) if self.loads else rows

    def waiting(self) -> QuerySet[Any]:
        """Give what waits now: without what is put aside until another day, or done."""
        return self.rows().filter(~self._is_aside()) if self.subject else self.rows()

    def put_aside(self) -> QuerySet[Any]:
        """Give what is put aside until another day, or done."""
        return self.rows().filter(self._is_aside()) if self.subject else self.rows().none()

    def with_notes(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load with each row its notes from this list, latest first, as `notes_here`."""
        if not self.subject:
            return rows
        of_this = DeskNote.objects.filter(queue=self.code).select_related("by")
        return rows.prefetch_related(Prefetch("desk_notes", queryset=of_this, to_attr="notes_here"))

    def matching(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Narrow rows to those that have all `words` somewhere in their names."""
        for word in words.split():
            some: Q = Q()
            for column in self.search:
                some |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(some)
        return rows

    def _is_aside(self) -> Q:
        notes = DeskNote.objects.filter(queue=self.code, **{self.subject: OuterRef("pk")})
        aside = Q(Exists(notes.putting_aside()))
        if self.ends_by_hand:
            # What happens anew after it was done is on the list again.
            aside |= Q(Exists(notes.being_done().filter(created_at__gte=OuterRef("since"))))
        return aside


@dataclass(frozen=True)
class Standing:
    """How a list stands: how many wait, the first of them since when, whether that is too long."""

    queue: Queue
    count: int
    since: datetime | None
    is_late: bool


def standing_of(queue: Queue) -> Standing:
    """Give how a list stands. One query."""
    found = queue.waiting().order_by().aggregate(count=Count("pk"), first=Min("since"))
    first: datetime | None = found["first"]
    is_late = first is not None and now() - first > queue.within
    return Standing(queue, found["count"], first, is_late)

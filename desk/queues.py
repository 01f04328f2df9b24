"""What waits at the volunteer centre's desk: one list for each kind of work, longest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.clock import now
from desk import untold
from desk.models import DeskNote
from opportunities.models import Opportunity, Organisation
from placements.models import Application
from placements.states import UNANSWERED, State
from placements.time_limits import ANSWER_WITHIN

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: A group that lets so many people wait beyond the time for answers is called, whatever its record.
MANY_UNANSWERED = 3
#: A group that answers less than this share of people in time is called when one waits too long.
LOW_RECORD = 0.5
#: A group that shows no role for so long is asked whether it needs people.
IDLE_AFTER = timedelta(days=30)
#: An offer that lapsed is looked at for so long.
LAPSED_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One list. Its `rows` have `since`: since when each waits; `subject` is what a note is about.

    `task` says what to do with a row, `within` how long it may wait before it is late.
    """

    code: str
    title: "StrPromise"
    task: "StrPromise"
    empty: "StrPromise"
    subject: str
    rows: Callable[[], QuerySet[Any]]
    search: tuple[str, ...]
    within: timedelta
    #: Whether somebody is called about it, so that a note says how the call went.
    by_phone: bool = False

    def waiting(self) -> QuerySet[Any]:
        """Give what waits now: without what is put aside until another day."""
        return self.rows().filter(~Exists(self._aside()))

    def put_aside(self) -> QuerySet[Any]:
        """Give what is put aside until another day."""
        return self.rows().filter(Exists(self._aside()))

    def with_notes(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load with each row its notes from this list, latest first, as `notes_here`."""
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

    def _aside(self) -> QuerySet[DeskNote]:
        of_row = {self.subject: OuterRef("pk")}
        return DeskNote.objects.putting_aside().filter(queue=self.code, **of_row)


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


def desk() -> list[Standing]:
    """Give how all lists stand, what to do first on top: late ones, then the others that have
    something, in the order of `QUEUES`. One query for each list.
    """
    standings = [standing_of(queue) for queue in QUEUES.values()]
    return sorted(standings, key=lambda standing: (not standing.is_late, not standing.count))


def _no_answer() -> QuerySet[Application]:
    """People whom a group has not answered within the time that we ask groups to keep."""
    return (
        Application.objects.filter(
            state__in=sorted(UNANSWERED),
            created_at__lt=now() - ANSWER_WITHIN,
            held_move="",
            volunteer__user__is_active=True,
        )
        .annotate(since=F("created_at"))
        .select_related("volunteer__user", "opportunity__organisation")
        .order_by("since", "pk")
    )


def _groups_to_verify() -> QuerySet[Organisation]:
    groups = Organisation.objects.to_verify()
    return groups.annotate(since=F("created_at")).order_by("since", "pk")


def _roles_to_review() -> QuerySet[Opportunity]:
    roles = Opportunity.objects.to_review().select_related("organisation")
    return roles.annotate(since=F("updated_at")).order_by("since", "pk")


def _silent_groups() -> QuerySet[Organisation]:
    """Groups that let several people wait too long, or one and seldom answer in time."""
    late = Q(
        opportunities__applications__state__in=sorted(UNANSWERED),
        opportunities__applications__created_at__lt=now() - ANSWER_WITHIN,
    )
    return (
        Organisation.objects.filter(suspended_at=None)
        .annotate(
            unanswered=Count("opportunities__applications", filter=late),
            since=Min("opportunities__applications__created_at", filter=late),
        )
        .filter(
            Q(unanswered__gte=MANY_UNANSWERED) | Q(unanswered__gte=1, answered_share__lt=LOW_RECORD)
        )
        .order_by("since", "pk")
    )


def _no_match() -> QuerySet[User]:
    """People who wait for a role and whose prepared list is empty."""
    return (
        User.objects.filter(
            is_active=True,
            volunteer__paused_at=None,
            volunteer__waiting_since__isnull=False,
            volunteer__recommendation__role_ids="",
        )
        .annotate(since=F("volunteer__waiting_since"))
        .select_related("volunteer__recommendation")
        .order_by("since", "pk")
    )


def _lapsed_offers() -> QuerySet[Application]:
    """People who were offered a place, did not answer in time and wait for a role still."""
    return (
        Application.objects.filter(
            state=State.LAPSED,
            reason=Application.Reason.TIME_OVER,
            state_since__gt=now() - LAPSED_FOR,
            volunteer__user__is_active=True,
            volunteer__waiting_since__isnull=False,
        )
        .annotate(since=F("state_since"))
        .select_related("volunteer__user", "opportunity__organisation")
        .order_by("since", "pk")
    )


def _idle_groups() -> QuerySet[Organisation]:
    """Checked groups that have had no role for people to see for 30 days."""
    roles = Opportunity.objects.filter(organisation=OuterRef("pk")).order_by()
    live = roles.filter(
        status__in=[
            Opportunity.Status.OPEN,
            Opportunity.Status.FULL,
            Opportunity.Status.IN_REVIEW,
        ]
    )
    latest = roles.values("organisation").annotate(latest=Max("updated_at")).values("latest")
    return (
        Organisation.objects.verified()
        .filter(~Exists(live))
        .annotate(since=Coalesce(Subquery(latest), F("verified_at")))
        .filter(since__lt=now() - IDLE_AFTER)
        .order_by("since", "pk")
    )


_GROUP = ("name",)
_PERSON = ("first_name", "last_name")
_APPLICATION = (
    "volunteer__user__first_name",
    "volunteer__user__last_name",
    "opportunity__title",
    "opportunity__organisation__name",
)

#: By their codes, in the order of what to do first.
QUEUES: Final = {
    queue.code: queue
    for queue in (
        Queue(
            code="no-answer",
            title=_("People who had no answer"),
            task=_("Call the group, or suggest other roles to the person"),
            empty=_("Everybody who asked for a role was answered in time."),
            subject="application",
            rows=_no_answer,
            search=_APPLICATION,
            within=ANSWER_WITHIN + timedelta(days=7),
            by_phone=True,
        ),
        Queue(
            code="groups-to-verify",
            title=_("Groups to check"),
            task=_("Check that the group is what it says"),
            empty=_("No new group waits to be checked."),
            subject="group",
            rows=_groups_to_verify,
            search=_GROUP,
            within=timedelta(days=3),
            by_phone=True,
        ),
        Queue(
            code="roles-to-check",
            title=_("Roles to look at"),
            task=_("Read the role, then show it to people or send it back"),
            empty=_("No role waits to be looked at."),
            subject="role",
            rows=_roles_to_review,
            search=("title", "organisation__name"),
            within=timedelta(days=3),
        ),
        Queue(
            code="silent-groups",
            title=_("Groups that do not answer"),
            task=_("Call the group: people wait for it"),
            empty=_("No group leaves people waiting."),
            subject="group",
            rows=_silent_groups,
            search=_GROUP,
            within=ANSWER_WITHIN + timedelta(days=10),
            by_phone=True,
        ),
        Queue(
            code="lapsed-offers",
            title=_("Offers that lapsed"),
            task=_("Call the person: they did not answer an offer, and may not have seen it"),
            empty=_("Everybody who was offered a place answered."),
            subject="application",
            rows=_lapsed_offers,
            search=_APPLICATION,
            within=timedelta(days=7),
            by_phone=True,
        ),
        Queue(
            code="calls",
            title=_("Calls to make"),
            task=_("Call people who have no email address, and tell them what is new"),
            empty=_("Everybody without an email address has been told what is new."),
            subject="person",
            rows=untold.people_to_call,
            search=_PERSON,
            within=timedelta(days=2),
            by_phone=True,
        ),
        Queue(
            code="letters",
            title=_("Letters to print"),
            task=_("Print the letters and post them"),
            empty=_("No letter waits to be printed."),
            subject="person",
            rows=untold.people_to_write_to,
            search=_PERSON,
            within=timedelta(days=2),
        ),
        Queue(
            code="no-match",
            title=_("People with no match"),
            task=_("Talk with the person about what would open more"),
            empty=_("Everybody who waits has at least one role on their list."),
            subject="person",
            rows=_no_match,
            search=_PERSON,
            within=timedelta(days=14),
            by_phone=True,
        ),
        Queue(
            code="idle-groups",
            title=_("Groups without a role"),
            task=_("Ask the group whether it needs people, or what stops it"),
            empty=_("Every checked group has shown a role within the last 30 days."),
            subject="group",
            rows=_idle_groups,
            search=_GROUP,
            within=timedelta(days=90),
            by_phone=True,
        ),
    )
}

"""What waits at the volunteer centre's desk: one list for each kind of work."""

from datetime import timedelta
from typing import Final

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.clock import now
from core.models import Fact
from desk import untold
from desk.models import LetterBatch
from desk.queue import Queue, Standing, standing_of
from matching.models import PlacementRound, Suggestion
from opportunities.models import JoinRequest, MoreRoom, Opportunity, Organisation
from placements.answering import waiting_too_long
from placements.models import Application, StillGoing
from placements.states import State
from placements.time_limits import ANSWER_WITHIN

#: A group that lets so many people wait beyond the time for answers is called, whatever its record.
MANY_UNANSWERED = 3
#: A group that answers less than this share of people in time is called when one waits too long.
LOW_RECORD = 0.5
#: A group that shows no role for so long is asked whether it needs people.
IDLE_AFTER = timedelta(days=30)
#: An offer or a suggestion that lapsed is looked at for so long.
LAPSED_FOR = timedelta(days=30)
#: Who asks to act for a group is answered by it within so long, or else by the volunteer centre.
JOINING_WITHIN = timedelta(days=7)
DAY = timedelta(days=1)


def desk() -> list[Standing]:
    """Give how all lists stand, what to do first on top: late ones, then the others that have
    something, in the order of `QUEUES`. One query for each list.
    """
    standings = [standing_of(queue) for queue in QUEUES.values()]
    return sorted(standings, key=lambda standing: (not standing.is_late, not standing.count))


def _no_answer() -> QuerySet[Application]:
    """People whom a group has not answered within the time that we ask groups to keep."""
    return waiting_too_long().filter(volunteer__user__is_active=True)


def _silent_groups() -> QuerySet[Organisation]:
    """Groups that let several people wait too long, or one and seldom answer in time."""
    own = waiting_too_long().filter(opportunity__organisation=OuterRef("pk")).order_by()
    late = own.values("opportunity__organisation")
    return (
        Organisation.objects.filter(suspended_at=None)
        .annotate(
            unanswered=Subquery(late.annotate(number=Count("pk")).values("number")),
            first_asked=Subquery(late.annotate(first=Min("waits_since")).values("first")),
        )
        .filter(
            Q(unanswered__gte=MANY_UNANSWERED) | Q(unanswered__gte=1, answered_share__lt=LOW_RECORD)
        )
    )


def _no_match() -> QuerySet[User]:
    """People who wait for a role and whose prepared list is empty."""
    return User.objects.filter(
        is_active=True,
        volunteer__paused_at=None,
        volunteer__waiting_since__isnull=False,
        volunteer__recommendation__role_ids="",
    )


def _lapsed_offers() -> QuerySet[Application]:
    """People who were offered a place, did not answer in time and wait for a role still."""
    return Application.objects.filter(
        state=State.LAPSED,
        reason=Application.Reason.TIME_OVER,
        state_since__gt=now() - LAPSED_FOR,
        volunteer__user__is_active=True,
        volunteer__waiting_since__isnull=False,
    )


def _lapsed_suggestions() -> QuerySet[User]:
    """People who did not answer what the centre suggested to them, and wait for a role still."""
    lapsed = Suggestion.objects.filter(
        state=Suggestion.State.LAPSED, answer_by__gt=now() - LAPSED_FOR
    ).order_by("-answer_by")
    own = lapsed.filter(volunteer=OuterRef("volunteer"))
    roles = lapsed.select_related("opportunity__organisation")
    return (
        User.objects.filter(Exists(own), is_active=True, volunteer__waiting_since__isnull=False)
        .annotate(suggestion_over=Subquery(own.values("answer_by")[:1]))
        .prefetch_related(Prefetch("volunteer__suggestions", queryset=roles, to_attr="lapsed"))
    )


def _feedback() -> QuerySet[Application]:
    """Placements that ended with words of the person to the volunteer centre."""
    answered = StillGoing.objects.filter(answered_at__isnull=False)
    said = answered.exclude(words="").order_by("-answered_at")
    own = said.filter(application=OuterRef("pk"))
    return (
        Application.objects.filter(Exists(own))
        .annotate(said_at=Subquery(own.values("answered_at")[:1]))
        .prefetch_related(Prefetch("still_going", queryset=said, to_attr="said"))
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
        .annotate(idle_since=Coalesce(Subquery(latest), F("verified_at")))
        .filter(idle_since__lt=now() - IDLE_AFTER)
    )


def _second_groups() -> QuerySet[Opportunity]:
    """Roles whose groups ask the centre to see whether another group could host the same."""
    asked = MoreRoom.objects.standing().filter(other_group__isnull=False)
    own = asked.filter(opportunity=OuterRef("pk"))
    groups = asked.select_related("other_group")
    return (
        Opportunity.objects.public()
        .filter(Exists(own))
        .annotate(second_group_asked_at=Subquery(own.values("at")[:1]))
        .prefetch_related(Prefetch("more_room", queryset=groups, to_attr="second_groups"))
    )


def _join_requests() -> QuerySet[Organisation]:
    """Groups whose owners leave somebody waiting who asks to act for them."""
    asked = JoinRequest.objects.waiting().filter(
        created_at__lt=now() - JOINING_WITHIN, user__is_active=True
    )
    own = asked.filter(organisation=OuterRef("pk")).order_by("created_at")
    people = asked.select_related("user").order_by("created_at")
    return (
        Organisation.objects.filter(Exists(own), suspended_at=None)
        .annotate(join_asked_at=Subquery(own.values("created_at")[:1]))
        .prefetch_related(Prefetch("join_requests", queryset=people, to_attr="asking"))
    )


def _drafts() -> QuerySet[PlacementRound]:
    """Rounds of placements that were drawn up and neither sent nor thrown away."""
    return PlacementRound.objects.counted().filter(sent_at=None)


_GROUP = ("name",)
_PERSON = ("first_name", "last_name")
_APPLICATION = (
    "volunteer__user__first_name",
    "volunteer__user__last_name",
    "opportunity__title",
    "opportunity__organisation__name",
)
_OF_APPLICATION = ("volunteer__user", "opportunity__organisation")

#: By their codes, in the order of what to do first.
QUEUES: Final = {
    queue.code: queue
    for queue in (
        Queue(
            code="no-answer",
            title=_("People who had no answer"),
            task=_("Call the group, or suggest other roles to the person"),
            empty=_("Everybody who asked for a role was answered in time."),
            found=_no_answer,
            since="waits_since",
            loads=_OF_APPLICATION,
            subject="application",
            search=_APPLICATION,
            within=ANSWER_WITHIN + 7 * DAY,
            by_phone=True,
        ),
        Queue(
            code="groups-to-verify",
            title=_("Groups to check"),
            task=_("Check that the group is what it says"),
            empty=_("No new group waits to be checked."),
            found=Organisation.objects.to_verify,
            since="created_at",
            subject="group",
            search=_GROUP,
            within=3 * DAY,
            by_phone=True,
        ),
        Queue(
            code="renamed-groups",
            title=_("Checked groups that changed their name or number"),
            task=_("See whether the group is still what it says"),
            empty=_("No checked group has changed its name or number."),
            found=Organisation.objects.renamed,
            since="renamed_at",
            subject="group",
            search=_GROUP,
            within=3 * DAY,
            by_phone=True,
        ),
        Queue(
            code="join-requests",
            title=_("People who ask to act for a group"),
            task=_("Call the group; if nobody there answers, say yes or no for it"),
            empty=_("Everybody who asked to act for a group has been answered within a week."),
            found=_join_requests,
            since="join_asked_at",
            subject="group",
            search=_GROUP,
            within=JOINING_WITHIN + 7 * DAY,
            by_phone=True,
        ),
        Queue(
            code="roles-to-check",
            title=_("Roles to look at"),
            task=_("Read the role, then show it to people or send it back"),
            empty=_("No role waits to be looked at."),
            found=Opportunity.objects.to_review,
            since="updated_at",
            loads=("organisation",),
            subject="role",
            search=("title", "organisation__name"),
            within=3 * DAY,
        ),
        Queue(
            code="silent-groups",
            title=_("Groups that do not answer"),
            task=_("Call the group: people wait for it"),
            empty=_("No group leaves people waiting."),
            found=_silent_groups,
            since="first_asked",
            subject="group",
            search=_GROUP,
            within=ANSWER_WITHIN + 10 * DAY,
            by_phone=True,
        ),
        Queue(
            code="lapsed-offers",
            title=_("Offers that lapsed"),
            task=_("Call the person: they did not answer an offer, and may not have seen it"),
            empty=_("Everybody who was offered a place answered."),
            found=_lapsed_offers,
            since="state_since",
            loads=_OF_APPLICATION,
            subject="application",
            search=_APPLICATION,
            within=7 * DAY,
            by_phone=True,
            ends_by_hand=True,
        ),
        Queue(
            code="lapsed-suggestions",
            title=_("Suggestions that nobody answered"),
            task=_("Call the person: they may not have seen what you suggested"),
            empty=_("Everybody answered what you suggested."),
            found=_lapsed_suggestions,
            since="suggestion_over",
            loads=("volunteer",),
            subject="person",
            search=_PERSON,
            within=7 * DAY,
            by_phone=True,
            ends_by_hand=True,
        ),
        Queue(
            code="calls",
            title=_("Calls to make"),
            task=_("Call people whom no email reaches, and tell them what is new"),
            empty=_("Everybody whom no email reaches has been told what is new."),
            found=untold.people_to_call,
            since="first_untold",
            subject="person",
            search=_PERSON,
            within=2 * DAY,
            by_phone=True,
        ),
        Queue(
            code="letters",
            title=_("Letters to print"),
            task=_("Print the letters and post them"),
            empty=_("No letter waits to be printed."),
            found=untold.people_to_write_to,
            since="first_untold",
            subject="person",
            search=_PERSON,
            within=2 * DAY,
        ),
        Queue(
            code="letters-to-post",
            title=_("Letters to post"),
            task=_("Post them, and say so here"),
            empty=_("All letters that were put together are posted."),
            found=LetterBatch.objects.to_post,
            since="created_at",
            loads=("by",),
            within=DAY,
        ),
        Queue(
            code="feedback",
            title=_("What people wrote when they stopped"),
            task=_("Read it, and do something about it where you can"),
            empty=_("Nobody has written anything that you have not read."),
            found=_feedback,
            since="said_at",
            loads=_OF_APPLICATION,
            subject="application",
            search=_APPLICATION,
            within=14 * DAY,
            by_phone=True,
            ends_by_hand=True,
        ),
        Queue(
            code="drafts",
            title=_("Rounds not sent yet"),
            task=_("Look at each, then send the round or throw it away"),
            empty=_("Every round that was drawn up is sent."),
            found=_drafts,
            since="created_at",
            loads=("by", "role"),
            within=3 * DAY,
        ),
        Queue(
            code="no-match",
            title=_("People with nothing on their list"),
            task=_("Talk with the person about what would open more"),
            empty=_("Everybody who waits has at least one role on their list."),
            found=_no_match,
            since="volunteer__waiting_since",
            loads=("volunteer__recommendation",),
            subject="person",
            search=_PERSON,
            within=14 * DAY,
            by_phone=True,
        ),
        Queue(
            code="idle-groups",
            title=_("Groups without a role for 30 days"),
            task=_("Ask the group whether it needs people, or what stops it"),
            empty=_("Every checked group has shown a role within the last 30 days."),
            found=_idle_groups,
            since="idle_since",
            subject="group",
            search=_GROUP,
            within=90 * DAY,
            by_phone=True,
        ),
        Queue(
            code="second-groups",
            title=_("Roles that a second group could do"),
            task=_("Call the other group: more people asked than the first can take"),
            empty=_("No group has asked you to find a second one."),
            found=_second_groups,
            since="second_group_asked_at",
            loads=("organisation",),
            subject="role",
            search=("title", "organisation__name"),
            within=14 * DAY,
            by_phone=True,
            ends_by_hand=True,
        ),
        Queue(
            code="jobs",
            title=_("Failed jobs"),
            task=_("See what went wrong, and try them again when the cause is mended"),
            empty=_("No job has failed."),
            found=Fact.objects.set_aside,
            since="finished_at",
            subject="job",
            within=DAY,
            ends_by_hand=True,
        ),
    )
}

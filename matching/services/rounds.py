"""A round of placements: drawn up from the plan in force, looked at, adjusted, sent."""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from matching import policies
from matching.models import (
    AllocationPlan,
    HiddenRole,
    PlacementRound,
    ProposedPlacement,
    Suggestion,
)
from matching.services import suggestions
from opportunities.models import Opportunity
from placements.models import Application, TimedOffer
from volunteers.models import Volunteer

#: No more people than this in one round: each is to be looked at.
MOST_PEOPLE = 50
State = Suggestion.State


@transaction.atomic
def draw_up(
    *, by: User, area: str = "", role: Opportunity | None = None, people: int = MOST_PEOPLE
) -> PlacementRound:
    """Draw up a round from the plan's proposals, longest waiting first; nobody is told.

    `area` is the code of a ward where people live. Raises NotFound for whoever may not, Conflict
    where there is no plan, or nothing in it that could be suggested.
    """
    policies.check_can_suggest(by)
    plan = AllocationPlan.objects.first()
    if plan is None:
        raise Conflict(
            _("There is no plan yet. One is made with each ranking of everybody, every night."),
            code="no_plan",
        )
    chosen = _with_places(_proposals(area, role), min(people, MOST_PEOPLE))
    if not chosen:
        raise Conflict(
            _("The plan has nobody to suggest here: try another area or role, or rank again."),
            code="nothing_to_suggest",
        )
    made = PlacementRound.objects.create(by=by, plan=plan, area=area, role=role)
    Suggestion.objects.bulk_create(
        Suggestion(
            round=made,
            volunteer_id=one.volunteer_id,
            opportunity_id=one.opportunity_id,
            score=one.score,
            by=by,
        )
        for one in chosen
    )
    audit.record(by=by, action="round.drawn_up", subject=made, people=len(chosen))
    return made


@transaction.atomic
def remove(*, suggestion: Suggestion, by: User) -> None:
    """Take a person out of a draft. Raises Conflict where the round is sent."""
    policies.check_can_suggest(by)
    _check_is_draft(suggestion.round)
    audit.record(by=by, action="suggestion.removed", subject=suggestion)
    suggestion.delete()


@transaction.atomic
def swap(*, suggestion: Suggestion, opportunity: Opportunity, by: User) -> None:
    """Suggest another role to a person of a draft. Raises Conflict where the round is sent, or the
    role cannot be suggested to them.
    """
    policies.check_can_suggest(by)
    _check_is_draft(suggestion.round)
    if why_not := suggestions.why_it_cannot_be_sent(suggestion.volunteer, opportunity):
        raise Conflict(why_not, code="not_to_be_had")
    suggestion.opportunity, suggestion.score = opportunity, None
    suggestion.save(update_fields=["opportunity", "score", "updated_at"])
    audit.record(by=by, action="suggestion.swapped", subject=suggestion, role=opportunity.pk)


@transaction.atomic
def send(*, round_: PlacementRound, by: User) -> int:
    """Send a draft to its people; give how many it went to. What is not to be had any more is
    dropped. Raises Conflict where it was sent before, or nobody is in it.
    """
    policies.check_can_suggest(by)
    if not PlacementRound.objects.filter(pk=round_.pk, sent_at=None).update(sent_at=now()):
        raise _is_sent()
    drafts = round_.suggestions.filter(state=State.DRAFT).select_related(
        "volunteer__user", "opportunity__organisation"
    )
    sent = sum(_send_one(suggestion, by) for suggestion in drafts)
    audit.record(by=by, action="round.sent", subject=round_, people=sent)
    return sent


@transaction.atomic
def discard(*, round_: PlacementRound, by: User) -> None:
    """Throw a draft away. Raises Conflict where it was sent."""
    policies.check_can_suggest(by)
    _check_is_draft(round_)
    audit.record(by=by, action="round.discarded", subject=round_)
    round_.delete()


def _send_one(suggestion: Suggestion, by: User) -> bool:
    if not suggestions.why_it_cannot_be_sent(suggestion.volunteer, suggestion.opportunity):
        try:
            with transaction.atomic():
                suggestions.put_out(suggestion, by=by)
        except IntegrityError:  # another broker was quicker
            pass
        else:
            return True
    Suggestion.objects.filter(pk=suggestion.pk).update(state=State.DROPPED, updated_at=now())
    return False


def _proposals(area: str, role: Opportunity | None) -> QuerySet[ProposedPlacement]:
    """What the plan proposes for people who still wait and have nothing else to answer."""
    of_person = {"volunteer": OuterRef("volunteer")}
    of_pair = of_person | {"opportunity": OuterRef("opportunity")}
    before = Suggestion.objects.filter(**of_pair).exclude(suggestions.MAY_BE_PROPOSED_AGAIN)
    proposals = ProposedPlacement.objects.filter(
        ~Exists(Suggestion.objects.filter(state=State.SENT, **of_person)),
        ~Exists(TimedOffer.objects.filter(state=TimedOffer.State.LIVE, **of_person)),
        ~Exists(HiddenRole.objects.filter(**of_pair)),
        ~Exists(Application.objects.filter(**of_pair)),
        ~Exists(before),
        volunteer__in=Volunteer.objects.waiting().values("pk"),
        opportunity__in=Opportunity.objects.open().values("pk"),
    ).select_related("opportunity", "volunteer")
    if area:
        proposals = proposals.filter(volunteer__ward_code=area)
    if role is not None:
        proposals = proposals.filter(opportunity=role)
    return proposals.order_by("volunteer__waiting_since", "pk")


def _with_places(proposals: QuerySet[ProposedPlacement], most: int) -> list[ProposedPlacement]:
    """The first of them, for each role no more than it has places that nobody has asked for."""
    left: dict[int, int] = {}
    chosen: list[ProposedPlacement] = []
    for one in proposals:
        role = one.opportunity
        free = left.setdefault(role.pk, role.places_left - role.applications_pending)
        if free > 0:
            left[role.pk] = free - 1
            chosen.append(one)
        if len(chosen) == most:
            break
    return chosen


def _check_is_draft(round_: PlacementRound | None) -> None:
    if round_ is None or round_.sent_at is not None:
        raise _is_sent()


def _is_sent() -> Conflict:
    return Conflict(_("This round has been sent, so it cannot be changed."), code="sent")

"""Offer a free place to the first in line, keep it for three days, and pass it on.

A live offer takes up a place of its role by the same conditional UPDATE as everything else that
does, so that there are never more offers than places. Each step is one conditional UPDATE on the
offer: of an answer and the end of the time, one wins.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from core.outbox import facts
from opportunities.models import Opportunity, Organisation
from placements import policies, time_limits
from placements.models import Application, TimedOffer, WaitingListEntry
from placements.services import (
    applications,
    locks,
    messages,
    moves,
    places,
    waiting_lists,
    waiting_messages,
)
from placements.states import State
from volunteers.models import Volunteer

Entry = WaitingListEntry
Offer = TimedOffer.State


def free_for_waiting_lists(role: Opportunity) -> int:
    """Give how many places of a role nobody has, is offered or has asked for; 0 where the role
    takes nobody, or pauses until its group has answered people: nobody is sent to a group that does
    not answer. Offers made before stay valid. Loads the group.
    """
    if role.status != Opportunity.Status.OPEN or not role.organisation.is_verified:
        return 0
    if role.catching_up_since is not None:
        return 0
    return max(0, role.places_left - role.applications_pending)


def free_for_kinds(role: Opportunity) -> int:
    """Give how many of these may be offered to lists for a kind of role: at most half of the places
    that nobody has, and always one, are kept for those lists at a time.

    Otherwise a new role would look full to everybody for three days. The list of the role itself
    has no such limit: its people wait for this one, and found it full. Three queries; loads the
    group.
    """
    free = free_for_waiting_lists(role)
    if not free:
        return 0
    kept = role.timed_offers.filter(state=Offer.LIVE)
    of_kinds = kept.filter(entry__opportunity=None).count()
    nobody_has = role.places_left + kept.count()
    return min(free, max(0, max(1, nobody_has // 2) - of_kinds))


@transaction.atomic
def make(*, entry: Entry, opportunity: Opportunity) -> TimedOffer | None:
    """Offer a free place to somebody on a list; None where by now there is none, or the person has
    another offer to answer, is off the list, or was offered this role before.
    """
    role = locks.role(opportunity.pk)
    free = free_for_kinds(role) if entry.is_pooled else free_for_waiting_lists(role)
    if not free or not locks.people([entry.volunteer_id]):
        return None
    at = now()
    end = time_limits.answer_by(at)
    try:
        with transaction.atomic():
            if not Entry.objects.filter(pk=entry.pk, state=Entry.State.WAITING).update(
                state=Entry.State.OFFERED, last_offered_at=at, updated_at=at
            ):
                return None
            offer = TimedOffer.objects.create(
                entry=entry,
                volunteer=entry.volunteer,
                opportunity=role,
                made_at=at,
                answer_by=end,
                remind_at=time_limits.remind_at(end),
            )
    except IntegrityError:
        return None
    places.take(role.pk)
    _record(offer, by=None)
    waiting_messages.offered(offer)
    return offer


@transaction.atomic
def take_up(*, offer: TimedOffer, by: User | None) -> Application:
    """The person says yes: they have the place, or where the group wants to say yes first, it gets
    their application.

    Raises Conflict where the time is over or the offer answered, and the error of a gate that has
    closed since.
    """
    role = locks.role(offer.opportunity_id)
    if now() >= offer.answer_by:
        raise moves.time_is_over()
    _end(offer, Offer.TAKEN, by=by)
    role.refresh_from_db()
    volunteer = offer.volunteer
    for gate in policies.closed_to_the_first_in_line(door := policies.door(volunteer, role)):
        raise gate.error(gate.sentence(door), code=gate.code)
    direct = role.takes_from_waiting_list
    application = applications.begin(
        volunteer=volunteer,
        opportunity=role,
        state=State.ACCEPTED if direct else State.SUBMITTED,
        came_by=Application.CameBy.WAITING_LIST,
        by=by,
    )
    if direct:
        messages.placed_from_waiting_list(application)
        messages.place_confirmed(application)
    else:
        messages.submitted(application)
        messages.received(application)
    return application


@transaction.atomic
def refuse(*, offer: TimedOffer, keep_place: bool = False, by: User | None) -> None:
    """The person says no. In a list for a kind of role they may keep their place for another one.

    Raises Conflict where the time is over or the offer answered.
    """
    _end(offer, Offer.REFUSED, by=by)
    waiting_lists.give_back(offer.entry)
    if not (keep_place and offer.entry.is_pooled):
        waiting_lists.end([offer.entry_id], Entry.State.LEFT, Entry.Why.SAID_NO, by=by)
    if by is not None:  # not who deletes their account
        waiting_messages.refused(offer, stays=keep_place and offer.entry.is_pooled)


def end_unanswered() -> int:
    """End the offers whose time is over and free their places for the next; give how many. Safe to
    run at any time and again.

    Who did not answer goes to the end of a pooled list, and the second time off it; a role's own
    list they are off at once. Where the role or its group was stopped, nobody could say yes: the
    offer just ends, and they wait again where they stood.
    """
    over = TimedOffer.objects.filter(state=Offer.LIVE, answer_by__lte=now())
    ended = 0
    for offer in over.select_related("entry", "volunteer__user", "opportunity__organisation"):
        try:
            with transaction.atomic():
                if offer.opportunity.is_public:
                    _end(offer, Offer.LAPSED, by=None)
                    _after_no_answer(offer)
                else:
                    _end_kindly(offer)
        except Conflict:  # answered in this moment
            continue
        ended += 1
    return ended


def remind() -> int:
    """Remind everybody who has a day left to answer; give how many. Nobody is reminded twice."""
    due = TimedOffer.objects.filter(state=Offer.LIVE, remind_at__lte=now(), answer_by__gt=now())
    reminded = 0
    for offer in due.select_related("volunteer__user", "opportunity__organisation"):
        with transaction.atomic():
            if due.filter(pk=offer.pk).update(remind_at=None, updated_at=now()):
                waiting_messages.reminder(offer)
                reminded += 1
    return reminded


def end_all(*, opportunity: Opportunity) -> int:
    """End the live offers of a role that takes nobody any more; give how many. Safe to run again.

    The people wait again where they stood. Loads the group.
    """
    if opportunity.is_public:
        return 0
    ended = 0
    live = opportunity.timed_offers.filter(state=Offer.LIVE)
    for offer in live.select_related("entry", "volunteer__user", "opportunity__organisation"):
        try:
            with transaction.atomic():
                _end_kindly(offer)
        except Conflict:
            continue
        ended += 1
    return ended


@transaction.atomic
def take_back(
    *, volunteer: Volunteer, organisation: Organisation | None = None, by: User | None
) -> int:
    """End the offer that a person has to answer, who may take no place for now (of this group, if
    one is named); give how many. They wait again where they stood, and the place goes to the next.
    Safe to run again.
    """
    live = TimedOffer.objects.filter(volunteer=volunteer, state=Offer.LIVE)
    if organisation is not None:
        live = live.filter(opportunity__organisation=organisation)
    taken_back = 0
    for offer in live.select_related("entry", "opportunity"):
        try:
            with transaction.atomic():
                _end(offer, Offer.ENDED, by=by)
                waiting_lists.give_back(offer.entry)
        except Conflict:  # answered in this moment
            continue
        taken_back += 1
    return taken_back


def _end(offer: TimedOffer, state: TimedOffer.State, *, by: User | None) -> None:
    """Take a live offer to its end and give its place back. Raises Conflict where it is over."""
    at = now()
    places.free(offer.opportunity_id)
    locks.person(offer.volunteer_id)
    if not TimedOffer.objects.filter(pk=offer.pk, state=Offer.LIVE).update(
        state=state, ended_at=at, remind_at=None, updated_at=at
    ):
        offer.refresh_from_db()
        if offer.state == Offer.LAPSED:
            raise moves.time_is_over()
        raise Conflict(_("You have answered this already."), code="wrong_state")
    facts.state("place.free", offer.opportunity_id)
    offer.refresh_from_db(fields=["state", "ended_at", "remind_at"])
    _record(offer, by=by)


def _end_kindly(offer: TimedOffer) -> None:
    """End an offer of a role that takes nobody: the person waits again where they stood."""
    _end(offer, Offer.ENDED, by=None)
    waiting_lists.give_back(offer.entry, unanswered=offer.entry.unanswered)
    waiting_messages.ended(offer)


def _after_no_answer(offer: TimedOffer) -> None:
    entry = offer.entry
    unanswered = entry.unanswered + 1
    stays = entry.is_pooled and unanswered < waiting_lists.MOST_UNANSWERED
    waiting_lists.give_back(entry, at_the_end=stays, unanswered=unanswered)
    if not stays:
        waiting_lists.end([entry.pk], Entry.State.LEFT, Entry.Why.UNANSWERED, by=None)
    waiting_messages.not_answered(offer, stays=stays)


def _record(offer: TimedOffer, *, by: User | None) -> None:
    audit.record(
        by=by,
        action=f"timed_offer.{offer.state}",
        subject=offer,
        opportunity=offer.opportunity_id,
    )

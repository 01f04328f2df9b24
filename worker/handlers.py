"""Which work follows which fact.

A handler takes the id of the fact's subject and the lease that it works under. It may run more than
once for one fact, and its subject may be gone when it runs: both must do no harm. It computes
first, then writes in a transaction that begins with `lease.check()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.outbox import tidying
from core.outbox.health import HEARTBEAT
from core.outbox.leases import Lease
from desk.services import telling
from insights.services import (
    campaign_outcomes,
    campaign_sending,
    capacity,
    figures,
    kept_reports,
    role_plans,
    segments,
    simulations,
    yearly_question,
)
from matching import recommender
from matching.recommender import live_counts
from matching.services import (
    alerts,
    impressions,
    invitations,
    refusals,
    runs,
    suggestions,
    waiting_places,
)
from notifications.services import delivery, digests, sealed_mail, texting
from opportunities.models import Opportunity
from opportunities.services import (
    followed_searches,
    invitation_mail,
    limits,
    roles,
    saved_searches,
    search_index,
)
from placements.models import Application
from placements.services import (
    answering,
    attendance,
    catching_up,
    group_reminders,
    held,
    places,
    room_messages,
    session_reminders,
    still_going,
    timed_offers,
    unanswered,
    waiting_lists,
)
from placements.services import limits as placement_limits
from volunteers.services import parents, profiles
from worker.app import QUICK, SLOW

Work = Callable[[int, Lease], object]


@dataclass(frozen=True, slots=True)
class Handler:
    """The work that follows one kind of fact, and the queue that it waits in."""

    work: Work
    queue: str = QUICK


class UnknownKindError(Exception):
    """No work is known for this kind of fact: it was stated by another version of the service."""


def handler_for(kind: str) -> Handler:
    """Give the handler of this kind of fact. Raises UnknownKindError if there is none."""
    try:
        return HANDLERS[kind]
    except KeyError:
        raise UnknownKindError(kind) from None


def slow_kinds() -> list[str]:
    """The kinds of fact whose work waits in the slow queue."""
    return [kind for kind, handler in HANDLERS.items() if handler.queue == SLOW]


def prepare() -> None:
    """Load what work needs that takes seconds to load, before there is any work: scikit-learn, and
    the model and the encoders where there is a model.
    """
    _ = recommender.refresh_volunteer
    recommender.warm_up()


# The recommender's functions are looked up when they are called: scikit-learn comes with them,
# which neither beat nor the relay nor a worker's parent process needs.
def _refresh_volunteer(volunteer_id: int, lease: Lease) -> None:
    recommender.refresh_volunteer(volunteer_id, lease)


def _follow_role(opportunity_id: int, lease: Lease) -> None:
    if role := Opportunity.objects.filter(pk=opportunity_id).first():
        unanswered.lapse_unanswered(opportunity=role)
    attendance.follow_dates(opportunity_id)
    waiting_places.offer_places(opportunity_id, lease)
    search_index.write([opportunity_id])
    saved_searches.follow_role(opportunity_id)
    recommender.refresh_role(opportunity_id, lease)


def _follow_import(first_id: int, lease: Lease) -> None:
    search_index.rebuild()
    runs.request(by=None)


def _refresh_application(application_id: int, lease: Lease) -> None:
    loaded = Application.objects.select_related("opportunity", "volunteer__user")
    if application := loaded.filter(pk=application_id).first():
        waiting_lists.follow_application(application=application)
        suggestions.follow_application(application=application)
    recommender.refresh_application(application_id, lease)
    placement_limits.ask_after(application_id)
    impressions.follow_placement(application_id)


def _refresh_answering(night: int, lease: Lease) -> None:
    answering.refresh_answering_record()
    recommender.refresh_answering()


def _follow_offers() -> None:
    """End what was not answered in time, then remind those who have a day left."""
    unanswered.end_offers()
    timed_offers.end_unanswered()
    unanswered.remind_of_offers()
    timed_offers.remind()
    suggestions.end_unanswered()


def _tell_of_new_roles(search_id: int, lease: Lease) -> None:
    alerts.tell(search_id)
    followed_searches.tell(search_id, lease)


def _begin_run(run_id: int, lease: Lease) -> None:
    recommender.begin_run(run_id, lease)


def _rank_block(block_id: int, lease: Lease) -> None:
    recommender.rank_block(block_id, lease)


def _learn_weights(week: int, lease: Lease) -> None:
    recommender.learn_weights(lease)


def _work_out_figures(night: int, lease: Lease) -> None:
    figures.refresh_running(lease)
    kept_reports.keep_final(lease)


def _tidy(night: int, lease: Lease) -> None:
    tidying.delete_old()
    sealed_mail.forget()


HANDLERS: dict[str, Handler] = {
    "profile.changed": Handler(_refresh_volunteer),
    # Compares the role with everybody: the first time in a process that takes seconds.
    "role.changed": Handler(_follow_role, SLOW),
    "room.made": Handler(room_messages.tell_of_room),
    "shift.opened": Handler(room_messages.tell_of_shift),
    "place.free": Handler(waiting_places.offer_places),
    "waiting.joined": Handler(waiting_places.offer_to),
    "roles.imported": Handler(_follow_import, SLOW),
    "application.changed": Handler(_refresh_application),
    "application.refused": Handler(refusals.tell),
    "answer.held": Handler(lambda application_id, lease: held.send(application_id)),
    "notification.created": Handler(delivery.deliver),
    "notification.text": Handler(texting.deliver),
    "mail.sealed": Handler(sealed_mail.send),
    "digest.due": Handler(digests.send, SLOW),
    "parent.asked": Handler(parents.mail),
    "group.invited": Handler(invitation_mail.send),
    "invitation.made": Handler(invitations.send, SLOW),
    "ranking.requested": Handler(_begin_run, SLOW),
    "ranking.block": Handler(_rank_block, SLOW),
    # What happens by the clock (worker/timetable.py): the subject is the number of the period.
    HEARTBEAT: Handler(lambda minute, lease: None),
    "hour.digests": Handler(lambda hour, lease: digests.begin()),
    "hour.closing": Handler(lambda hour, lease: roles.close_past()),
    "hour.waiting": Handler(lambda hour, lease: waiting_places.offer_all(lease)),
    "offers.time": Handler(lambda period, lease: _follow_offers()),
    "hour.catching_up": Handler(lambda hour, lease: catching_up.follow_all()),
    "day.answers": Handler(lambda day, lease: group_reminders.remind()),
    "day.sessions": Handler(lambda day, lease: session_reminders.remind(lease)),
    "night.ranking": Handler(lambda night, lease: runs.request(by=None)),
    "night.reconciliation": Handler(lambda night, lease: places.reconcile(), SLOW),
    "day.limits": Handler(lambda day, lease: limits.ask_groups(), SLOW),
    "night.counting": Handler(lambda night, lease: live_counts.refresh_due(), SLOW),
    "night.answering": Handler(_refresh_answering, SLOW),
    "search.alert": Handler(_tell_of_new_roles),
    "search.followed": Handler(followed_searches.ask_to_confirm),
    "day.searches": Handler(lambda day, lease: saved_searches.state_due()),
    "night.search": Handler(lambda night, lease: search_index.rebuild(), SLOW),
    "week.learning": Handler(_learn_weights, SLOW),
    "campaign.sending": Handler(campaign_sending.send, SLOW),
    "day.still_going": Handler(lambda day, lease: still_going.ask_due(), SLOW),
    "night.tidying": Handler(_tidy, SLOW),
    "day.starters": Handler(lambda day, lease: profiles.welcome_starters()),
    "night.followed": Handler(lambda night, lease: followed_searches.forget()),
    "night.capacity": Handler(lambda night, lease: capacity.refresh_due(lease), SLOW),
    "night.figures": Handler(_work_out_figures, SLOW),
    "night.campaigns": Handler(lambda night, lease: campaign_outcomes.work_out_months(lease), SLOW),
    "night.segments": Handler(lambda night, lease: segments.refresh(lease), SLOW),
    "simulation.asked": Handler(simulations.run, SLOW),
    "role_plan.made": Handler(simulations.ask_of_month),
    "night.role_plan": Handler(lambda night, lease: role_plans.refresh_due(lease), SLOW),
    "day.yearly_question": Handler(lambda day, lease: yearly_question.ask_due(lease)),
    "yearly_question.opened": Handler(yearly_question.tell_groups, SLOW),
    "night.ways_to_tell": Handler(lambda night, lease: telling.forget_where_mail_reaches()),
    "night.parents": Handler(lambda night, lease: parents.forget()),
}

"""What happens to a person's applications when their account is deleted.

They are deleted, not kept without a name: a row that says who asked for which role when, and what
came of it, can be recognised by whoever was there (docs/adr/0012). What statistics of past months
need is counted first, by month and for the whole borough.
"""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core.clock import LONDON
from core.outbox import facts
from notifications.services import forgetting
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.selectors import each_member
from placements import states
from placements.models import Application, ErasedCount, HoursEntry, TimedOffer
from placements.services import locks, places, timed_offers
from placements.states import State
from volunteers.models import Volunteer

Measure = ErasedCount.Measure


def leave_all(person: User) -> None:
    """Free the person's places, tell their groups without a name, count what was, and take back the
    messages that name them. The caller deletes the rows, in the same transaction.
    """
    volunteer_id = Volunteer.objects.filter(user=person.pk).values_list("pk", flat=True).first()
    if volunteer_id is None:
        return
    locks.person_with_roles(volunteer_id, to_delete=True)
    theirs = list(
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("opportunity__organisation")
        .filter(volunteer__user=person.pk)
        .order_by("pk")
    )
    for application in theirs:
        _count(application)
        state = State(application.state)
        if states.places_held(state) or states.waits(state):
            places.follow(application.opportunity_id, before=state, after=State.WITHDRAWN)
            facts.state("role.changed", application.opportunity_id)
            _tell_group(application)
    for offer in TimedOffer.objects.filter(volunteer__user=person.pk, state=TimedOffer.State.LIVE):
        timed_offers.refuse(offer=offer, by=None)
    forgetting.forget(_keys(theirs))


def _keys(theirs: list[Application]) -> list[str]:
    """Give how the keys of messages begin that are about these applications."""
    return [
        key
        for application in theirs
        for key in (
            f"application:{application.pk}:",
            *(f"message:{message.pk}:" for message in application.messages.all()),
            *(f"hours:{entry.pk}:" for entry in application.hours.all()),
        )
    ]


def _tell_group(application: Application) -> None:
    role = application.opportunity
    for member in each_member(role.organisation):
        notify(
            recipient=member,
            kind="application.gone",
            key=f"gone:{application.pk}:{member.pk}",
            subject=subject_line(_("Somebody has left: “%(role)s”"), {"role": role.title}),
            body=_(
                "Somebody who asked for “%(role)s” has deleted their account. Their "
                "application is gone with it. If they had a place, it is free again.\n\n"
                "You need not do anything."
            )
            % {"role": role.title},
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )


def _count(application: Application) -> None:
    made = application.created_at.astimezone(LONDON).date().replace(day=1)
    _add(made, Measure.APPLIED)
    if application.state in states.TAKEN_ON:
        _add(made, Measure.TAKEN_ON)
    for entry in application.hours.filter(state=HoursEntry.State.CONFIRMED):
        _add(entry.day.replace(day=1), Measure.MINUTES, entry.minutes)


def _add(month: date, measure: ErasedCount.Measure, amount: int = 1) -> None:
    row, __ = ErasedCount.objects.get_or_create(month=month, measure=measure)
    ErasedCount.objects.filter(pk=row.pk).update(amount=F("amount") + amount)

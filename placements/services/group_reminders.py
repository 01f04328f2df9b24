"""Remind groups of people who wait for an answer: on the third and on the fifth day."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.clock import LONDON, now
from notifications.models import Notification
from notifications.services.messages import notify
from opportunities.models import Organisation
from opportunities.selectors import each_member
from placements.answering import waiting_for_the_group
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.time_limits import ANSWER_WITHIN

if TYPE_CHECKING:
    from placements.answering import WaitingApplication

#: After so many days of waiting a group is reminded of a person.
DAYS = (3, 5)


def remind() -> int:
    """Remind each group of those who have waited three or five days; give how many groups.

    One message to each member of a group a day, with the whole list. Safe to run at any time and
    again: nobody is named twice for the same wait, and who falls due later on a day is named on the
    next.
    """
    at = now()
    due: defaultdict[int, list[WaitingApplication]] = defaultdict(list)
    for application in _due(at):
        due[application.opportunity.organisation_id].append(application)
    return sum(_remind(group, people, at) for group, people in sorted(due.items()))


def _due(at: datetime) -> "list[WaitingApplication]":
    waiting = (
        waiting_for_the_group()
        .filter(
            held_move="",
            group_reminders__lt=len(DAYS),
            waits_since__lte=at - timedelta(days=DAYS[0]),
            opportunity__organisation__suspended_at=None,
        )
        .select_related("opportunity__organisation", "volunteer__user")
        .order_by("waits_since", "pk")
    )
    return [one for one in waiting if _reminders_due(one, at) > one.group_reminders]


def _reminders_due(application: "WaitingApplication", at: datetime) -> int:
    return sum(at - application.waits_since >= timedelta(days=days) for days in DAYS)


@transaction.atomic
def _remind(group_id: int, people: "list[WaitingApplication]", at: datetime) -> bool:
    day = at.astimezone(LONDON).date()
    group = Organisation.objects.get(pk=group_id)
    key = f"answers_due:{group_id}:{day}"
    if Notification.objects.filter(key__startswith=f"{key}:").exists():
        return False
    for application in sorted(people, key=lambda one: one.pk):
        Application.objects.filter(
            pk=application.pk, group_reminders=application.group_reminders
        ).update(group_reminders=_reminders_due(application, at))
    number, told = len(people), False
    for member in each_member(group):
        told = True
        notify(
            recipient=member,
            kind="answers.due",
            key=f"{key}:{member.pk}",
            subject=ngettext(
                "%(number)s person waits for your answer",
                "%(number)s people wait for your answer",
                number,
            )
            % {"number": number},
            body=_(
                "%(list)s\n\nWhat to do next: answer them within %(days)s days of their asking. "
                "You can answer several at once. A kind no is better than silence."
            )
            % {
                "list": "\n".join(_line(application, at) for application in people),
                "days": ANSWER_WITHIN.days,
            },
            link=f"/groups/{group_id}/",
        )
    return told


def _line(application: "WaitingApplication", at: datetime) -> str:
    days = (at - application.waits_since).days
    return ngettext(
        "%(name)s has waited %(days)s day for “%(role)s”.",
        "%(name)s has waited %(days)s days for “%(role)s”.",
        days,
    ) % {
        "name": seen_by_group(application).name,
        "days": days,
        "role": application.opportunity.title,
    }

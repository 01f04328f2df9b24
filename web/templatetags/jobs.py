"""What a job is about, in words that the volunteer centre knows."""

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Fact
from desk.job_subjects import Thing
from opportunities.models import Opportunity

register = template.Library()

_WORK: dict[str, Promise] = {
    "profile.changed": _("Find roles for a volunteer"),
    "role.changed": _("Find people for a role"),
    "application.changed": _("Follow up an application"),
    "hour.catching_up": _("Pause roles whose group does not answer"),
    "day.answers": _("Remind groups of people who wait"),
    "day.sessions": _("Remind people of sessions on the next day"),
    "application.refused": _("Tell a person of a no, with what they can do next"),
    "answer.held": _("Send a group’s answer to a person"),
    "group.invited": _("Invite somebody to act for a group"),
    "invitation.made": _("Write to a volunteer about a role"),
    "notification.created": _("Send a message"),
    "notification.text": _("Send a text message"),
    "mail.sealed": _("Send a mail about an account"),
    "digest.due": _("Send a mail with several messages"),
    "parent.asked": _("Write to a parent"),
    "room.made": _("Tell people of new room in a role"),
    "shift.opened": _("Tell people of a role at another time"),
    "search.followed": _("Ask somebody to confirm what they follow"),
    "ranking.requested": _("Begin a ranking of everybody"),
    "ranking.block": _("A part of a ranking of everybody"),
    "hour.closing": _("Close roles that are over"),
    "place.free": _("Offer a free place to the first in line"),
    "waiting.joined": _("Look for a free place for somebody who waits"),
    "hour.waiting": _("Offer free places to people who wait"),
    "day.limits": _("Ask groups what keeps them from taking more people"),
    "night.counting": _("Count who waits, for groups that write roles"),
    "offers.time": _("Remind people of offers, and end those that are over"),
    "night.reconciliation": _("Count places again"),
    "search.alert": _("Tell a person of new roles in a saved search"),
    "day.searches": _("Tell people of the day’s new roles in their saved searches"),
    "night.search": _("Read all roles again for the search"),
    "night.tidying": _("Tidy up at night"),
    "heartbeat": _("See whether jobs are done"),
}


@register.filter
def work_of(kind: str) -> str:
    """Give what a kind of fact is followed by; the kind itself where it is new."""
    return str(_WORK.get(kind, kind))


@register.filter
def of_job(things: dict[int, list[Thing]], job: Fact) -> list[Thing]:
    """Give whom and what a job is about, of `desk.job_subjects.things_of`."""
    return things.get(job.pk, [])


@register.filter
def desk_page(thing: Thing) -> str:
    """Give the address of the desk's page about a person, a group or a role."""
    if isinstance(thing, User):
        return reverse("web:desk-person", args=[thing.pk])
    kind = "role" if isinstance(thing, Opportunity) else "group"
    return reverse(f"web:desk-{kind}", args=[thing.pk])

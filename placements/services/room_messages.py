"""Tell people who asked for a role what its group did so that more of them have room.

Who waits for the group's answer is told at once; who is on its list is offered the new places as
any other. Shifts are told of when they are open, since before that nobody can ask for them.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of
from core.outbox.leases import Lease
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import MoreRoom, Opportunity
from placements.models import Application, WaitingListEntry
from volunteers.models import Volunteer

Kind = MoreRoom.Kind


def tell_of_room(done_id: int, lease: Lease) -> int:
    """Tell those who wait for an answer that people share places or take turns now; give how many.
    Each is told once, however often it is run; nobody is once it was undone.
    """
    steps = MoreRoom.objects.standing().filter(kind__in=[Kind.JOB_SHARE, Kind.TURNS])
    done = steps.select_related("opportunity__organisation").filter(pk=done_id).first()
    if done is None:
        return 0
    role = done.opportunity
    waiting = Application.objects.pending().filter(opportunity=role).order_by("pk")
    people = [one.volunteer for one in waiting.select_related("volunteer__user")]
    for person in people:
        with transaction.atomic(), language_of(person.user):
            lease.check()
            notify(
                recipient=person.user,
                kind="room.made",
                key=f"room.made:{done.pk}:{person.pk}",
                subject=subject_line(_("There is more room in “%(role)s”"), {"role": role.title}),
                body=_how(done.kind) % {"group": role.organisation.name, "role": role.title},
                link=f"/roles/{role.pk}/",
            )
    return len(people)


def _how(kind: str) -> str:
    if kind == Kind.JOB_SHARE:
        return _(
            "%(group)s has more places in “%(role)s” now: two people can share one, and agree who "
            "comes when.\n\n"
            "What happens next: you need not do anything. The group reads what you wrote, and "
            "answers you."
        )
    return _(
        "%(group)s has more places in “%(role)s” now: people take turns, so that each comes less "
        "often. The role’s page says how.\n\n"
        "What happens next: you need not do anything. The group reads what you wrote, and answers "
        "you."
    )


def tell_of_shift(role_id: int, lease: Lease) -> int:
    """Tell those who asked for a role, or are on its list, that it is open at another time too;
    give how many. Each is told once, however often it is run.
    """
    shift = Opportunity.objects.public().select_related("organisation").filter(pk=role_id).first()
    begun = MoreRoom.objects.standing().filter(kind=Kind.SHIFTS, drafts=role_id).first()
    if shift is None or begun is None:
        return 0
    people = _who_asks(begun.opportunity_id)
    for person in people:
        with transaction.atomic(), language_of(person.user):
            lease.check()
            notify(
                recipient=person.user,
                kind="room.shift",
                key=f"room.shift:{shift.pk}:{person.pk}",
                subject=subject_line(_("Open at another time too: “%(role)s”"), _of(shift)),
                body=_(
                    "You asked for a role of %(group)s that many want. It can be done at another "
                    "time too: “%(role)s”.\n\n"
                    "What you can do next: look at it, and ask for it if the time suits you. What "
                    "you asked for before stays as it is."
                )
                % _of(shift),
                link=f"/roles/{shift.pk}/",
            )
    return len(people)


def _of(role: Opportunity) -> dict[str, str]:
    return {"role": role.title, "group": role.organisation.name}


def _who_asks(role_id: int) -> list[Volunteer]:
    asked = Application.objects.pending().filter(opportunity=role_id).values("volunteer")
    listed = WaitingListEntry.objects.live().filter(opportunity=role_id).values("volunteer")
    people = Volunteer.objects.filter(pk__in=asked) | Volunteer.objects.filter(pk__in=listed)
    return list(people.select_related("user").order_by("pk"))

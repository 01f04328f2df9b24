"""Write to people of the service's own accord about a role that may suit them, and note what came
of it. Whom a plan invites is decided in `matching.recommender.inviting`.
"""

from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.languages import language_of
from core.clock import now, today
from matching import hiding, selectors
from matching.models import Invitation
from matching.recommender.live_rule import enough_have_asked
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from volunteers.models import Volunteer

Answer = Invitation.Answer


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def send(invitation_id: int, lease: Lease) -> bool:
    """Send one invitation, with its reasons; give whether this call sent it.

    By now the person may want none, or the role be full, or enough people wait for it: then it is
    dropped. Delivered again, it does nothing.
    """
    invitation = (
        Invitation.objects.to_send()
        .select_related("volunteer__user", "opportunity__organisation")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None:
        return False
    with language_of(invitation.volunteer.user):
        message = _message(invitation) if _still_wanted(invitation) else None
        with transaction.atomic():
            lease.check()
            of = Invitation.objects.to_send().filter(pk=invitation_id)
            if message is None:
                of.update(dropped_at=now())
                return False
            if of.update(sent_at=now()):
                notify(
                    recipient=invitation.volunteer.user,
                    kind="invitation",
                    key=f"invitation:{invitation_id}",
                    subject=message[0],
                    body=message[1],
                    link=f"/roles/{invitation.opportunity_id}/",
                )
    return True


def opened(volunteer: Volunteer, opportunity: Opportunity) -> None:
    """That the person looked at a role that they were invited to."""
    _sent(volunteer, opportunity).filter(opened_at__isnull=True).update(opened_at=now())


def answered(volunteer: Volunteer, opportunity: Opportunity, answer: Invitation.Answer) -> None:
    """What the person did about a role that they were invited to; the first answer stands."""
    of = _sent(volunteer, opportunity).filter(answer=Answer.NONE)
    of.update(answer=answer, answered_at=now())


def _sent(volunteer: Volunteer, opportunity: Opportunity) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        volunteer=volunteer, opportunity=opportunity, sent_at__isnull=False
    )


def _still_wanted(invitation: Invitation) -> bool:
    volunteer = invitation.volunteer
    wants = (
        volunteer.user.is_active
        and volunteer.paused_at is None
        and volunteer.waiting_since is not None
        and volunteer.welcomes_invitations
        and (volunteer.can_start_from is None or volunteer.can_start_from <= today())
    )
    role = invitation.opportunity
    may_ask = (
        wants
        and not hiding.is_hidden(volunteer, role)
        and not Application.objects.filter(volunteer=volunteer, opportunity=role).exists()
        and policies.can_apply(policies.door(volunteer, role))
    )
    return may_ask and not enough_have_asked(role)


def _message(invitation: Invitation) -> tuple[str, str]:
    """Subject and text."""
    role = invitation.opportunity
    fit = selectors.fit_for(invitation.volunteer, role)
    names = {"role": role.title, "group": role.organisation.name}
    subject = subject_line(_("A role that may suit you: “%(role)s”"), names)
    paragraphs = [
        _("%(group)s is looking for volunteers: “%(role)s”.") % names,
        fit.summary,
        _(
            "This is a suggestion of ours: you need not do anything. If you would like no more of "
            "them, turn them off in your profile, under “Suggestions by message”."
        ),
    ]
    return subject, "\n\n".join(filter(None, paragraphs))

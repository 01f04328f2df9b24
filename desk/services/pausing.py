"""Pause for a person who calls, and go on; they are told."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of
from accounts.models import User
from core.clock import today
from notifications.services.messages import notify
from volunteers.models import Volunteer
from volunteers.services import profiles


@transaction.atomic
def pause(*, volunteer: Volunteer, by: User) -> None:
    """Suggest nothing to a person until they go on. Safe to repeat."""
    profiles.pause(volunteer=volunteer, by=by)
    with language_of(volunteer.user):
        _tell(
            volunteer.user,
            what="paused",
            subject=_("We paused for you"),
            body=_(
                "The volunteer centre paused your search, as you asked us to: we suggest no roles "
                "until you tell us to go on. What you have asked for stays as it is."
            ),
        )


@transaction.atomic
def go_on(*, volunteer: Volunteer, by: User) -> None:
    """Suggest roles to a person again. Safe to repeat."""
    profiles.resume(volunteer=volunteer, by=by)
    with language_of(volunteer.user):
        _tell(
            volunteer.user,
            what="resumed",
            subject=_("We look for roles for you again"),
            body=_("The volunteer centre ended your pause, as you asked us to."),
        )


def _tell(person: User, *, what: str, subject: str, body: str) -> None:
    objection = _(
        "Is something wrong, or did you not ask for this? Tell the volunteer centre, and we put it "
        "right."
    )
    notify(
        recipient=person,
        kind="centre.profile_changed",
        key=f"centre.{what}:{person.pk}:{today().isoformat()}",
        subject=subject,
        body=f"{body}\n\n{objection}",
        link="/me/profile/check/",
    )

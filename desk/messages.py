"""What people are told that the volunteer centre did for them, and how to object: plain text that
reads well on a phone.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import User
from core.clock import now, today
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Organisation
from opportunities.selectors import each_member
from placements.models import Application
from volunteers.models import Volunteer

_in_their_language = in_language_of(lambda about: about.volunteer.user)


@in_language_of(lambda person: person)
def registered(person: User) -> None:
    """Tell a person that they are registered."""
    _tell(
        person,
        kind="centre.registered",
        key=f"centre:registered:{person.pk}",
        subject=_("You are registered as a volunteer"),
        body=_(
            "The volunteer centre registered you, as you asked us to. We look for roles that suit "
            "you, and tell you when a group answers."
        ),
    )


@in_language_of(lambda person: person)
def details_changed(person: User) -> None:
    """Tell a person, once a day, that their name or number was changed."""
    _tell(
        person,
        kind="centre.details_changed",
        key=f"centre:details:{person.pk}:{today().isoformat()}",
        subject=_("We changed your name or phone number for you"),
        body=_("The volunteer centre changed your name or phone number, as you asked us to."),
        link="/me/account/",
    )


@in_language_of(lambda volunteer: volunteer.user)
def profile_changed(volunteer: Volunteer) -> None:
    """Tell a person, once a day, that their profile was changed."""
    _tell(
        volunteer.user,
        kind="centre.profile_changed",
        key=f"centre:profile:{volunteer.pk}:{today().isoformat()}",
        subject=_("We changed your profile for you"),
        body=_(
            "The volunteer centre changed what your profile says, as you asked us to. Your list of "
            "roles follows by itself."
        ),
        link="/me/profile/check/",
    )


@_in_their_language
def withdrew(application: Application) -> None:
    """Tell a person that their application was withdrawn."""
    names = _names(application)
    _tell(
        application.volunteer.user,
        kind="centre.withdrew",
        key=f"centre.withdrew:{application.pk}",
        subject=subject_line(_("We withdrew you from “%(role)s”"), names),
        body=_(
            "The volunteer centre withdrew you from “%(role)s” of %(group)s, as you asked us to."
        )
        % names,
        link=f"/me/applications/{application.pk}/",
    )


@_in_their_language
def took_up(application: Application) -> None:
    """Tell a person that the offered place is theirs."""
    names = _names(application)
    _tell(
        application.volunteer.user,
        kind="centre.took_up",
        key=f"centre.took_up:{application.pk}",
        subject=subject_line(_("You have a place: “%(role)s”"), names),
        body=_(
            "The volunteer centre said yes for you to the place in “%(role)s” that %(group)s "
            "offered you, as you asked us to. The group gets in touch about how to start."
        )
        % names,
        link=f"/me/applications/{application.pk}/",
    )


def acted_for(person: User, *, key: str, body: str, link: str = "") -> None:
    """Tell a person what was done for them, in words of their language; once by `key`."""
    _tell(
        person,
        kind="centre.acted_for_you",
        key=f"centre.acted_for_you:{key}",
        subject=_("The volunteer centre did something for you"),
        body=body,
        link=link,
    )


@in_language_of(lambda volunteer: volunteer.user)
def parent_asked(volunteer: Volunteer, *, number: int) -> None:
    """Tell a person that their parent or guardian was asked; `number` of the mail to them."""
    acted_for(
        volunteer.user,
        key=f"parent:{volunteer.pk}:{number}",
        body=_(
            "The volunteer centre wrote to your parent or guardian, as you asked us to. They say "
            "yes or no with the link in that email, and we tell you."
        ),
        link="/me/parent/",
    )


@in_language_of(lambda person: person)
def data_given(person: User) -> None:
    """Tell a person that a copy of their data was made for them."""
    acted_for(
        person,
        key=f"data:{person.pk}:{now().isoformat()}",
        body=_(
            "The volunteer centre made a copy of everything that we keep about you, to give it to "
            "you as you asked us to."
        )
        + " "
        + _(
            "Answers to the equality questions are not in it: nobody who works here sees them. You "
            "can download them from your own account."
        ),
        link="/me/account/data/",
    )


def group_registered(group: Organisation) -> None:
    """Tell the people who act for a group that it is registered."""
    names = {"group": group.name}
    for person in each_member(group):
        _tell(
            person,
            kind="centre.group_registered",
            key=f"centre:group:{group.pk}:{person.pk}",
            subject=subject_line(_("%(group)s is registered"), names),
            body=_(
                "The volunteer centre registered %(group)s, as you asked us to, and you act for "
                "it. What happens next: we check the group, and write its first role with you."
            )
            % names,
            link=f"/groups/{group.pk}/",
        )


def _names(application: Application) -> Mapping[str, str]:
    role = application.opportunity
    return {"role": role.title, "group": role.organisation.name}


def _tell(person: User, *, kind: str, key: str, subject: str, body: str, link: str = "") -> None:
    objection = _(
        "Is something wrong, or did you not ask for this? Tell the volunteer centre, and we put it "
        "right."
    )
    notify(
        recipient=person,
        kind=kind,
        key=key,
        subject=subject,
        body=f"{body}\n\n{objection}",
        link=link,
    )

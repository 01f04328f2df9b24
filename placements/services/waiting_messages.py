"""What people on a waiting list are told: plain text that reads well on a phone."""

from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.languages import in_language_of
from core.dates import moment_in_words
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity
from placements.models import Application, TimedOffer, WaitingListEntry

LISTS = "/me/waiting/"
#: Of an offer, an entry or an application: in the language of the person whose it is.
_in_their_language = in_language_of(lambda about: about.volunteer.user)


@_in_their_language
def offered(offer: TimedOffer) -> None:
    """Tell the first in line that a place is kept for them, and until when."""
    names = _names(offer)
    after = (
        _("If you say yes, the place is yours at once.")
        if offer.opportunity.takes_from_waiting_list
        else _("If you say yes, the group has your name at once and answers you.")
    )
    _tell(
        offer,
        kind="waiting.offered",
        subject=subject_line(_("A place has come free: “%(role)s”"), names),
        body=_(
            "You are first in line, and a place in “%(role)s” of %(group)s has come free.\n\n"
            "What to do next: say yes or no. It is kept for you until %(end)s; after that the "
            "next person is asked."
        )
        % names
        + f" {after}",
    )


@_in_their_language
def reminder(offer: TimedOffer) -> None:
    """Remind them that time runs out."""
    names = _names(offer)
    _tell(
        offer,
        kind="waiting.reminder",
        subject=subject_line(_("Would you like the place? “%(role)s”"), names),
        body=_(
            "A place in “%(role)s” of %(group)s is kept for you until %(end)s.\n\n"
            "What to do next: say yes or no. If we do not hear from you, the next person is asked."
        )
        % names,
    )


@_in_their_language
def not_answered(offer: TimedOffer, *, stays: bool) -> None:
    """Tell them that the place goes to the next, and where they stand now."""
    names = _names(offer)
    after = (
        _("You are at the end of the waiting list now. If you do not want to wait, leave it.")
        if stays
        else _("You are no longer on this waiting list. You can join it again, at the end.")
    )
    _tell(
        offer,
        kind="waiting.not_answered",
        subject=subject_line(_("It goes to the next person: “%(role)s”"), names),
        body=_(
            "A place in “%(role)s” of %(group)s was kept for you, and we did not hear from you in "
            "time. We hope that all is well."
        )
        % names
        + f"\n\n{after}",
        link=LISTS,
    )


@_in_their_language
def refused(offer: TimedOffer, *, stays: bool) -> None:
    """Confirm to them that they said no, and where they stand now."""
    names = _names(offer)
    after = (
        _("You keep your place on the waiting list for other roles of this kind.")
        if stays
        else _("You are no longer on this waiting list. You can join it again, at the end.")
    )
    _tell(
        offer,
        kind="waiting.refused",
        subject=subject_line(_("You said no to a place: “%(role)s”"), names),
        body=_("You said no to a place in “%(role)s” of %(group)s. It goes to the next person.")
        % names
        + f"\n\n{after}",
        link=LISTS,
    )


@_in_their_language
def ended(offer: TimedOffer) -> None:
    """Tell them that the role takes nobody any more, or for now."""
    names = _names(offer)
    if not offer.opportunity.is_over:
        _tell(
            offer,
            kind="waiting.ended",
            subject=subject_line(_("The role takes nobody for now: “%(role)s”"), names),
            body=_(
                "A place in “%(role)s” of %(group)s was kept for you, and the role takes nobody "
                "for now. We are sorry. You wait again where you stood on your waiting list."
            )
            % names,
            link=LISTS,
        )
        return
    _tell(
        offer,
        kind="waiting.ended",
        subject=subject_line(_("The role has closed: “%(role)s”"), names),
        body=_(
            "A place in “%(role)s” of %(group)s was kept for you, and the role has closed since. "
            "We are sorry. You keep your place on your other waiting lists."
        )
        % names,
        link=LISTS,
    )


@_in_their_language
def role_closed(entry: WaitingListEntry) -> None:
    """Tell somebody on the list of a role that it has closed."""
    role = cast(Opportunity, entry.opportunity)
    notify(
        recipient=entry.volunteer.user,
        kind="waiting.role_closed",
        key=f"waiting:{entry.pk}:role_closed",
        subject=subject_line(_("The role has closed: “%(role)s”"), {"role": role.title}),
        body=_(
            "You were on the waiting list of “%(role)s”, and the role has closed. We are sorry.\n\n"
            "What to do next: your list has other roles that suit you, and you can wait for any "
            "role of a kind that you like."
        )
        % {"role": role.title},
        link="/me/",
    )


@_in_their_language
def still_waiting(application: Application, lists: int) -> None:
    """Ask somebody who has a place now whether they still want to wait for others."""
    notify(
        recipient=application.volunteer.user,
        kind="waiting.still",
        key=f"waiting:still:{application.pk}",
        subject=_("You have a place now. Do you still want to wait for others?"),
        body=ngettext(
            "You have a place in “%(role)s”, and you are still on %(count)s waiting list.",
            "You have a place in “%(role)s”, and you are still on %(count)s waiting lists.",
            lists,
        )
        % {"role": application.opportunity.title, "count": lists}
        + "\n\n"
        + _("What to do next: leave those that you no longer need. Others wait behind you."),
        link=LISTS,
    )


def _names(offer: TimedOffer) -> dict[str, str]:
    role = offer.opportunity
    return {
        "role": role.title,
        "group": role.organisation.name,
        "end": moment_in_words(offer.answer_by),
    }


def _tell(offer: TimedOffer, *, kind: str, subject: str, body: str, link: str = "") -> None:
    notify(
        recipient=offer.volunteer.user,
        kind=kind,
        key=f"offer:{offer.pk}:{kind}",
        subject=subject,
        body=body,
        link=link or f"/me/offers/{offer.pk}/",
    )

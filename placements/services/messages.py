"""What people are told when an application moves: plain text that reads well on a phone."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from core.clock import LONDON
from core.dates import moment_in_words, near_day
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.selectors import each_member
from placements.models import Application
from placements.states import Move, Mover, State
from placements.time_limits import ANSWER_WITHIN

#: In the language of the person who asked.
_in_their_language = in_language_of(lambda application: application.volunteer.user)


@_in_their_language
def submitted(application: Application) -> None:
    """Tell the person that it arrived."""
    _tell_volunteer(
        application,
        kind="submitted",
        subject=subject_line(
            _("You asked for “%(role)s”"), {"role": application.opportunity.title}
        ),
        body=_(
            "%(group)s now has your message about “%(role)s”.\n\n"
            "What happens next: the group reads it. We ask it to answer you by %(asked_by)s. If it "
            "does not suit you any more, you can withdraw at any time."
        )
        % _names(application),
    )


@_in_their_language
def submitted_for_them(application: Application) -> None:
    """Tell the person that the volunteer centre asked for them, and how to object."""
    names = _names(application)
    _tell_volunteer(
        application,
        kind="submitted_for_you",
        subject=subject_line(_("We asked for “%(role)s” for you"), names),
        body=_(
            "The volunteer centre asked %(group)s for a place in “%(role)s” for you, as you asked "
            "us to.\n\n"
            "What happens next: we ask the group to answer you by %(asked_by)s. If you did not ask "
            "for this, or it does not suit you any more, tell the volunteer centre: we withdraw it."
        )
        % names,
    )


def received(application: Application) -> None:
    """Tell the group that somebody asked."""
    role = application.opportunity
    for member in each_member(role.organisation):
        notify(
            recipient=member,
            kind="application.received",
            key=f"application:{application.pk}:received:{member.pk}",
            subject=subject_line(_("Somebody asked for “%(role)s”"), {"role": role.title}),
            body=_(
                "Somebody would like to help with “%(role)s”.\n\n"
                "What to do next: read what they wrote and answer within 10 days. "
                "A kind no is better than silence."
            )
            % _names(application),
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )


def placed_from_waiting_list(application: Application) -> None:
    """Tell the group that the first in line took the place."""
    role = application.opportunity
    for member in each_member(role.organisation):
        name = application.volunteer.user.get_full_name() or _("A volunteer")
        about = {"name": name, "role": role.title}
        notify(
            recipient=member,
            kind="application.from_waiting_list",
            key=f"application:{application.pk}:from_waiting_list:{member.pk}",
            subject=subject_line(_("%(name)s takes a place in “%(role)s”"), about),
            body=_(
                "%(name)s was first on the waiting list and takes the free place in “%(role)s”. "
                "You said that people from the list have it at once.\n\n"
                "What to do next: get in touch with them about how to start."
            )
            % about,
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )


@_in_their_language
def place_confirmed(application: Application) -> None:
    """Tell somebody who said yes to an offer that the place is theirs."""
    names = _names(application)
    body = _(
        "You said yes, and you have a place in “%(role)s” of %(group)s.\n\n"
        "What happens next: the group gets in touch with you about how to start."
    )
    _tell_volunteer(
        application,
        kind="place_confirmed",
        subject=subject_line(_("The place is yours: “%(role)s”"), names),
        body=body % names,
    )


def moved(application: Application, move: Move, *, side: Mover | None = None) -> None:
    """Tell the other side what happened; `side` made it, where either could have.

    That somebody has started, both know.
    """
    if move == Move.START:
        return
    if move == Move.END and side == Mover.VOLUNTEER:
        _tell_group(application, move, kind="stopped")
    elif move in (Move.TAKE_UP, Move.WITHDRAW):
        _tell_group(application, move, kind=move.value)
        if move == Move.TAKE_UP:
            place_confirmed(application)
    elif application.reason == Application.Reason.TIME_OVER:
        _offer_over(application)
    else:
        _moved(application, move)


@_in_their_language
def _moved(application: Application, move: Move) -> None:
    subject, body = _texts(application, move)
    _tell_volunteer(application, kind=move.value, subject=subject, body=body)


def is_refusal(application: Application, move: Move) -> bool:
    """Whether a move leaves the person without the place that they asked for, and not because they
    did not answer."""
    is_over = application.reason == Application.Reason.TIME_OVER
    return move in (Move.DECLINE, Move.LAPSE) and not is_over


@_in_their_language
def refused(application: Application, next_steps: str) -> None:
    """Tell the person that there is no place for them, and what they can do next, in words."""
    move = Move.DECLINE if application.state == State.DECLINED else Move.LAPSE
    subject, body = _texts(application, move)
    _tell_volunteer(application, kind=move.value, subject=subject, body=f"{body}\n\n{next_steps}")


@_in_their_language
def offer_reminder(application: Application) -> None:
    """Remind the person that a place is kept for them, and until when."""
    names = _names(application)
    _tell_volunteer(
        application,
        kind="offer_reminder",
        subject=subject_line(_("Do you still want the place? “%(role)s”"), names),
        body=_(
            "%(group)s keeps a place in “%(role)s” for you until %(answer_by)s.\n\n"
            "What to do next: open your application and say yes, or withdraw so that somebody "
            "else can have it."
        )
        % names,
        useful_until=application.answer_by,
    )


def _offer_over(application: Application) -> None:
    """Tell both sides that nobody said yes in time."""
    _offer_over_to_them(application)
    role = application.opportunity
    for member in each_member(role.organisation):
        person = application.volunteer.user.first_name or _("A volunteer")
        about = {"name": person, "role": role.title}
        notify(
            recipient=member,
            kind="application.offer_over_group",
            key=f"application:{application.pk}:offer_over:{member.pk}",
            subject=subject_line(_("%(name)s did not answer in time: “%(role)s”"), about),
            body=_(
                "You offered %(name)s a place in “%(role)s”, and they did not answer within "
                "three days. The place is free again.\n\n"
                "What to do next: offer it to somebody else who asked."
            )
            % about,
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )


@_in_their_language
def _offer_over_to_them(application: Application) -> None:
    names = _names(application)
    _tell_volunteer(
        application,
        kind="offer_over",
        subject=subject_line(_("No longer kept for you: “%(role)s”"), names),
        body=_(
            "%(group)s offered you a place in “%(role)s” and we did not hear from you in time, so "
            "it goes to somebody else. We hope that all is well.\n\n"
            "What to do next: your list has other roles that suit you."
        )
        % names,
    )


def _texts(application: Application, move: Move) -> tuple[str, str]:
    """Subject and text."""
    names = _names(application)
    texts = {
        Move.ACKNOWLEDGE: (
            _("%(group)s has seen your message"),
            _(
                "%(group)s has read what you wrote about “%(role)s”.\n\n"
                "What happens next: they decide. We ask them to answer you by %(asked_by)s."
            )
            % names,
        ),
        Move.INVITE: (
            _("%(group)s would like to talk to you"),
            _(
                "%(group)s would like to talk to you about “%(role)s”.%(words)s\n\n"
                "What to do next: open your application and write to them, for example when you "
                "have time to talk."
            )
            % names,
        ),
        Move.OFFER: (
            _("You are offered a place: “%(role)s”"),
            _(
                "%(group)s offers you a place in “%(role)s”.%(words)s\n\n"
                "What to do next: open your application and say yes, or withdraw. The place is "
                "kept for you until %(answer_by)s; after that it goes to somebody else."
            )
            % names,
        ),
        Move.ACCEPT: (
            _("You have a place: “%(role)s”"),
            _(
                "%(group)s would like you to start in “%(role)s”.%(words)s\n\n"
                "What happens next: the group now sees your full name and writes to you here. "
                "If you cannot do it after all, please withdraw so that somebody "
                "else can."
            )
            % names,
        ),
        Move.END: (
            _("Your place has ended: “%(role)s”"),
            _(
                "%(group)s has ended your place in “%(role)s”: %(reason)s.%(words)s\n\n"
                "What happens next: your confirmed hours stay in your record of service, and your "
                "list shows you other roles. Thank you for your time."
            )
            % names,
        ),
        Move.DECLINE: (
            _("Not this time: “%(role)s”"),
            _(
                "%(group)s cannot give you a place in “%(role)s” this time: "
                "%(reason)s.%(words)s\n\n"
                "This says nothing about you. Thank you for offering your time."
            )
            % names,
        ),
        Move.LAPSE: (
            _("The role has closed: “%(role)s”"),
            _("%(group)s has closed “%(role)s” before answering you. We are sorry.") % names,
        ),
    }
    subject, body = texts[move]
    return subject_line(subject, names), body


def _names(application: Application) -> dict[str, str]:
    reason = application.get_reason_display() if application.reason else _("no reason was given")
    return {
        "role": application.opportunity.title,
        "group": application.opportunity.organisation.name,
        "words": f"\n\n{_('They write:')}\n{application.words}" if application.words else "",
        "answer_by": moment_in_words(application.answer_by) if application.answer_by else "",
        "asked_by": near_day((application.created_at + ANSWER_WITHIN).astimezone(LONDON).date()),
        "reason": f"{reason[:1].lower()}{reason[1:]}",
    }


def _tell_volunteer(
    application: Application,
    *,
    kind: str,
    subject: str,
    body: str,
    useful_until: datetime | None = None,
) -> None:
    notify(
        recipient=application.volunteer.user,
        kind=f"application.{kind}",
        key=f"application:{application.pk}:{kind}",
        subject=subject,
        body=body,
        link=f"/me/applications/{application.pk}/",
        useful_until=useful_until,
    )


def _tell_group(application: Application, move: Move, *, kind: str) -> None:
    role = application.opportunity
    for member in each_member(role.organisation):
        subject, body = _group_texts(move, has_started=application.started_at is not None)
        name = application.volunteer.user.first_name or _("A volunteer")
        names = {"name": name, "role": role.title}
        notify(
            recipient=member,
            kind=f"application.{kind}",
            key=f"application:{application.pk}:{kind}:{member.pk}",
            subject=subject_line(subject, names),
            body=body % names,
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )


def _group_texts(move: Move, *, has_started: bool) -> tuple[str, str]:
    if move == Move.END and not has_started:
        return (
            _("%(name)s does not volunteer in “%(role)s”"),
            _(
                "%(name)s has ended their place in “%(role)s”, which is free again. Nobody has "
                "told us that they had started.\n\n"
                "You need not do anything."
            ),
        )
    return {
        Move.TAKE_UP: (
            _("%(name)s says yes to “%(role)s”"),
            _(
                "%(name)s takes the place that you offered in “%(role)s”. Please write to "
                "them on their page."
            ),
        ),
        Move.WITHDRAW: (
            _("%(name)s has withdrawn from “%(role)s”"),
            _("%(name)s no longer asks for “%(role)s”. You need not do anything."),
        ),
        Move.END: (
            _("%(name)s has stopped with “%(role)s”"),
            _(
                "%(name)s has ended their place in “%(role)s”, which is free again.\n\n"
                "What to do next: confirm the hours that they gave, so that they stand in their "
                "record of service."
            ),
        ),
    }[move]

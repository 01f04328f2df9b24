"""Say for a person who calls what becomes of their place; they are told."""

from datetime import date

from django.db import transaction

from accounts.models import User
from desk import placement_messages
from desk.services import standing
from placements.models import Application, StillGoing
from placements.occasions import Occasion
from placements.services import applications, attendance, hours, still_going
from placements.states import Mover, State


@transaction.atomic
def start(*, application: Application, by: User) -> None:
    """Say that a person has started. Raises as `applications.start`, and NotAllowed for who is
    suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    applications.start(application=application, by=by)
    placement_messages.started(application)


@transaction.atomic
def end(*, application: Application, reason: str, looks_again: bool, by: User) -> None:
    """End a person's place for them, which the group is told. Raises as `applications.end`, and
    NotAllowed for who is suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    applications.end(
        application=application,
        reason=reason,
        side=Mover.VOLUNTEER,
        looks_again=looks_again,
        by=by,
    )
    placement_messages.stopped(application)


@transaction.atomic
def say_coming(*, application: Application, occasion: Occasion, coming: bool, by: User) -> None:
    """Say for a person whether they come to one time of a role. Raises as `attendance.say`, and
    NotAllowed for who is suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    row = attendance.say(application=application, occasion=occasion, coming=coming, by=by)
    placement_messages.said_coming(row)


@transaction.atomic
def log_hours(
    *, application: Application, day: date, minutes: int, what: str = "", by: User
) -> None:
    """Write down hours that a person gave, which the group confirms. Raises as `hours.log`, and
    NotAllowed for who is suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    entry = hours.log(application=application, day=day, minutes=minutes, what=what, by=by)
    placement_messages.hours_logged(entry)


@transaction.atomic
def say_still_going(*, question: StillGoing, by: User) -> None:
    """Answer for a person that they are still there, or have started where nobody had said so.
    Raises as `still_going.say_yes`, and NotAllowed for who is suspended.
    """
    application = question.application
    standing.check_not_suspended(application.volunteer.user)
    starts = application.state == State.ACCEPTED
    still_going.say_yes(question=question, by=by)
    if starts:
        placement_messages.started(application)
    else:
        placement_messages.still_going(question)


@transaction.atomic
def say_stopped(
    *,
    question: StillGoing,
    reason: str,
    words: str = "",
    share_words: bool = False,
    looks_again: bool = True,
    by: User,
) -> None:
    """Answer for a person that they have stopped, which ends their place. Raises as
    `still_going.say_no`, and NotAllowed for who is suspended.
    """
    standing.check_not_suspended(question.application.volunteer.user)
    still_going.say_no(
        question=question,
        reason=reason,
        words=words,
        share_words=share_words,
        looks_again=looks_again,
        by=by,
    )
    placement_messages.stopped(question.application)

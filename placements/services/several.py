"""Answer several people at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from core.errors import Conflict
from placements.models import Application
from placements.services import applications, held
from placements.states import Move

#: More people than this are not answered at once: the page would name nobody any more.
MOST_AT_ONCE = 50


@dataclass(slots=True)
class Outcome:
    """Who got the answer, and who did not, with the sentence that says why."""

    done: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, str]] = field(default_factory=list)


def answer(
    *,
    people: Iterable[Application],
    move: Move,
    reason: str = "",
    words: str = "",
    by: User | None,
) -> Outcome:
    """Give the same answer to several people, each in the state in which the group saw them.

    First those who asked first, so that places go to them while there are any. Each answer is a
    transaction of its own: where somebody was answered meanwhile, or no place is left, that person
    stays as they are and is named in the outcome, and the others get their answer.

    Raises InvalidInput for a reason or words that nobody could be answered with; nothing is changed
    then.
    """
    outcome = Outcome()
    for application in sorted(people, key=lambda one: one.pk):
        try:
            _answer(application, move, reason=reason, words=words, by=by)
        except Conflict as error:
            outcome.refused.append((application, error.message))
        else:
            outcome.done.append(application)
    return outcome


def take_back(*, people: Iterable[Application], by: User | None) -> Outcome:
    """Take back the answers to several people that have not been sent, each by itself."""
    outcome = Outcome()
    for application in people:
        try:
            held.take_back(application=application, by=by)
        except Conflict as error:
            outcome.refused.append((application, error.message))
        else:
            outcome.done.append(application)
    return outcome


def _answer(
    application: Application, move: Move, *, reason: str, words: str, by: User | None
) -> None:
    if move in held.HOLDABLE:
        held.hold(application=application, move=move, reason=reason, words=words, by=by)
    elif move == Move.OFFER:
        applications.offer(application=application, words=words, by=by)
    else:
        applications.accept(application=application, words=words, by=by)

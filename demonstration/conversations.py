"""What people and groups wrote to each other about applications, as `conversations.write` keeps it:
between two moves that have been made, and read unless it is the last.

Whom a group asked to talk does not wait for its answer for longer than groups are asked to take:
else their role might have to pause (`placements.services.catching_up`), and the season knows
nothing of messages.
"""

from datetime import timedelta
from random import Random
from typing import Any

from demonstration.kinds import read
from demonstration.plan import by_day
from demonstration.written import Written
from placements.models import Application, Message
from placements.states import State
from placements.time_limits import ANSWER_WITHIN

#: How many of 100 applications in these states have a conversation, and of which kind.
LIKELY: dict[State, tuple[str, float]] = {
    State.INVITED: ("invited", 0.9),
    State.OFFERED: ("invited", 0.4),
    State.ACCEPTED: ("placed", 0.6),
    State.STARTED: ("placed", 0.5),
    State.ENDED: ("placed", 0.3),
    State.DECLINED: ("declined", 0.06),
}


def write(written: Written) -> list[Message]:
    """Write the conversations; give their messages, oldest first."""
    chance = written.plan.chance("conversations")
    talks: dict[str, list[list[str]]] = {}
    for talk in read("voices")["talk"]:
        talks.setdefault(talk["when"], []).append(talk["lines"])
    messages = []
    for application in written.applications:
        kind, likely = LIKELY.get(State(application.state), ("", 0.0))
        if chance.random() < likely:
            messages += _talk(written, chance, application, chance.choice(talks[kind]))
    messages.sort(key=lambda message: message.sent_at)
    Message.objects.bulk_create(messages, batch_size=1000)
    for message in messages:
        side = {"side": str(message.side)}
        written.note("message.sent", message, by=message.author, at=message.sent_at, **side)
    return messages


def _talk(
    written: Written, chance: Random, application: Application, lines: list[str]
) -> list[Message]:
    """One conversation; it is cut off where the borough's day begins."""
    by: dict[str, Any] = {
        Message.Side.GROUP: written.owner(application.opportunity),
        Message.Side.VOLUNTEER: application.volunteer.user,
    }
    is_over = application.state in (State.DECLINED, State.ENDED)
    begins = application.answered_at or application.created_at
    if application.state == State.DECLINED:
        begins = application.state_since
    sent = by_day(begins + timedelta(hours=chance.uniform(1, 30)))
    messages: list[Message] = []
    for line in lines:
        side = Message.Side.GROUP if line[0] == "g" else Message.Side.VOLUNTEER
        if sent >= written.plan.end:
            break
        if messages and messages[-1].side != side:
            messages[-1].read_at = sent - timedelta(minutes=4)
        messages.append(
            Message(
                application=application, side=side, author=by[side], words=line[3:], sent_at=sent
            )
        )
        sent = by_day(sent + timedelta(hours=chance.uniform(2, 40)))
    if messages and _waits_too_long(written, messages[-1]):
        messages.pop()
    if messages and (is_over or chance.random() < 0.75):
        read = messages[-1].sent_at + timedelta(hours=chance.uniform(1, 20))
        messages[-1].read_at = read if read < written.plan.end else None
    return messages


def _waits_too_long(written: Written, last: Message) -> bool:
    is_late = last.sent_at < written.plan.end - ANSWER_WITHIN
    by_person = last.side == Message.Side.VOLUNTEER
    return by_person and is_late and last.application.state == State.INVITED

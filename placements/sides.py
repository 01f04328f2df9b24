"""On which side of an application a person stands, and which moves are theirs.

The table of states says on whose side a move is made; the volunteer centre may act for either.
"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotAllowed, NotFound
from opportunities.policies import can_see_people
from placements import states
from placements.models import Application
from placements.states import Move, Mover, State

Person = User | AnonymousUser

_BOTH = frozenset({Mover.VOLUNTEER, Mover.GROUP})


def sides_of(user: Person, application: Application) -> frozenset[Mover]:
    """Give the sides this person may act for; none for a stranger, and not a group's while it is
    stopped. One query.

    Loads `volunteer` and `opportunity.organisation`.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_broker:
        return _BOTH
    sides = set()
    if application.volunteer.user_id == user.pk:
        sides.add(Mover.VOLUNTEER)
    if can_see_people(user, application.opportunity.organisation):
        sides.add(Mover.GROUP)
    return frozenset(sides)


def moves_open_to(sides: frozenset[Mover], application: Application) -> list[Move]:
    """Give the moves that these sides can make now, in the order of `Move`."""
    state = State(application.state)
    return [move for move in Move if any(move in states.moves_open(state, side) for side in sides)]


def check_can_make(user: Person, application: Application, move: Move) -> None:
    """Raise NotFound for a stranger, NotAllowed for somebody on the other side."""
    sides = sides_of(user, application)
    if not sides:
        raise NotFound(_("There is no such application."))
    if not states.movers(move) & sides:
        raise NotAllowed(_("This is for the other side to do."), code="other_side")

"""Kind words that a group may send with an answer. A first draft in the form, to be changed."""

from django.utils.translation import gettext as _

from placements.models import Application
from placements.states import Move

Reason = Application.Reason


def words_for(move: Move, reason: str = "") -> str:
    """Give what a group may write with this move, '' where nothing need be written.

    `reason` is why they decline, a code of `GROUP_REASONS`.
    """
    if move == Move.DECLINE:
        return "\n\n".join([_("Thank you for offering your time."), _why_not(reason), _after()])
    return {
        Move.INVITE: _(
            "Thank you for offering your time. We would like to talk with you before we decide. "
            "Could you tell us here when it would suit you?"
        ),
        Move.OFFER: _(
            "Thank you for offering your time. We would like to have you with us. "
            "Please say yes if you still want the place."
        ),
        Move.ACCEPT: _("Thank you for offering your time. We look forward to meeting you."),
        Move.END: _("Thank you for the time that you gave us."),
    }.get(move, "")


def _why_not(reason: str) -> str:
    return {
        Reason.NO_PLACE: _(
            "More people asked than we have places for, and all of them are taken now. "
            "This says nothing about you."
        ),
        Reason.OTHER_SKILLS: _(
            "For this role we need some skills or experience that you did not mention. "
            "If you have them after all, please add them to your profile."
        ),
        Reason.OTHER_TIMES: _(
            "We need people at times when you are not free. If your times change, please ask again."
        ),
        Reason.TOO_FAR: _("It looks like a long way for you, and we want it to work out."),
        Reason.ROLE_CHANGED: _("What we need has changed since you asked. We are sorry."),
        Reason.NO_REPLY: _(
            "We tried to reach you and did not hear back, so we have given the place to somebody "
            "else. We hope that all is well."
        ),
    }.get(Reason(reason) if reason else Reason.OTHER, _("We cannot give you a place this time."))


def _after() -> str:
    return _("We hope that you find a role that suits you.")

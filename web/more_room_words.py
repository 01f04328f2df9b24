"""What a group could do so that more of those who ask have room, in words."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.week import describe, mask_of
from insights.selectors.over_asked import Proposal
from opportunities.models import MoreRoom, Opportunity

Kind = MoreRoom.Kind


def what(proposal: Proposal, role: Opportunity) -> str:
    """The proposal as a sentence."""
    if proposal.kind == Kind.SHIFTS:
        times = [describe(mask_of([slot])) for slot in proposal.slots]
        return _("People who asked are free then: %(times)s.") % {
            "times": get_text_list(times, _("and"))
        }
    if proposal.kind == Kind.JOB_SHARE:
        return _("They agree between them who comes when.")
    if proposal.kind == Kind.TURNS:
        people = role.places * proposal.turns
        return _("Make a list of %(people)s people. Each comes about one week in %(turns)s.") % {
            "people": people,
            "turns": proposal.turns,
        }
    names = [near.name for near in proposal.groups]
    return _("These are near you and have room: %(groups)s.") % {
        "groups": get_text_list(names, _("or"))
    }


def brings(proposal: Proposal) -> str:
    """What it would bring, for the group itself, which knows who asked; '' where that is not
    known.
    """
    if not proposal.room:
        return ""
    return ngettext(
        "That makes room for %(number)s more person.",
        "That makes room for %(number)s more people.",
        proposal.room,
    ) % {"number": proposal.room}


def told(proposal: Proposal) -> str:
    """Whom we tell of it once it is done; '' where nobody is told yet."""
    if proposal.kind == Kind.SHIFTS:
        return _("When one is open, we tell the people who asked.")
    if proposal.kind == Kind.SECOND_GROUP:
        return ""
    return _("We tell the people who wait for your answer.")


def of_turns(turns: int) -> str:
    """What a role's page says where people take turns."""
    return _("People take turns: each comes about one week in %(turns)s.") % {"turns": turns}

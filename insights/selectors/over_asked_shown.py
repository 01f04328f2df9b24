"""Over-asked roles as others than their groups may read of them.

How many wait for an answer is public, a role's waiting list is not; nor is when those who ask are
free.
"""

from insights.disclosure import Shown, people_shown
from insights.selectors.over_asked import OverAsked, Proposal, listed, with_proposals
from opportunities.models import MoreRoom

Kind = MoreRoom.Kind

#: More roles are not listed.
MOST = 30


def most_over_asked() -> list[OverAsked]:
    """The roles that most people go without, in an order that everybody knows: that of the list
    would tell how long waiting lists are.
    """
    found = with_proposals(listed()[:MOST])
    return sorted(found, key=lambda row: (-row.role.applications_pending, row.role.title))


def proposals_shown(row: OverAsked) -> list[Proposal]:
    """What the group could do, without what follows from how many are on its waiting list: that
    turns are proposed beside sharing says that many are.
    """
    return [proposal for proposal in row.proposals if proposal.kind != Kind.TURNS]


def room_shown(proposal: Proposal, row: OverAsked) -> Shown | None:
    """For how many more it makes room: of shifts people, as they may be shown; of sharing at most
    as many as there are places; None where that is not known.
    """
    if proposal.is_of_people:
        return people_shown(proposal.room) if proposal.room else None
    return Shown(float(row.role.places)) if proposal.kind == Kind.JOB_SHARE else None

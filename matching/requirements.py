"""What a role's requirements cost it in people, for its group.

Counted at full rankings only, and shown rounded: a group that changes its role again and again
cannot feel its way to a single person.
"""

from dataclasses import dataclass
from datetime import date

from matching import wording
from matching.models import Shortlist
from opportunities.models import Opportunity


@dataclass(frozen=True)
class Requirement:
    """One requirement: the code of its rule, and whom it alone leaves out, in a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Requirements:
    """Counted on a day: who of those that wait could do the role, and the requirements that leave
    people out, the costliest first.
    """

    counted_on: date
    who_could: str
    costs: list[Requirement]


def requirements_of(role: Opportunity) -> Requirements | None:
    """What each requirement of the role costs it; None where that was not counted yet. One query.

    Left out are those who fail two rules or more: no single change would bring them in.
    """
    counts = Shortlist.objects.filter(opportunity=role).values_list("counts", flat=True).first()
    if not counts:
        return None
    kept_out = sorted(counts["kept_out"].items(), key=lambda rule: (-rule[1], rule[0]))
    said = [Requirement(code, wording.leaves_out(code, role, people)) for code, people in kept_out]
    return Requirements(
        date.fromisoformat(counts["on"]),
        wording.who_could(counts["possible"]),
        [requirement for requirement in said if requirement.sentence],
    )

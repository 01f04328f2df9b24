"""The roles worth creating, as pages and the report name them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.disclosure import in_words, rounded
from core.places.wards import ward_name
from insights.disclosure import Shown, people_shown
from insights.models import RolePlan
from insights.proposed_roles import TIME_LABELS
from insights.segment_titles import kind_in_words


@dataclass(frozen=True, slots=True)
class WorthCreating:
    """A role that should exist. kind, when, where: in words. named: how many of those who wait
    named such work or its cause and could do it, in words that may be shown; people: the same
    number. places: how many the plan gives it.
    """

    kind: str
    when: str
    where: str
    named: str
    places: int
    people: Shown

    @property
    def title(self) -> str:
        """Such as "Befriending, weekday evenings, Roxeth"."""
        return ", ".join((self.kind, self.when, self.where))


@dataclass(frozen=True, slots=True)
class Plan:
    """The newest plan. people: how many its roles would place, as it may be shown (None: fewer than
    8). made_at: when it was worked out.
    """

    roles: list[WorthCreating]
    people: int | None
    made_at: datetime

    @property
    def sentence(self) -> str:
        """What the roles would bring, as a headline; '' where that is too few people to say."""
        if not self.people or not self.roles:
            return ""
        count = len(self.roles)
        return ngettext(
            "%(count)s new role would place about %(people)s more people, %(assuming)s.",
            "%(count)s new roles would place about %(people)s more people, %(assuming)s.",
            count,
        ) % {
            "count": _count_in_words(count),
            "people": f"{self.people:,}",
            "assuming": assuming(),
        }


def assuming() -> str:
    """What every sentence says that tells what a plan would bring: it rests on who asks, which
    nobody has measured (`insights.analysis.asking`), and on the best placing of those who do.
    """
    return _("at best: if those who ask are shared out as well as can be")


def _count_in_words(count: int) -> str:
    """A count as a sentence begins with it."""
    words = (
        *(_("One"), _("Two"), _("Three"), _("Four"), _("Five")),
        *(_("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten")),
    )
    return words[count - 1] if 1 <= count <= len(words) else str(count)


def roles_worth_creating() -> Plan | None:
    """The newest plan of roles, the best first; None where none has been worked out. One query."""
    plan = RolePlan.objects.first()
    if plan is None:
        return None
    roles = [
        WorthCreating(
            kind=kind_in_words(activity=role["activity"], cause=""),
            when=str(TIME_LABELS.get(role["time"], "")),
            where=ward_name(role["ward"]) or _("from home"),
            named=in_words(role["named"]),
            places=role["places"],
            people=people_shown(role["named"]),
        )
        for role in plan.roles
    ]
    people = rounded(sum(role.get("people", 0) for role in plan.roles))
    return Plan(roles, people, plan.made_at)

"""What the figures should be, and who said so."""

from django.db.models import Q, QuerySet

from insights.disclosure import Shown
from insights.measures import Better, Measure
from insights.models import Target
from insights.periods import Period


def targets_of(period: Period) -> dict[str, Target]:
    """The target of each measure that has one for a period (a year: for its last month), by code.
    One query.
    """
    last = period.months_in()[-1].first
    standing = Target.objects.standing().filter(begins__lte=last)
    found = standing.filter(Q(ends__isnull=True) | Q(ends__gte=last)).order_by("pk")
    return {target.measure: target for target in found}


def target_of(measure: Measure, period: Period) -> Target | None:
    """The target of one measure for a period; None where there is none. One query."""
    return targets_of(period).get(measure.code)


def is_met(measure: Measure, target: Target, shown: Shown) -> bool | None:
    """Whether a figure has reached its target; None where it is not shown, or where neither more
    nor fewer is good news.
    """
    if shown.value is None or measure.better == Better.NEITHER:
        return None
    if measure.better == Better.MORE:
        return shown.value >= target.value
    return shown.value <= target.value


def history() -> QuerySet[Target]:
    """Every target that was ever set, the last first, with who set and who ended it."""
    return Target.objects.select_related("set_by", "ended_by").order_by("-pk")

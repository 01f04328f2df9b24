"""What the figures should be, and who said so."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from insights.disclosure import Shown
from insights.measures import Better, Measure, Unit
from insights.models import Target
from insights.periods import Period
from insights.wording import in_words, written


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
    nor fewer is good news. Days that are not reached yet are more than so many, so a target of no
    more than those is missed.
    """
    if measure.better == Better.FEWER and shown.more_than is not None:
        return False if shown.more_than >= target.value else None
    if shown.value is None or measure.better == Better.NEITHER:
        return None
    if measure.better == Better.MORE:
        return shown.value >= target.value
    return shown.value <= target.value


def target_in_words(measure: Measure, target: Target, shown: Shown) -> str:
    """The target and whether the figure has reached it: "Target: 14 days, reached"."""
    return _("Target: %(target)s") % {"target": target_in_short(measure, target, shown)}


def target_in_short(measure: Measure, target: Target, shown: Shown) -> str:
    """The same where a heading says that it is the target: "14 days, reached"."""
    words = {"number": written(measure, Shown(target.value))}
    if measure.unit == Unit.DAYS:
        words["number"] = in_words(measure, Shown(target.value))
    met = is_met(measure, target, shown)
    if met is None:
        return words["number"]
    return (_("%(number)s, reached") if met else _("%(number)s, not reached")) % words


def history() -> QuerySet[Target]:
    """Every target that was ever set, the last first, with who set and who ended it."""
    return Target.objects.select_related("set_by", "ended_by").order_by("-pk")

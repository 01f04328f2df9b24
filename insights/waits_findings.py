"""The title of a chart of days where some are not reached: those are longer than any number."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.disclosure import Why
from insights.measures import Measure
from insights.measures.dimensions import DIMENSIONS
from insights.selectors.published import NOT_SAID, Row
from insights.wording import in_words

#: More categories than this are not named.
_MOST_NAMED = 3
#: Of whom a measure of days is true, and what they have by then.
_WHO_HAS: dict[str, tuple[str | Promise, str | Promise]] = {
    "days_until_placed": (gettext_lazy("half"), gettext_lazy("have a place")),
    "longest_waits": (gettext_lazy("nine in ten"), gettext_lazy("have a place")),
    "days_until_answered": (gettext_lazy("half of those who ask"), gettext_lazy("have an answer")),
}


def not_reached_finding(measure: Measure, dimension: str, rows: Sequence[Row]) -> str:
    """The title of a chart of days of which some categories have not reached their share: "Only in
    Pinner do half have a place within 113 days"; '' where all that can be shown is reached.
    """
    said = [row for row in rows if row.code not in NOT_SAID]
    beyond = [row for row in said if row.shown.why == Why.NOT_REACHED]
    within = [row for row in said if row.shown.value is not None]
    if not beyond or measure.code not in _WHO_HAS:
        return ""
    least = min(row.shown.more_than or 0 for row in beyond)
    longest = max(within, key=lambda row: row.shown.value or 0, default=None)
    # Who is hidden may be on either side.
    some_hidden = len(beyond) + len(within) < len(said)
    if longest is None:
        return _nowhere(measure, dimension, least, some_hidden=some_hidden)
    if len(within) <= _MOST_NAMED and least >= (longest.shown.value or 0):
        return _only(measure, dimension, within, longest, some_hidden=some_hidden)
    return _soonest(measure, dimension, within, beyond)


def _nowhere(measure: Measure, dimension: str, days: int, *, some_hidden: bool) -> str:
    words = _("In no ward do %(who)s %(have)s within %(days)s days")
    if dimension != "ward":
        words = _("By %(split)s, in no group do %(who)s %(have)s within %(days)s days")
    sentence = words % {**_words(measure, dimension), "days": days}
    if some_hidden:
        return _("%(sentence)s, of those that can be shown") % {"sentence": sentence}
    return sentence


def _only(
    measure: Measure, dimension: str, within: Sequence[Row], longest: Row, *, some_hidden: bool
) -> str:
    words = _("Only %(where)s do %(who)s %(have)s within %(days)s")
    sentence = words % {
        **_words(measure, dimension),
        "where": _where(dimension, within),
        "days": in_words(measure, longest.shown),
    }
    if some_hidden:
        return _("%(sentence)s, of those that can be shown") % {"sentence": sentence}
    return sentence


def _soonest(measure: Measure, dimension: str, within: Sequence[Row], beyond: Sequence[Row]) -> str:
    """Where it is soonest, and where it is not reached after how many days at least."""
    first = min(within, key=lambda row: row.shown.value or 0)
    least = min(row.shown.more_than or 0 for row in beyond)
    where = _where(dimension, beyond)
    if len(beyond) > _MOST_NAMED:
        count = len(beyond)
        where = ngettext("in %(count)s ward", "in %(count)s wards", count) % {"count": count}
        if dimension != "ward":
            where = ngettext("in %(count)s group", "in %(count)s groups", count) % {"count": count}
    return _("%(title)s: %(soonest)s %(first)s; not reached after %(days)s days %(where)s") % {
        "title": measure.title,
        "soonest": in_words(measure, first.shown),
        "first": _where(dimension, [first]),
        "days": least,
        "where": where,
    }


def _words(measure: Measure, dimension: str) -> dict[str, str]:
    who, have = _WHO_HAS[measure.code]
    return {"who": str(who), "have": str(have), "split": str(DIMENSIONS[dimension].title).lower()}


def _where(dimension: str, rows: Sequence[Row]) -> str:
    named = get_text_list([row.label for row in rows], _("and"))
    if dimension == "ward":
        return _("in %(named)s") % {"named": named}
    return _("among “%(named)s”") % {"named": named}

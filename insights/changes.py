"""How a figure differs from another period's, in words, and whether that is good news."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.disclosure import Shown
from insights.measures import Better, Measure, Unit
from insights.wording import in_words, written

#: Differences up to these are no news: two rounded counts may differ so much by rounding alone.
_NO_NEWS = {Unit.PEOPLE: 5.0, Unit.APPLICATIONS: 5.0, Unit.SHARE: 1.0, Unit.PER_PLACE: 0.05}


class News(StrEnum):
    """Whether a change is for the better."""

    GOOD = "good"
    BAD = "bad"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from another period's, in words."""

    words: str
    news: News = News.NONE


def change(measure: Measure, shown: Shown, before: Shown, when: str) -> Change:
    """How a figure differs from `before`, which was `when` ("a year ago", "in October 2025")."""
    if shown.value is None or before.value is None:
        words = {"when": when[:1].upper() + when[1:], "number": in_words(measure, before)}
        return Change(_("%(when)s: %(number)s") % words)
    difference = shown.value - before.value
    if abs(difference) <= _NO_NEWS.get(measure.unit, 0.0):
        return Change(_("About the same as %(when)s") % {"when": when})
    words = {"amount": _amount(measure, abs(difference)), "when": when}
    more = difference > 0
    sentence = _("%(amount)s more than %(when)s") if more else _("%(amount)s fewer than %(when)s")
    if measure.unit in (Unit.SHARE, Unit.INDEX, Unit.PER_PLACE):
        sentence = (
            _("%(amount)s higher than %(when)s") if more else _("%(amount)s lower than %(when)s")
        )
    return Change(sentence % words, _news(measure, more))


def change_in_short(measure: Measure, shown: Shown, before: Shown) -> str:
    """How a figure differs from another in a word or two, for a table that has both; "–" where
    either is not known.
    """
    if shown.value is None or before.value is None:
        return "–"
    difference = shown.value - before.value
    if abs(difference) <= _NO_NEWS.get(measure.unit, 0.0):
        return _("about the same")
    words = {"amount": _amount(measure, abs(difference))}
    if measure.unit in (Unit.SHARE, Unit.INDEX, Unit.PER_PLACE):
        return (_("up %(amount)s") if difference > 0 else _("down %(amount)s")) % words
    return (_("%(amount)s more") if difference > 0 else _("%(amount)s fewer")) % words


def _amount(measure: Measure, amount: float) -> str:
    if measure.unit == Unit.SHARE:
        points = round(amount)
        return ngettext("%(count)s point", "%(count)s points", points) % {"count": points}
    if measure.unit == Unit.DAYS:
        days = round(amount)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    return written(measure, Shown(amount))


def _news(measure: Measure, more: bool) -> News:
    if measure.better == Better.NEITHER:
        return News.NONE
    return News.GOOD if more == (measure.better == Better.MORE) else News.BAD

"""Figures in words: the one place that says how a number, or that there is none, is put."""

from collections.abc import Iterable

from django.apps import apps
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import month_and_year
from core.disclosure import FEWEST
from insights.disclosure import Shown, Why
from insights.measures import Measure, Unit
from insights.periods import Period

#: Units of which counts are rounded to the nearest 5.
ROUNDED = (Unit.PEOPLE, Unit.APPLICATIONS)
#: Of fewer than so many a share is easily moved by chance.
_MANY = 50
#: What stands in a drawing or a file for a number that is not shown.
MARKS = {Why.FEW: "*", Why.KEPT_BACK: "–", Why.NOTHING: "", Why.NOT_REACHED: "…"}


def in_words(measure: Measure, shown: Shown) -> str:
    """A figure as a table has it: "about 35", "12 days", "43%", "fewer than 8"."""
    if shown.value is None:
        return _not_shown(measure, shown)
    if measure.unit in ROUNDED:
        return _("about %(number)s") % {"number": number(shown.value)} if shown.value else _("none")
    if measure.unit == Unit.DAYS:
        days = round(shown.value)
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if measure.unit == Unit.HOURS:
        return _("about %(number)s hours") % {"number": number(shown.value)}
    return written(measure, shown)


def written(measure: Measure, shown: Shown) -> str:
    """A figure as a drawing has it, as short as can be: "35", "43%", "*"."""
    if shown.value is None:
        return f"{shown.more_than}+" if shown.more_than is not None else MARKS[shown.why]
    if measure.unit == Unit.SHARE:
        return f"{shown.value:.0f}%"
    if measure.unit == Unit.PER_PLACE:
        return f"{shown.value:.1f}"
    if measure.unit == Unit.INDEX:
        return f"{shown.value:.2f}"
    return number(shown.value)


def in_a_file(measure: Measure, shown: Shown) -> str | int | float:
    """A figure as a file has it: a number that a spreadsheet can add up, or the mark for why there
    is none.
    """
    if shown.value is None:
        return written(measure, shown)
    return int(shown.value) if shown.value == int(shown.value) else shown.value


def sources_in_words(source: str) -> str:
    """The tables that a figure is from, by the names that people know: "volunteers and
    applications" for "volunteers.Volunteer, placements.Application".
    """
    names = [apps.get_model(label)._meta.verbose_name_plural for label in source.split(", ")]
    return capfirst(get_text_list([str(name) for name in names], _("and")))


def period_in_words(period: Period) -> str:
    """Such as "October 2026", or "April 2026 to March 2027"."""
    if not period.is_year:
        return month_and_year(period.first)
    first, *__, last = period.months_in()
    return _("%(first)s to %(last)s") % {
        "first": month_and_year(first.first),
        "last": month_and_year(last.first),
    }


def number(value: float) -> str:
    """A whole number with a comma between thousands."""
    return f"{value:,.0f}"


def _not_shown(measure: Measure, shown: Shown) -> str:
    """Why there is no number, in two or three words."""
    if shown.why == Why.NOT_REACHED:
        return _("more than %(days)s days") % {"days": shown.more_than}
    if shown.why == Why.KEPT_BACK:
        return _("kept back")
    if shown.why == Why.NOTHING:
        return _("no figure")
    if measure.unit in ROUNDED:
        return _("fewer than %(count)s") % {"count": FEWEST}
    return _("too few people")


def explained(measure: Measure, whys: set[Why]) -> list[str]:
    """Sentences for below a table: what its cells without a number mean."""
    return [sentence for why, sentence in _explanations(measure).items() if why in whys]


def explained_bases(bases: Iterable[int | None]) -> list[str]:
    """What to keep in mind of shares of so many: a sentence for below a table, where some are of
    few.
    """
    if all(base is None or base >= _MANY for base in bases):
        return []
    return [
        _(
            "Some of these are shares of fewer than %(many)s. There one more or one fewer moves "
            "the share by more than %(points)s percentage points, so a difference may be chance."
        )
        % {"many": _MANY, "points": 100 // _MANY}
    ]


def _explanations(measure: Measure) -> dict[Why, str]:
    few = _(
        "“Fewer than 8” (* on a map and in a file): numbers of people that small are not shown, so "
        "that nobody can be found out from them."
    )
    if measure.unit not in ROUNDED:
        few = _("“Too few people” (*): this figure needs at least %(least)s people.") % {
            "least": max(measure.least, FEWEST)
        }
    return {
        Why.FEW: few,
        Why.KEPT_BACK: _(
            "“Kept back” (–): shown, this number would let somebody work out a small one from the "
            "total."
        ),
        Why.NOT_REACHED: _(
            "“More than so many days”: by then too few had got so far to say how long it takes."
        ),
        Why.NOTHING: _("Where there is no figure, there was nothing to work it out from."),
    }

"""What a split or a line says, as the title of its chart: never more than its numbers support."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.disclosure import STEP
from insights.analysis.even_shares import Evenness, evenness
from insights.changes import change
from insights.disclosure import Shown, Why
from insights.measures import Measure, Unit
from insights.measures.dimensions import DIMENSIONS, EQUALITY
from insights.periods import Period
from insights.selectors.published import NOT_SAID, Row, is_alike
from insights.waits_findings import not_reached_finding
from insights.wording import in_words, period_in_words

#: Instead of a line over months without a point.
NOTHING_TO_DRAW = gettext_lazy("There is nothing to draw yet: no month has a number.")
#: A category stands out where its figure is so many times that of the next.
STANDS_OUT = 1.15
#: Shares differ where chance alone would make them so unlike in fewer than so many of all tables: a
#: page has eight, and at 1 in 20 one of them would often seem to.
_CHANCE = 0.01
#: More categories than this are not named in a title.
_MOST_NAMED = 3
#: Units of which the category with the most is news; of the others, how far apart they are.
_COUNTED = (Unit.PEOPLE, Unit.APPLICATIONS, Unit.PLACES, Unit.ROLES, Unit.GROUPS, Unit.HOURS)


def standing_out(rows: Sequence[Row], *, most: int) -> list[Row]:
    """The one category, or the few, whose figures are clearly above all others; none where the
    figures go down evenly. Categories of what was not said do not count.
    """
    shown = [row for row in rows if row.shown.value is not None and row.code not in NOT_SAID]
    order = sorted(shown, key=lambda row: -(row.shown.value or 0))
    for few in range(1, min(most, len(order) - 1) + 1):
        least, next_one = order[few - 1].shown.value or 0, order[few].shown.value or 0
        if least > 0 and least >= STANDS_OUT * next_one:
            return order[:few]
    return []


def split_finding(measure: Measure, dimension: str, rows: Sequence[Row]) -> str:
    """What a split says, as the title of its chart: where the figure is highest."""
    if dimension not in EQUALITY and (sentence := not_reached_finding(measure, dimension, rows)):
        return sentence
    said = [row for row in rows if row.code not in NOT_SAID]
    shown = [row for row in said if row.shown.value is not None]
    if plain := _nothing_to_find(measure, dimension, shown):
        return plain
    if measure.unit not in _COUNTED and len(shown) > 1:
        return _from_to(measure, shown)
    sentence = _highest(measure, dimension, said, shown)
    if any(row.shown.why == Why.KEPT_BACK for row in said):
        # What is kept back may be as many.
        return _("%(sentence)s, of those shown") % {"sentence": sentence}
    return sentence


def _highest(measure: Measure, dimension: str, said: Sequence[Row], shown: Sequence[Row]) -> str:
    most = max(row.shown.value or 0 for row in shown)
    highest = [row for row in shown if row.shown.value == most]
    words = {"title": measure.title, "number": in_words(measure, highest[0].shown)}
    if len(highest) == len(said) > 1:
        return _("%(title)s: the same everywhere") % words
    if len(highest) > _MOST_NAMED:
        return _("%(title)s: highest in %(count)s of %(all)s, %(number)s each") % {
            **words,
            "count": len(highest),
            "all": len(said),
        }
    named = {**words, "named": get_text_list([row.label for row in highest], _("and"))}
    if dimension == "ward":
        return _("%(title)s: highest in %(named)s, %(number)s") % named
    return _("%(title)s: highest for “%(named)s”, %(number)s") % named


def _nothing_to_find(measure: Measure, dimension: str, shown: Sequence[Row]) -> str:
    """The title where no category can be named; '' where one can."""
    if not shown:
        return _("%(title)s: no number here is large enough to be shown") % {"title": measure.title}
    if not any(row.shown.value for row in shown):
        return _("%(title)s: none anywhere") % {"title": measure.title}
    if dimension in EQUALITY:
        # Groups of the equality questions are often small, and who reads of the highest and the
        # lowest takes chance for a difference.
        return _("%(title)s, by “%(split)s”: %(finding)s") % {
            "title": measure.title,
            "split": DIMENSIONS[dimension].title,
            "finding": _beyond_chance(shown),
        }
    return ""


def _tested(shown: Sequence[Row]) -> tuple[list[Row], Evenness | None]:
    """The rows whose shares can be tested by what may be published, and what came of it."""
    tested = [(row, row.parts) for row in shown if row.parts is not None]
    counts = [parts for __, parts in tested]
    found = evenness([hits for hits, __ in counts], [base for __, base in counts], STEP / 2)
    return [row for row, __ in tested], found


def _beyond_chance(shown: Sequence[Row]) -> str:
    """Whether shares differ by more than chance, and of whom."""
    tested, found = _tested(shown)
    if found is None:
        return _("small groups differ by chance too")
    if found.chance >= _CHANCE:
        return _("no difference beyond chance")
    words = _("lower among “%(who)s” than chance explains")
    if found.above:
        words = _("higher among “%(who)s” than chance explains")
    return words % {"who": tested[found.farthest].label}


def _from_to(measure: Measure, shown: Sequence[Row]) -> str:
    """Of shares and times, what the lowest and the highest are."""
    order = sorted(shown, key=lambda row: row.shown.value or 0)
    lowest, highest = order[0], order[-1]
    if lowest.shown == highest.shown:
        return _("%(title)s: %(number)s everywhere") % {
            "title": measure.title,
            "number": in_words(measure, lowest.shown),
        }
    sentence = _("%(title)s: from %(low)s (%(lowest)s) to %(high)s (%(highest)s)") % {
        "title": measure.title,
        "low": in_words(measure, lowest.shown),
        "lowest": lowest.label,
        "high": in_words(measure, highest.shown),
        "highest": highest.label,
    }
    __, found = _tested(shown)
    if found is not None and found.chance >= _CHANCE:
        return _("%(sentence)s, no more than chance explains") % {"sentence": sentence}
    return sentence


def over_time_finding(
    measure: Measure, months: Sequence[tuple[Period, Shown]], since: Period | None = None
) -> str:
    """What a line over months says: how the last that is shown differs from a year before it.

    since: the first month that there are figures of (the first of these, where it is not said); a
    year before that is not alike is passed over for the month before. Where there is none, what
    stands at one moment is held against the first month, and what is counted over a month against
    the one before: the first month of a service is a part of one. So is the month that runs, of
    which a count says nothing yet.
    """
    whole = [(month, one) for month, one in months if measure.of_moment or month.is_over()]
    shown = [(month, one) for month, one in whole or months if one.value is not None]
    if not shown:
        if months and months[-1][1].more_than is not None:
            return _("%(title)s: not reached in any month, %(number)s in %(month)s") % {
                "title": measure.title,
                "number": in_words(measure, months[-1][1]),
                "month": period_in_words(months[-1][0]),
            }
        return _("%(title)s: no month has a number that can be shown") % {"title": measure.title}
    last, figure = shown[-1]
    if len(shown) == 1:
        return _("%(title)s: %(number)s in %(month)s") % {
            "title": measure.title,
            "number": in_words(measure, figure),
            "month": period_in_words(last),
        }
    usual = shown[0] if measure.of_moment else shown[-2]
    month, before = next((one for one in shown[:-1] if one[0] == last.a_year_before()), usual)
    if month == last.a_year_before() and not is_alike(month, since or months[0][0]):
        month, before = shown[-2]
    when = _("in %(month)s") % {"month": period_in_words(month)}
    words = change(measure, figure, before, when).words
    return _("%(title)s in %(month)s: %(change)s") % {
        "title": measure.title,
        "month": period_in_words(last),
        "change": words[:1].lower() + words[1:],
    }

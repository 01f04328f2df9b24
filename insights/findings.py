"""What figures say, in sentences: never more than the published numbers support.

Pages, the report and mails all take their sentences from here, and give them numbers that
`insights.disclosure` has passed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import month_and_year
from insights.disclosure import Shown, Why
from insights.measures import MEASURES, Better, Measure, Unit
from insights.measures.dimensions import DIMENSIONS, EQUALITY
from insights.periods import Period
from insights.selectors.published import Published, Row
from insights.wording import ROUNDED, in_words, number, written

#: A category stands out where its figure is so many times that of the next.
STANDS_OUT = 1.15
#: More categories than this are not named in a title.
_MOST_NAMED = 3
#: Units of which the category with the most is news; of the others, how far apart they are.
_COUNTED = (Unit.PEOPLE, Unit.APPLICATIONS, Unit.PLACES, Unit.ROLES, Unit.GROUPS, Unit.HOURS)
#: Categories of people of whom it is not known: nothing is said of them.
_NOT_SAID = ("not-said", "prefer_not")
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


def period_in_words(period: Period) -> str:
    """Such as "October 2026", or "April 2026 to March 2027"."""
    if not period.is_year:
        return month_and_year(period.first)
    first, *__, last = period.months_in()
    return _("%(first)s to %(last)s") % {
        "first": month_and_year(first.first),
        "last": month_and_year(last.first),
    }


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
        sentence = _("Up %(amount)s on %(when)s") if more else _("Down %(amount)s on %(when)s")
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


def finding(measure: Measure, figures: Published) -> str:
    """A figure as a sentence; its title and number where it has no sentence of its own."""
    shown = figures.total(measure)
    say = _SENTENCES.get(measure.code)
    if say and (sentence := say(shown, figures)):
        return sentence
    if shown.value is None and shown.why != Why.NOT_REACHED:
        return _("%(title)s: there is no figure that can be shown") % {"title": measure.title}
    return _("%(title)s: %(number)s") % {
        "title": measure.title,
        "number": _plain(measure, shown),
    }


def _plain(measure: Measure, shown: Shown) -> str:
    if shown.why == Why.NOT_REACHED:
        return _("more than %(days)s days") % {"days": shown.more_than}
    about = measure.unit in ROUNDED and shown.value
    return (_("about %(number)s") if about else "%(number)s") % {"number": written(measure, shown)}


def how_many_people(shown: Shown, *, closed: bool = False) -> str:
    """How a sentence begins: "About 410 people are", "Nobody is", "Fewer than 8 people are"; of a
    period that is `closed`, in the past.
    """
    if shown.value is None:
        return _("Fewer than 8 people were") if closed else _("Fewer than 8 people are")
    if not shown.value:
        return _("Nobody was") if closed else _("Nobody is")
    words = _("About %(people)s people were") if closed else _("About %(people)s people are")
    return words % {"people": number(shown.value)}


def at_the_end(sentence: str, figures: Published) -> str:
    """A sentence of what stood when a period ended, such as "At the end of October 2026, about 410
    people were waiting".
    """
    last = figures.period.months_in()[-1] if figures.period.is_year else figures.period
    words = {"month": period_in_words(last), "what": sentence[:1].lower() + sentence[1:]}
    return _("At the end of %(month)s, %(what)s") % words


def waiting_for_places(figures: Published) -> str:
    """The first headline: how many people wait for how many places; of a period that is over, how
    many did at its end.
    """
    people, places = figures.total("people_waiting"), figures.total("places_open")
    if people.why == Why.NOTHING or places.value is None:
        return ""
    left = round(places.value)
    sentence = ngettext(
        "%(people)s waiting for %(places)s place.",
        "%(people)s waiting for %(places)s places.",
        left,
    ) % {"people": how_many_people(people, closed=figures.closed), "places": number(left)}
    return at_the_end(sentence, figures) if figures.closed else sentence


def widest_gap(closed: Published) -> str:
    """The second headline: at which times and in which wards most people wait for each place.
    Of a closed period; '' where nothing stands out.
    """
    times = standing_out(closed.split("people_for_each_place", "time"), most=1)
    wards = standing_out(closed.split("people_for_each_place", "ward"), most=2)
    parts = []
    if times:
        parts.append(_("for %(time)s") % {"time": times[0].label.lower()})
    if wards:
        parts.append(_("in %(wards)s") % {"wards": _(" and ").join(row.label for row in wards)})
    if not parts:
        return ""
    return _("In %(month)s the gap was widest %(where)s.") % {
        "month": period_in_words(closed.period),
        "where": _(" and ").join(parts),
    }


def first_answer(figures: Published) -> str:
    """How long people wait for a first answer, as a sentence; '' where it is not known."""
    return _days_until_answered(figures.total("days_until_answered"), figures)


def headlines(figures: Published, closed: Published | None, plan: str = "") -> list[str]:
    """The sentences at the top of the page: up to three that the figures support. figures: of the
    period that runs. closed: of the last that is over. plan: what new roles would bring.
    """
    said = [
        waiting_for_places(figures),
        widest_gap(closed) if closed else "",
        plan or first_answer(figures),
    ]
    return [sentence for sentence in said if sentence]


def standing_out(rows: Sequence[Row], *, most: int) -> list[Row]:
    """The one category, or the few, whose figures are clearly above all others; none where the
    figures go down evenly. Categories of what was not said do not count.
    """
    shown = [row for row in rows if row.shown.value is not None and row.code not in _NOT_SAID]
    order = sorted(shown, key=lambda row: -(row.shown.value or 0))
    for few in range(1, min(most, len(order) - 1) + 1):
        least, next_one = order[few - 1].shown.value or 0, order[few].shown.value or 0
        if least > 0 and least >= STANDS_OUT * next_one:
            return order[:few]
    return []


def split_finding(measure: Measure, dimension: str, rows: Sequence[Row]) -> str:
    """What a split says, as the title of its chart: where the figure is highest."""
    shown = [row for row in rows if row.shown.value is not None and row.code not in _NOT_SAID]
    if plain := _nothing_to_find(measure, dimension, shown):
        return plain
    most = max(row.shown.value or 0 for row in shown)
    if measure.unit not in _COUNTED and len(shown) > 1:
        return _from_to(measure, shown)
    highest = [row for row in shown if row.shown.value == most]
    if len(highest) == len(shown) > 1:
        return _("%(title)s: the same everywhere") % {"title": measure.title}
    if len(highest) > _MOST_NAMED:
        return _("%(title)s: highest in %(count)s of %(all)s, %(number)s each") % {
            "title": measure.title,
            "count": len(highest),
            "all": len(rows),
            "number": in_words(measure, highest[0].shown),
        }
    named = get_text_list([row.label for row in highest], _("and"))
    words = _("%(title)s: highest in %(named)s, %(number)s")
    if dimension != "ward":
        words = _("%(title)s: highest for “%(named)s”, %(number)s")
    return words % {
        "title": measure.title,
        "named": named,
        "number": in_words(measure, highest[0].shown),
    }


def _nothing_to_find(measure: Measure, dimension: str, shown: Sequence[Row]) -> str:
    """The title where no category can be named; '' where one can."""
    if not shown:
        return _("%(title)s: no number here is large enough to be shown") % {"title": measure.title}
    if not any(row.shown.value for row in shown):
        return _("%(title)s: none anywhere") % {"title": measure.title}
    if dimension in EQUALITY:
        # Groups of the equality questions are often small, and who reads of the highest and the
        # lowest takes chance for a difference.
        return _("%(title)s, by “%(split)s”: small groups differ by chance too") % {
            "title": measure.title,
            "split": DIMENSIONS[dimension].title,
        }
    return ""


def _from_to(measure: Measure, shown: Sequence[Row]) -> str:
    """Of shares and times, what the lowest and the highest are."""
    order = sorted(shown, key=lambda row: row.shown.value or 0)
    lowest, highest = order[0], order[-1]
    if lowest.shown == highest.shown:
        return _("%(title)s: %(number)s everywhere") % {
            "title": measure.title,
            "number": in_words(measure, lowest.shown),
        }
    return _("%(title)s: from %(low)s (%(lowest)s) to %(high)s (%(highest)s)") % {
        "title": measure.title,
        "low": in_words(measure, lowest.shown),
        "lowest": lowest.label,
        "high": in_words(measure, highest.shown),
        "highest": highest.label,
    }


def over_time_finding(measure: Measure, months: Sequence[tuple[Period, Shown]]) -> str:
    """What a line over months says: how the last that is shown differs from a year before it, or
    from the first.
    """
    shown = [(month, one) for month, one in months if one.value is not None]
    if not shown:
        return _("%(title)s: no month has a number that can be shown") % {"title": measure.title}
    last, figure = shown[-1]
    if len(shown) == 1:
        return _("%(title)s: %(number)s in %(month)s") % {
            "title": measure.title,
            "number": in_words(measure, figure),
            "month": period_in_words(last),
        }
    year_before = [one for one in shown[:-1] if one[0] == last.a_year_before()]
    month, before = year_before[0] if year_before else shown[0]
    when = _("in %(month)s") % {"month": period_in_words(month)}
    words = change(measure, figure, before, when).words
    return _("%(title)s in %(month)s: %(change)s") % {
        "title": measure.title,
        "month": period_in_words(last),
        "change": words[:1].lower() + words[1:],
    }


def _people_waiting(shown: Shown, figures: Published) -> str:
    if shown.why == Why.NOTHING:
        return ""
    words = {"people": how_many_people(shown, closed=figures.closed)}
    sentence = _("%(people)s waiting") % words
    return at_the_end(sentence, figures) if figures.closed else sentence


def _places_open(shown: Shown, figures: Published) -> str:
    if shown.value is None:
        return ""
    places = round(shown.value)
    words = {"number": number(places)}
    if figures.closed:
        were = ngettext("%(number)s place was open", "%(number)s places were open", places)
        return at_the_end(were % words, figures)
    return ngettext("%(number)s place is open", "%(number)s places are open", places) % words


def _people_for_each_place(shown: Shown, figures: Published) -> str:
    if shown.value is None:
        return ""
    words = {"number": f"{shown.value:g}"}
    if figures.closed:
        were = _("%(number)s people waited for each open place") % words
        if shown.value < 1:
            were = _("there were more open places than people who waited")
        return at_the_end(were, figures)
    if shown.value < 1:
        return _("There are more open places than people who wait")
    return _("%(number)s people wait for each open place") % words


def _people_placed(shown: Shown, figures: Published) -> str:
    words = {"month": period_in_words(figures.period), "people": number(shown.value or 0)}
    if shown.why == Why.FEW:
        return _("Fewer than 8 people were placed in %(month)s") % words
    if shown.value is None:
        return ""
    if not shown.value:
        return _("Nobody was placed in %(month)s") % words
    if figures.closed:
        return _("About %(people)s people were placed in %(month)s") % words
    return _("About %(people)s people were placed in %(month)s so far") % words


def _days_until_answered(shown: Shown, __: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        return _("More than half had no answer within %(days)s days.") % {"days": shown.more_than}
    if shown.value is None:
        return ""
    return _("Half of those who ask have an answer within %(days)s.") % {"days": _days(shown)}


def _days_until_placed(shown: Shown, __: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        return _("More than half have no place after %(days)s days") % {"days": shown.more_than}
    if shown.value is None:
        return ""
    return _("Half have a place within %(days)s") % {"days": _days(shown)}


def _longest_waits(shown: Shown, __: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        return _("More than one in ten have no place after %(days)s days") % {
            "days": shown.more_than
        }
    if shown.value is None:
        return ""
    return _("Nine in ten have a place within %(days)s") % {"days": _days(shown)}


def _offered_within_30_days(shown: Shown, __: Published) -> str:
    if shown.value is None:
        return ""
    return _("%(share)s had an offer within 30 days of registering") % {
        "share": f"{shown.value:.0f}%"
    }


def _roles_with_nobody(shown: Shown, figures: Published) -> str:
    roles = figures.total("roles_open")
    if shown.value is None or roles.value is None:
        return ""
    words = {"nobody": number(shown.value), "roles": number(roles.value)}
    if figures.closed:
        return at_the_end(_("%(nobody)s of %(roles)s open roles had nobody") % words, figures)
    return _("%(nobody)s of %(roles)s open roles have nobody") % words


def _days(shown: Shown) -> str:
    days = round(shown.value or 0)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


_SENTENCES: dict[str, Callable[[Shown, Published], str]] = {
    "people_waiting": _people_waiting,
    "places_open": _places_open,
    "people_for_each_place": _people_for_each_place,
    "people_placed": _people_placed,
    "days_until_answered": lambda shown, it: _days_until_answered(shown, it).rstrip("."),
    "days_until_placed": _days_until_placed,
    "longest_waits": _longest_waits,
    "offered_within_30_days": _offered_within_30_days,
    "roles_with_nobody": _roles_with_nobody,
}
#: The figures of the first page, in their order.
OF_THE_MINUTE: tuple[Measure, ...] = tuple(MEASURES[code] for code in _SENTENCES)

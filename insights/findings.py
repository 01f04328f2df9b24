"""What figures say, in sentences: never more than the published numbers support.

Pages, the report and mails all take their sentences from here, and give them numbers that
`insights.disclosure` has passed.
"""

from collections.abc import Callable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.changes import change
from insights.chart_findings import standing_out
from insights.disclosure import NOTHING, Shown, Why
from insights.measures import MEASURES, Measure
from insights.periods import Period
from insights.selectors.published import Published, Row
from insights.wording import ROUNDED, in_words, number, period_in_words, written

#: Why there is nothing to say of a count: another reason than that it is small.
_NOT_KNOWN = (Why.NOTHING, Why.KEPT_BACK)


def finding(measure: Measure, figures: Published) -> str:
    """A figure as a sentence, of the ward where the figures are of one; its title and number where
    it has no sentence of its own.
    """
    shown = figures.total(measure)
    say = _SENTENCES.get(measure.code)
    if say and (sentence := say(shown, figures)):
        if not figures.area:
            return sentence
        words = {"ward": figures.area_name, "what": sentence[:1].lower() + sentence[1:]}
        return _("%(ward)s: %(what)s") % words
    title = str(measure.title)
    if figures.area:
        title = _("%(title)s, %(ward)s") % {"title": title, "ward": figures.area_name}
    if shown.why in _NOT_KNOWN:
        return _("%(title)s: there is no figure that can be shown") % {"title": title}
    return _("%(title)s: %(number)s") % {"title": title, "number": _plain(measure, shown)}


def _plain(measure: Measure, shown: Shown) -> str:
    if shown.value is None:
        return in_words(measure, shown)
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


def waiting_for_places(figures: Published, earlier: Published | None = None) -> str:
    """The first headline: how many people wait for how many places; of a period that is over, how
    many did at its end. earlier: of a month that is over, beside which it says whether more people
    wait than then.
    """
    people, places = figures.total("people_waiting"), figures.total("places_open")
    if people.why in _NOT_KNOWN or places.value is None:
        return ""
    waiting = _("%(people)s waiting") % {"people": how_many_people(people, closed=figures.closed)}
    # Beside the people, and not at the end, where it would seem to be of the places.
    if since := _beside(people, earlier):
        waiting = _("%(waiting)s (%(since)s)") % {"waiting": waiting, "since": since}
    left = round(places.value)
    sentence = ngettext(
        "%(waiting)s for %(places)s place.", "%(waiting)s for %(places)s places.", left
    ) % {"waiting": waiting, "places": number(left)}
    return at_the_end(sentence, figures) if figures.closed else sentence


def _beside(people: Shown, earlier: Published | None) -> str:
    """Such as "about 890 more than at the end of May 2026"; '' where either is not shown."""
    then = earlier.total("people_waiting") if earlier else NOTHING
    if earlier is None or then.value is None or people.value is None:
        return ""
    when = _("at the end of %(month)s") % {"month": period_in_words(earlier.period)}
    words = change(MEASURES["people_waiting"], people, then, when).words
    if words[:1].isdigit():
        return _("about %(change)s") % {"change": words}
    return words[:1].lower() + words[1:]


def widest_gap(closed: Published) -> str:
    """The second headline: at which times and in which wards most people wait for each place.
    Of a closed period; '' where nothing stands out.
    """
    gap = "people_for_each_place"
    times = standing_out(closed.split(gap, "part-and-time"), most=1)
    times = times or standing_out(closed.split(gap, "time"), most=1)
    wards = standing_out(closed.split(gap, "ward"), most=2)
    parts = []
    if times:
        when = times[0].label[:1].lower() + times[0].label[1:]
        parts.append(_("for %(time)s") % {"time": _with_gap(when, times[0], in_full=True)})
    if wards:
        named = [
            _with_gap(row.label, row, in_full=not times and not place)
            for place, row in enumerate(wards)
        ]
        parts.append(_("in %(wards)s") % {"wards": get_text_list(named, _("and"))})
    if not parts:
        return ""
    where = get_text_list(parts, _("and"))
    if closed.period.is_year:
        # What stood when the year ended; nobody added it up over the year.
        return at_the_end(_("the gap was widest %(where)s.") % {"where": where}, closed)
    return _("In %(month)s the gap was widest %(where)s.") % {
        "month": period_in_words(closed.period),
        "where": where,
    }


def _with_gap(label: str, row: Row, *, in_full: bool) -> str:
    """Such as "Roxbourne (25.0 people for each place)", or only "Roxbourne (25.0)"."""
    words = _("%(where)s (%(gap)s people for each place)") if in_full else _("%(where)s (%(gap)s)")
    return words % {"where": label, "gap": written(MEASURES["people_for_each_place"], row.shown)}


def first_answer(figures: Published) -> str:
    """How long people wait for a first answer, as a sentence; '' where it is not known."""
    return _days_until_answered(figures.total("days_until_answered"), figures)


def headlines(
    figures: Published,
    closed: Published | None,
    would: str = "",
    earlier: Published | None = None,
) -> list[str]:
    """The sentences at the top of the page: up to three that the figures support. figures: of the
    period that runs. closed: of the last that is over. would: what would place more people.
    earlier: of the month beside which the number who wait is set.
    """
    said = [
        waiting_for_places(figures, earlier),
        widest_gap(closed) if closed else "",
        would or first_answer(figures),
    ]
    return [sentence for sentence in said if sentence]


def _people_waiting(shown: Shown, figures: Published) -> str:
    if shown.why in _NOT_KNOWN:
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
    words = {"when": _during(figures.period), "people": number(shown.value or 0)}
    if shown.why == Why.FEW:
        return _("Fewer than 8 people were placed %(when)s") % words
    if shown.value is None:
        return ""
    if not shown.value:
        return _("Nobody was placed %(when)s") % words
    if figures.closed:
        return _("About %(people)s people were placed %(when)s") % words
    return _("About %(people)s people were placed %(when)s so far") % words


def _during(period: Period) -> str:
    """Such as "in October 2026", or "from April 2025 to March 2026"."""
    when = period_in_words(period)
    return (_("from %(year)s") if period.is_year else _("in %(month)s")) % {
        "year": when,
        "month": when,
    }


def _days_until_answered(shown: Shown, figures: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        return _("More than half had no answer within %(days)s days.") % {"days": shown.more_than}
    if shown.value is None:
        return ""
    if figures.closed:
        return _("Half of those who asked had an answer within %(days)s.") % {"days": _days(shown)}
    return _("Half of those who ask have an answer within %(days)s.") % {"days": _days(shown)}


def _days_until_placed(shown: Shown, figures: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        words = (
            _("More than half had no place after %(days)s days")
            if figures.closed
            else _("More than half have no place after %(days)s days")
        )
        return words % {"days": shown.more_than}
    if shown.value is None:
        return ""
    if figures.closed:
        return _("Half had a place within %(days)s") % {"days": _days(shown)}
    return _("Half have a place within %(days)s") % {"days": _days(shown)}


def _longest_waits(shown: Shown, figures: Published) -> str:
    if shown.why == Why.NOT_REACHED:
        words = (
            _("More than one in ten had no place after %(days)s days")
            if figures.closed
            else _("More than one in ten have no place after %(days)s days")
        )
        return words % {"days": shown.more_than}
    if shown.value is None:
        return ""
    if figures.closed:
        return _("Nine in ten had a place within %(days)s") % {"days": _days(shown)}
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

"""The section of the report that says what could be decided, each point from a measured figure."""

from django.utils.translation import gettext as _

from insights.capacity_wording import what_to_fund
from insights.measures import MEASURES
from insights.report.parts import Section
from insights.report.sources import Sources
from insights.wording import in_words


def decisions(found: Sources) -> Section:
    """What the figures point to: what would place more people, what to fund, and whom to make roles
    for. Empty in the report of a year that has been over for a month, and where nothing can be
    claimed.
    """
    return Section(
        "decisions",
        _("What could be decided"),
        tuple(
            sentence for sentence in (*_levers(found), _fund(found), _roles_for(found)) if sentence
        ),
    )


def _levers(found: Sources) -> list[str]:
    if found.levers is None:
        return []
    asks = {
        True: _(
            "Ask groups to answer everybody within five days: simulated, %(gain)s more people "
            "would be placed in a season of 12 weeks."
        ),
        False: _(
            "Help groups to open the roles worth creating: simulated, %(gain)s more people would "
            "be placed in a season of 12 weeks."
        ),
    }
    return [asks[one.simulation.answer_soon] % {"gain": one.gain} for one in found.levers.each]


def _fund(found: Sources) -> str:
    said = what_to_fund(found.capacity) if found.capacity else ""
    return _("Decide what to fund. %(what)s.") % {"what": said} if said else ""


def _roles_for(found: Sources) -> str:
    missing = [one for one in found.segments if not one.has_places]
    if not missing:
        return ""
    largest = missing[0]
    return _("Make roles for those who wait for the same, first of all: %(name)s, %(people)s.") % {
        "name": largest.name,
        "people": in_words(MEASURES["people_waiting"], largest.people),
    }

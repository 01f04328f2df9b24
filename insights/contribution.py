"""What the service contributes to regular volunteering, and what it misses.

Never the national indicator on regular volunteering: that is a survey of all adults, and counts
help through any group, club or organisation. These count what groups confirm here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.places.residents import ESTIMATED_IN, residents_from
from insights.disclosure import Why
from insights.measures import MEASURES, Measure
from insights.measures.regular import ADULT
from insights.selectors.published import Published
from insights.wording import in_words, number

#: From registered to helping in every month.
STEPS: tuple[Measure, ...] = tuple(
    MEASURES[code]
    for code in (
        "residents_registered",
        "residents_placed",
        "helped_in_last_month",
        "helped_in_each_month",
    )
)


#: What the figures do not say.
LIMITS: tuple[str | Promise, ...] = (
    _("People who help without this service, or through a group that is not on it."),
    _("Help that nobody noted here, or that the group has not confirmed."),
    _("Residents who have not told us their age or where they live."),
    _("How much help there is in the borough in all: only a survey of all adults says that."),
)


def regular_finding(figures: Published) -> str:
    """How many of those who registered helped in the last month, of the ward where the figures are
    of one.
    """
    registered, helped = MEASURES["residents_registered"], MEASURES["helped_in_last_month"]
    of, some = figures.total(registered), figures.total(helped)
    if of.value is None or some.why in (Why.NOTHING, Why.KEPT_BACK):
        if figures.area:
            return gettext("%(ward)s: residents who registered, and residents who helped") % {
                "ward": figures.area_name
            }
        return gettext("Residents who registered, and residents who helped")
    words = {"some": in_words(helped, some), "of": in_words(registered, of)}
    if figures.area:
        return gettext(
            "%(ward)s: in the last whole month, %(some)s of %(of)s residents who registered helped"
        ) % {**words, "ward": figures.area_name}
    return (
        gettext("In the last whole month, %(some)s of %(of)s residents who registered helped")
        % words
    )


def adult_population() -> str:
    """How many people the figures could count at most, in a sentence."""
    return gettext(
        "About %(residents)s people of 16 and over live in Harrow (an estimate of the Office for "
        "National Statistics for the middle of %(year)s)."
    ) % {"residents": number(residents_from(ADULT)), "year": ESTIMATED_IN}

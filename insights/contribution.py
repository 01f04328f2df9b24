"""What the service contributes to regular volunteering, and what it misses.

Never the national indicator on regular volunteering: that is a survey of all adults, and counts
help through any group, club or organisation. These count what groups confirm here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights.measures import MEASURES, Measure

#: Everybody who lived in Harrow at the census of 2021, to the nearest hundred (Office for National
#: Statistics, first release; https://harrow.gov.uk/council/census).
RESIDENTS_IN_2021 = 261_300
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

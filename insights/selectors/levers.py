"""What would place more people: the simulations that are made of each month, set side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.models import Simulation
from insights.periods import Period
from insights.selectors.simulations import Shown, shown
from insights.wording import period_in_words

#: So many simulations are made of each month (`insights.services.simulations.ask_of_month`).
_OF_A_MONTH = 2


@dataclass(frozen=True)
class Lever:
    """One change, as it was simulated: the simulation, and what came of it as it may be shown."""

    simulation: Simulation
    shown: Shown

    @property
    def condition(self) -> str:
        """What would have to change, as the beginning of a sentence."""
        if self.simulation.answer_soon:
            return _("if every group answered within five days")
        count = len(self.simulation.roles)
        words = ngettext(
            "with the role of the month’s plan",
            "with the %(count)s roles of the month’s plan",
            count,
        )
        return words % {"count": count}

    @property
    def gain(self) -> str:
        """Such as "about 120 (between 110 and 130)"."""
        words = {"people": self.shown.gained, "low": self.shown.low, "high": self.shown.high}
        return _("about %(people)s (between %(low)s and %(high)s)") % words


@dataclass(frozen=True)
class Levers:
    """What would place more people, the one that would place most first; of which month."""

    month: Period
    each: tuple[Lever, ...]

    @property
    def sentence(self) -> str:
        """What the changes would bring, as a headline; '' where nothing can be claimed."""
        if not self.each:
            return ""
        first, *others = self.each
        sentence = _(
            "Simulated in %(month)s: %(condition)s, %(gain)s more people would be placed in a "
            "season"
        ) % {
            "month": period_in_words(self.month),
            "condition": first.condition,
            "gain": first.gain,
        }
        for other in others:
            sentence = _("%(sentence)s; %(condition)s, %(gain)s more") % {
                "sentence": sentence,
                "condition": other.condition,
                "gain": other.gain,
            }
        return _("%(sentence)s.") % {"sentence": sentence}


def levers() -> Levers | None:
    """The simulations of the newest month that are finished and of which something can be claimed;
    None where no month has any. One query.
    """
    finished = Simulation.objects.exclude(of_month="").filter(finished_at__isnull=False)
    newest = list(finished.order_by("-of_month", "pk")[:_OF_A_MONTH])
    if not newest:
        return None
    month = newest[0].of_month
    found = [(one, shown(one)) for one in newest if one.of_month == month]
    sure = [
        Lever(one, outcome)
        for one, outcome in found
        if outcome is not None and outcome.is_sure and not outcome.is_fewer
    ]
    sure.sort(key=lambda one: -(one.shown.gained or 0))
    return Levers(Period.of_code(month), tuple(sure))

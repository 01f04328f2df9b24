"""What a page of figures is narrowed to, as its address says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from core.places.wards import WARDS_BY_CODE
from insights.measures import Measure
from insights.measures.dimensions import DIMENSIONS, Dimension
from insights.periods import Period
from insights.selectors.published import Known, known_periods


@dataclass(frozen=True)
class Filters:
    """period: whose figures; None where there are none at all. by: the dimension to split by; ''
    where the measure has none. area: code of a ward, '' for the whole borough. known: the periods
    to choose from.
    """

    known: Sequence[Known]
    period: Period | None
    by: str
    area: str

    @property
    def area_name(self) -> str:
        """The ward's name, '' for the whole borough."""
        return WARDS_BY_CODE[self.area].name if self.area else ""


def chosen_period(request: HttpRequest, known: Sequence[Known]) -> Period | None:
    """The period of the address; else the last month that is over, or the one that runs."""
    asked = request.GET.get("period", "")
    for one in known:
        if one.period.code == asked:
            return one.period
    closed = [one.period for one in known if one.closed]
    return closed[0] if closed else (known[0].period if known else None)


def chosen(request: HttpRequest, measure: Measure) -> Filters:
    """The filters of a figure's page; what does not fit is as if not said. One query."""
    known = known_periods()
    by = request.GET.get("by", "")
    area = request.GET.get("area", "")
    if by not in measure.by:
        by = measure.by[0] if measure.by else ""
    if area not in WARDS_BY_CODE or "ward" not in measure.by:
        area = ""
    return Filters(known, chosen_period(request, known), by, area)


def dimensions_of(measure: Measure) -> list[Dimension]:
    """What a measure is split by, in order."""
    return [DIMENSIONS[code] for code in measure.by]

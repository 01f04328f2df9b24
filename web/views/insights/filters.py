"""What pages of the statistics are narrowed to, as their addresses say: a period, and a ward."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from core.places.wards import WARDS, WARDS_BY_CODE, Ward
from insights.measures import Measure
from insights.measures.dimensions import DIMENSIONS, Dimension
from insights.periods import Period
from insights.selectors.published import BY_WARD, Known, Published, known_periods, published
from web.insights_access import ReaderRequired


@dataclass(frozen=True)
class Filters:
    """period: whose figures; None where there are none at all. by: the dimension to split by; ''
    where the measure has none. area: code of a ward, '' for the whole borough. known: the periods
    to choose from. wards: the wards to choose from, none where there is nothing by ward. is_said:
    whether the address names a period that is known, or a ward.
    """

    known: Sequence[Known]
    period: Period | None
    area: str = ""
    by: str = ""
    wards: tuple[Ward, ...] = WARDS
    is_said: bool = False

    @property
    def area_name(self) -> str:
        """The ward's name, '' for the whole borough."""
        return WARDS_BY_CODE[self.area].name if self.area else ""

    @property
    def said(self) -> dict[str, str]:
        """The period and the ward, for an address."""
        period = self.period.code if self.period else ""
        return {"period": period, "area": self.area}


def chosen(request: HttpRequest) -> Filters:
    """The filters of a page; what does not fit is as if not said. One query."""
    known = known_periods()
    asked = request.GET.get("period", "")
    area = request.GET.get("area", "")
    if area not in WARDS_BY_CODE:
        area = ""
    said = next((one.period for one in known if one.period.code == asked), None)
    period = said or _usual_period(known)
    return Filters(known, period, area, is_said=bool(said or area))


def chosen_of_measure(request: HttpRequest, measure: Measure) -> Filters:
    """The filters of a figure's page. One query."""
    found = chosen(request)
    by = request.GET.get("by", "")
    if by not in measure.by:
        by = measure.by[0] if measure.by else ""
    has_wards = BY_WARD in measure.by
    area = found.area if has_wards else ""
    return Filters(found.known, found.period, area, by, WARDS if has_wards else (), found.is_said)


def _usual_period(known: Sequence[Known]) -> Period | None:
    """The last month that is over, or the one that runs."""
    closed = [one.period for one in known if one.closed]
    return closed[0] if closed else (known[0].period if known else None)


def dimensions_of(measure: Measure) -> list[Dimension]:
    """What a measure is split by, in order."""
    return [DIMENSIONS[code] for code in measure.by]


class OfAPeriod(ReaderRequired):
    """Something about the figures of one period, and of one ward or of the borough."""

    request: HttpRequest

    @cached_property
    def filters(self) -> Filters:
        """What the address narrows it to."""
        return chosen(self.request)

    @cached_property
    def figures(self) -> Published | None:
        """The figures, narrowed to the ward; None where there are none at all."""
        period = self.filters.period
        found = published([period]).get(period) if period else None
        return found.in_area(self.filters.area) if found else None

"""What pages of the statistics are narrowed to, as their addresses say: a period, and a ward."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.places.wards import WARDS, WARDS_BY_CODE, Ward
from insights.areas import FROM_HOME, area_name, in_area
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
    has_home: bool = False

    @property
    def area_name(self) -> str:
        """The ward's name, or "From home"; '' for the whole borough."""
        return area_name(self.area)

    @property
    def in_area(self) -> str:
        """The same inside a sentence: "in Pinner"."""
        return in_area(self.area)

    @property
    def areas(self) -> list[tuple[str, str]]:
        """What can be chosen, as (code, name); none where there is nothing by ward."""
        if not self.wards:
            return []
        home = [(FROM_HOME, area_name(FROM_HOME))] if self.has_home else []
        wards = [(ward.code, ward.name) for ward in self.wards]
        return [("", _("The whole borough")), *home, *wards]

    @property
    def said(self) -> dict[str, str]:
        """The period and the ward, for an address."""
        period = self.period.code if self.period else ""
        return {"period": period, "area": self.area}

    @property
    def query(self) -> str:
        """The same as the end of the address of a file; '' where nothing is chosen."""
        said = {name: value for name, value in self.said.items() if value}
        return f"?{urlencode(said)}" if said else ""


def chosen(request: HttpRequest, *, else_usual: bool = True) -> Filters:
    """The filters of a page; what does not fit is as if not said. else_usual: whether there is a
    period where none is said. One query.
    """
    known = known_periods()
    asked = request.GET.get("period", "")
    area = _area_of(request)
    said = next((one.period for one in known if one.period.code == asked), None)
    period = said or (_usual_period(known) if else_usual else None)
    return Filters(known, period, area, is_said=bool(said or area))


def chosen_area(request: HttpRequest, *, has_home: bool = False) -> Filters:
    """The filters of a page that there is nothing by period of; what is no ward is as if not said.
    has_home: whether what is done from home can be asked for. No query.
    """
    area = _area_of(request, has_home=has_home)
    return Filters((), None, area, is_said=bool(area), has_home=has_home)


def _area_of(request: HttpRequest, *, has_home: bool = False) -> str:
    area = request.GET.get("area", "")
    is_known = area in WARDS_BY_CODE or (has_home and area == FROM_HOME)
    return area if is_known else ""


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

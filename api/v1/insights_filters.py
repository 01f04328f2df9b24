"""What answers of the statistics are narrowed to: a period, and a ward."""

from collections.abc import Sequence

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from core.errors import NotFound
from core.places.wards import WARDS_BY_CODE
from insights.areas import FROM_HOME
from insights.periods import Period
from insights.selectors.published import Known, Published, known_periods, published

PERIOD = OpenApiParameter(
    "period",
    OpenApiTypes.STR,
    description="Such as 2026-10 or 2026-27; else the last month that is over.",
)
AREA = OpenApiParameter(
    "area", OpenApiTypes.STR, description="Of one ward: its code, such as `E05013555`."
)

AREA_OR_HOME = OpenApiParameter(
    "area", OpenApiTypes.STR, description="Of one ward: its code; or `home` for work from home."
)


def area_of(request: Request, *, has_home: bool = False) -> str:
    """The ward that is asked for, '' for the whole borough. Raises ValidationError for what is no
    ward. has_home: whether `home` can be asked for too.
    """
    area = request.query_params.get("area", "")
    is_home = has_home and area == FROM_HOME
    if area and area not in WARDS_BY_CODE and not is_home:
        raise serializers.ValidationError({"area": ["The code of a ward of Harrow."]})
    return area


def figures_of(request: Request) -> Published:
    """The figures of the period and the ward that are asked for. Raises NotFound where there are
    none.
    """
    area = area_of(request)
    period = period_of(request, known_periods())
    return published([period])[period].in_area(area)


def period_of(request: Request, known: Sequence[Known]) -> Period:
    """The period that is asked for, of those that there are figures of. Raises NotFound for any
    other, and where there are none.
    """
    code = request.query_params.get("period")
    # As the pages choose: a month that is over comes first.
    order = sorted(known, key=lambda one: not one.closed)
    found = next((one.period for one in order if code in (None, one.period.code)), None)
    if found is None:
        raise NotFound("There are no figures of this period.")
    return found

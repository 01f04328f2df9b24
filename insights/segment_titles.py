"""What a group of people who wait is called: what they would do, when and where, in plain words."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.places.wards import WARDS, ward_name
from insights.proposed_roles import TIME_LABELS
from matching.wording import names

#: Quarters of the borough: code, and how they are called.
QUARTERS: dict[str, str | Promise] = {
    "north-west": gettext_lazy("in the north-west"),
    "north-east": gettext_lazy("in the north-east"),
    "south-west": gettext_lazy("in the south-west"),
    "south-east": gettext_lazy("in the south-east"),
}
_MIDDLE_COLUMN, _MIDDLE_ROW = 2.5, 2.0


def quarter_of(ward: str) -> str:
    """The quarter of the borough that a ward lies in by its tile; '' for no ward of Harrow."""
    tile = next((one for one in WARDS if one.code == ward), None)
    if tile is None:
        return ""
    north = "north" if tile.row < _MIDDLE_ROW else "south"
    return f"{north}-{'west' if tile.column < _MIDDLE_COLUMN else 'east'}"


def title(
    *, activity: str, cause: str, times: Sequence[str], area: Sequence[str], quarter: str
) -> str:
    """Such as "Gardening, weekday evenings, around Pinner and Hatch End"; codes as of
    `insights.models.Segment`.
    """
    parts = [
        kind_in_words(activity=activity, cause=cause),
        times_in_words(times),
        area_in_words(area, quarter),
    ]
    return ", ".join(part for part in parts if part)


def kind_in_words(*, activity: str, cause: str) -> str:
    """The activity, or else the cause, by name, as it begins a sentence."""
    if not activity and not cause:
        return _("Any kind of help")
    named = names.name("Activity", activity) if activity else names.name("Cause", cause)
    return named[:1].upper() + named[1:]


def times_in_words(times: Sequence[str]) -> str:
    """Such as "weekday evenings and Sundays"; '' for any time."""
    return get_text_list(
        [str(TIME_LABELS[code]) for code in times if code in TIME_LABELS], _("and")
    )


def area_in_words(area: Sequence[str], quarter: str) -> str:
    """Such as "around Pinner and Hatch End"; "all over Harrow" for neither."""
    names = [ward_name(code) for code in area if ward_name(code)]
    if names:
        return _("around %(wards)s") % {"wards": get_text_list(names, _("and"))}
    return str(QUARTERS[quarter]) if quarter in QUARTERS else _("all over Harrow")

"""What one more place is worth, by kind of work, time and ward."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.csv_files import Cell
from core.places.wards import WARDS, WARDS_BY_CODE
from insights.selectors.worth_of_places import FROM_HOME, WorthOfPlaces, worth_of_places
from web import tables
from web.csv_response import csv_response
from web.views.insights.unmet import InsightsFile
from web.views.insights.unmet_words import count, mark

#: Lines on the page; all are in the file.
MOST_SHOWN = 20


def area_of(request: HttpRequest) -> str:
    """The ward, or from home, that the address names; '' for the whole borough, and for what is no
    ward.
    """
    area = request.GET.get("area", "")
    return area if area == FROM_HOME or area in WARDS_BY_CODE else ""


def areas() -> list[tuple[str, str]]:
    """What can be chosen, as (code, name)."""
    wards = [(ward.code, ward.name) for ward in WARDS]
    return [("", _("The whole borough")), (FROM_HOME, _("From home")), *wards]


def worth_table(found: WorthOfPlaces) -> tables.Table:
    """The first lines of what a place is worth."""
    return tables.Table(
        _("What one more place is worth"),
        (
            tables.Column(_("Kind of work, time and place")),
            tables.Column(_("Named it, have no place, could take it"), is_numeric=True),
            tables.Column(_("A place counts for"), is_numeric=True),
        ),
        [
            [
                tables.Cell(one.kind, note=f"{one.when[:1].upper()}{one.when[1:]}, {one.where}"),
                *(count(one.people), f"{one.worth:g}"),
            ]
            for one in found.rows[:MOST_SHOWN]
        ],
    )


class WorthOfPlacesFile(InsightsFile):
    """All of it as a file, narrowed as the page is."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        heads = (
            *(_("Kind of work"), _("When"), _("Where")),
            *(_("People without a place who named it and could take it"), _("A place counts for")),
        )
        found = worth_of_places(area_of(request))
        rows: list[tuple[Cell, ...]] = [
            (one.kind, one.when, one.where, mark(one.people), one.worth)
            for one in (found.rows if found else [])
        ]
        return csv_response("worth-of-a-place", heads, rows)

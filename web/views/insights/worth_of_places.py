"""What one more place is worth, by kind of work, time and ward."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.csv_files import Cell
from insights.selectors.worth_of_places import WorthOfPlaces, worth_of_places
from web import tables
from web.csv_response import csv_response
from web.views.insights.filters import chosen_area
from web.views.insights.unmet import InsightsFile
from web.views.insights.unmet_words import count, mark

#: Lines on the page; all are in the file.
MOST_SHOWN = 20


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
        found = worth_of_places(chosen_area(request, has_home=True).area)
        rows: list[tuple[Cell, ...]] = [
            (one.kind, one.when, one.where, mark(one.people), one.worth)
            for one in (found.rows if found else [])
        ]
        return csv_response("worth-of-a-place", heads, rows)

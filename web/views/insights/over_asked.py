"""Roles that many more people ask for than there are places, and what their groups could do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from core.csv_files import Cell
from insights.areas import headed
from insights.selectors.over_asked import OverAsked, Proposal, most_over_asked
from web import tables
from web.csv_response import csv_response
from web.group_access import person_of
from web.insights_access import ReaderRequired
from web.views.insights.filters import chosen_area
from web.views.insights.page import StatisticsPage


class OverAskedRoles(StatisticsPage):
    """The roles that most people go without, and what their groups could do; of the ward that the
    address names, or from home.
    """

    template_name = "web/insights/over_asked.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen_area(self.request, has_home=True)
        found, sees_desk = most_over_asked(filters.area), person_of(self.request).is_broker
        return super().get_context_data(
            filters=filters,
            title=headed(_title(found), filters.area),
            table=_table(found, sees_desk=sees_desk) if found else None,
            sees_desk=sees_desk,
            **kwargs,
        )


class OverAskedFile(ReaderRequired, View):
    """The same as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Role"), _("Group"), _("Places"), _("Places left")),
            *(_("People waiting for an answer"), _("What the group could do")),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                *(row.role.title, row.role.organisation.name, row.role.places),
                *(row.role.places_left, row.role.applications_pending, _what(row)),
            )
            for row in most_over_asked(chosen_area(request, has_home=True).area)
        ]
        return csv_response("over-asked-roles", heads, rows)


def _title(found: list[OverAsked]) -> str:
    if not found:
        return _("No role is asked for by many more people than it has places for")
    return ngettext(
        "%(number)s role is asked for by many more people than it has places for",
        "%(number)s roles are asked for by many more people than they have places for",
        len(found),
    ) % {"number": len(found)}


def _table(found: list[OverAsked], *, sees_desk: bool) -> tables.Table:
    """Who works at the desk comes from a role to where they can do something about it."""
    to = "web:desk-role" if sees_desk else "web:role"
    return tables.Table(
        _title(found),
        (
            tables.Column(_("Role")),
            tables.Column(_("Places left"), is_numeric=True),
            tables.Column(_("Waiting for an answer"), is_numeric=True),
            tables.Column(_("What the group could do")),
        ),
        [
            [
                tables.Cell(
                    row.role.title,
                    reverse(to, args=[row.role.pk]),
                    note=row.role.organisation.name,
                ),
                *(str(row.role.places_left), str(row.role.applications_pending)),
                _what(row) or _("Nothing that we know of."),
            ]
            for row in found
        ],
    )


def _what(row: OverAsked) -> str:
    """What the group could do."""
    return " ".join(_said(proposal) for proposal in row.proposals)


def _said(proposal: Proposal) -> str:
    what = f"{proposal.kind.label}."
    if not proposal.room:
        return what
    more = ngettext(
        "Up to %(number)s more place.", "Up to %(number)s more places.", proposal.room
    ) % {"number": proposal.room}
    return f"{what} {more}"

"""How the report's figures are made, and what they cannot say."""

from django.utils.translation import gettext as _

from core.clock import LONDON
from core.dates import full_day
from insights.measures import MEASURES
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources


def method(found: Sources) -> Section:
    """Method, limits, disclosure, and the definition of every figure."""
    when = full_day(found.figures.worked_out_at.astimezone(LONDON).date())
    state = _("They are final.") if found.figures.closed else _("The year is not over.")
    said = [
        _("The figures were worked out on %(day)s from the service's own records. %(state)s")
        % {"day": when, "state": state},
        _(
            "“Waiting” means: asked for a role, has none, and used the service in the last 60 "
            "days. Times are Kaplan–Meier medians, so that those who still wait count."
        ),
        _(
            "Numbers of people from 1 to 7 are not shown, and larger ones are rounded to the "
            "nearest 5, each by itself, so parts may not add up. More is kept back where a hidden "
            "number could be worked out from others."
        ),
        _(
            "Splits are of the last month that is over. A figure that is closed stays, also where "
            "somebody has deleted their account since."
        ),
        _(
            "The service knows those who use it. People who help without it, groups that are not "
            "registered here, and hours that nobody confirmed are not in these figures."
        ),
    ]
    if found.figures.erased_since:
        said.append(_("Since the figures were closed, accounts that stand in them were deleted."))
    table = Table(
        "definitions",
        _("What each figure means"),
        _("Every figure of the service"),
        (_("Figure"), _("Definition"), _("Out of"), _("Unit")),
        tuple(
            Line(
                str(one.title),
                (Cell(str(one.definition)), Cell(str(one.base)), Cell(str(one.unit))),
            )
            for one in MEASURES
        ),
        Kind.TABLE,
    )
    return Section("method", _("How these figures are made"), tuple(said), (table,))

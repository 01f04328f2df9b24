"""How the report's figures are made, and what they cannot say."""

from django.utils.translation import gettext as _

from core.places.residents import ESTIMATED_IN
from insights.measures import MEASURES, Measure
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources


def method(found: Sources, used: set[str]) -> Section:
    """Method, limits, disclosure, sources, and the definition of every figure. used: titles of
    those that the report shows; the others are defined in the workbook.
    """
    said = [
        waiting_means(),
        _(
            "Times are medians: half had it within so many days, half later or not yet. Those who "
            "still wait count with the days that they have waited so far (Kaplan–Meier)."
        ),
        _(
            "Numbers of people from 1 to 7 are not shown, and larger ones are rounded to the "
            "nearest 5, each by itself, so parts may not add up. More is kept back where a hidden "
            "number could be worked out from others."
        ),
        _(
            "Tables by ward, time, cause, age and the like are of the last month that is over. "
            "Figures are closed three days after the end of their month or year; from then on they "
            "stay, also where somebody deletes their account."
        ),
        _(
            "Dates of birth and answers to the equality questions are as they were on the day on "
            "which the figures were worked out, and who had deleted their account by then is not "
            "in them. All else is as it was at the end of the period."
        ),
        _(
            "The service knows those who use it. People who help without it, groups that are not "
            "registered here, and hours that nobody confirmed are not in these figures."
        ),
    ]
    if found.figures.erased_since:
        said.append(_("Since the figures were closed, accounts that stand in them were deleted."))
    return Section(
        "method", _("How these figures are made"), (*said, *_sources()), (_definitions(used),)
    )


def waiting_means() -> str:
    """Whom "waiting" means, in a sentence."""
    return _(
        "“Waiting” means: said that they want a role, have none, and used the service in the last "
        "60 days."
    )


def seasons_mean() -> str:
    """What the plan of roles and the simulated seasons rest on, in a sentence."""
    return _(
        "“Simulated” and “at best” assume how many of the roles that suit them people ask for: "
        "nobody has measured that in Harrow."
    )


def symbols() -> tuple[Line, ...]:
    """What stands in a workbook for a number that is not shown, and what each means."""
    return (
        Line("*", (Cell(_("Fewer than 8 people, or too few for this figure: not shown")),)),
        Line(
            "–",
            (Cell(_("Kept back: it would let somebody work out a hidden number; or none there")),),
        ),
        Line("360+", (Cell(_("More than so many days: by then too few had got so far to say")),)),
    )


def _sources() -> tuple[str, ...]:
    return (
        _(
            "Sources: the service’s own records. Wards and postcodes: Ordnance Survey Code-Point "
            "Open, under the Open Government Licence v3.0; contains OS data © Crown copyright and "
            "database right 2025, Royal Mail data © Royal Mail copyright and database right 2025, "
            "National Statistics data © Crown copyright and database right 2025."
        ),
        _(
            "Residents: Office for National Statistics, estimates of the middle of %(year)s, under "
            "the Open Government Licence v3.0. Communities and causes follow the UK Charity "
            "Activity Tags (CC BY 4.0)."
        )
        % {"year": ESTIMATED_IN},
    )


def _definitions(used: set[str]) -> Table:
    def is_left_out(measure: Measure) -> bool:
        return str(measure.title) not in used

    ordered = sorted(MEASURES, key=is_left_out)
    return Table(
        "definitions",
        _("What each figure means"),
        _("As the service works them out"),
        (_("Figure"), _("What is counted"), _("Out of"), _("Unit")),
        tuple(
            Line(
                str(one.title),
                (Cell(str(one.definition)), Cell(str(one.base)), Cell(str(one.unit))),
            )
            for one in ordered
        ),
        Kind.TABLE,
        drawn=len([one for one in ordered if not is_left_out(one)]),
    )

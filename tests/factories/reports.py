"""What an annual report is made of."""

from datetime import UTC, datetime

from factory.declarations import LazyAttribute, LazyFunction, Sequence
from factory.django import DjangoModelFactory

from core import clock
from insights.models import Campaign, CampaignMonth, KeptReport
from insights.periods import Period
from insights.report.parts import Cell, Line, Report, Section, Table
from insights.report.stored import as_json
from tests.factories.figures import made_figures

YEAR = Period.of_code("2026-27")
TOTALS = {
    "people_waiting": 412,
    "places_open": 198,
    "applied": 2200,
    "answered": 1500,
    "placed": 590,
    "people_placed": 580,
    "started": 520,
    "days_until_answered": 7,
    "offered_within_30_days": 25,
    "residents_registered": 2700,
    "helped_in_each_month": 3,
    "helped_in_last_month": 130,
    "hours_confirmed": 5210,
}
SPLITS = {
    ("people_waiting", "ward"): [20 + 10 * (place % 5) for place in range(21)] + [3, 40],
    ("people_for_each_place", "time"): [1.0, 3.0, 1.1],
    ("offered_within_30_days", "age"): [20, 30, 25],
    ("hours_confirmed", "group-kind"): [1200, 800],
}


def figures_of_a_year() -> None:
    """Figures of `YEAR` so far, of its last two months that are over, and of the year before."""
    made_figures("2025-26", {**TOTALS, "people_placed": 300})
    made_figures("2026-27", TOTALS, closed=False)
    made_figures("2026-09", {**TOTALS, "people_placed": 50}, SPLITS)
    made_figures("2026-10", {**TOTALS, "people_placed": 75}, SPLITS)
    made_figures("2026-11", {**TOTALS, "people_placed": 20}, closed=False)


def month_of_campaign(
    campaign: Campaign, *, began: tuple[int, int], of: tuple[int, int], placed: int = 0
) -> CampaignMonth:
    """What came of a campaign by the end of October 2026. began, of: groups that began a role, and
    groups, of those that were written to and of those that were not.
    """
    steps = ("began", "published", "applied", "placed", "there")
    arms = {
        arm: {"groups": groups} | dict.fromkeys(steps, some)
        for arm, some, groups in zip(("written", "comparison"), began, of, strict=True)
    }
    people = {"applied": placed, "placed": placed, "due": 0, "there": 0}
    return CampaignMonth.objects.create(
        campaign=campaign,
        month="2026-10",
        figures={**arms, "people": people},
        worked_out_at="2026-11-01T02:00:00Z",
    )


def small_report(year: str = YEAR.code, sentence: str = "About 410 people wait.") -> Report:
    """A report of one sentence and one table."""
    table = Table(
        "kinds", "Most walk", "2026", ("Kind", "People"), (Line("Walks", (Cell("about 40", 40),)),)
    )
    return Report(
        year=Period.of_code(year),
        year_words=f"the year {year}",
        worked_out_at=datetime(2026, 11, 20, 4, tzinfo=UTC),
        closed=False,
        summary=(sentence,),
        sections=(Section("people", "People", ("A sentence.",), (table,)),),
    )


class KeptReportFactory(DjangoModelFactory[KeptReport]):
    """A copy that somebody kept."""

    class Meta:
        model = KeptReport

    year = YEAR.code
    name = Sequence(lambda number: f"For the forum, {number}")
    contents = LazyAttribute(lambda made: as_json(small_report(made.year)))
    kept_at = LazyFunction(clock.now)


def final_report(year: str = YEAR.code, **fields: object) -> KeptReport:
    """The final report of a year."""
    return KeptReportFactory(year=year, name="", is_final=True, **fields)

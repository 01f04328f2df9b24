"""What the annual report says, and what it does not claim."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from core.clock import now
from insights.models import (
    Campaign,
    CampaignGroup,
    RolePlan,
    Segment,
    Simulation,
    Target,
    YearlyAnswer,
    YearlyQuestion,
)
from insights.periods import Period
from insights.report.contents import NoFigures, report
from insights.report.parts import Cell, Line, Section, Table
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.insights import (
    CampaignFactory,
    ProspectusFactory,
    SegmentFactory,
    planned_role,
)
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import TOTALS, YEAR, figures_of_a_year, month_of_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def figures() -> None:
    figures_of_a_year()


def table_of(key: str, year: Period = YEAR) -> Table:
    return next(table for table in report(year).tables if table.key == key)


def row_of(table: Table, label: str) -> list[str]:
    line = next(line for line in table.lines if line.label == label)
    return [cell.words for cell in line.cells]


def test_three_sentences_that_a_councillor_would_take(figures: None) -> None:
    found = report(YEAR)
    assert found.summary == (
        "People applied for roles about 2,200 times, and about 580 people were placed.",
        "About 410 people are waiting for 198 places.",
        "In October 2026 the gap was widest for weekday evenings (3.0 people for each place).",
    )
    assert found.meaning.startswith("“Waiting” means")
    assert "“Simulated”" not in found.meaning


def test_what_could_be_decided_is_from_what_was_simulated(figures: None) -> None:
    assert "decisions" not in [section.code for section in report(YEAR).sections]
    for soon, gain in ((False, 52), (True, 121)):
        Simulation.objects.create(
            asked_at=now(), of_month="2026-11", answer_soon=soon, of_plan=not soon,
            roles=[] if soon else [{"places": 10}] * 10, seasons_wanted=10, finished_at=now(),
            gain={"without": 500, "with_it": 500 + gain, "low": gain - 12, "high": gain + 8},
        )  # fmt: skip
    found = report(YEAR)
    assert found.sections[0].code == "decisions"
    assert found.sections[0].sentences == (
        "Ask groups to answer everybody within five days: simulated, about 120 (between 105 and "
        "130) more people would be placed in a season of 12 weeks.",
        "Help groups to open the roles worth creating: simulated, about 50 (between 40 and 60) "
        "more people would be placed in a season of 12 weeks.",
    )
    assert found.summary[-1].startswith(
        "Simulated in November 2026: if every group answered within five days"
    )
    assert "“Simulated” and “at best” assume" in found.meaning


def test_roles_are_asked_for_where_places_are_missing(figures: None) -> None:
    """The largest group may have as many places as people."""
    enough, too_few = SegmentFactory.create(people=40), SegmentFactory.create(people=16)
    Segment.objects.filter(pk=enough.pk).update(
        published=enough.published | {"places_for_most": 45}
    )
    (sentence,) = report(YEAR).sections[0].sentences
    assert sentence == (
        f"Make roles for those who wait for the same, first of all: {too_few.name}, about 15."
    )
    too_few.delete()
    assert "decisions" not in [section.code for section in report(YEAR).sections]


def test_those_who_wait_are_set_beside_the_first_month_of_the_year(figures: None) -> None:
    """Not beside the first month of the service: all of them came since."""
    made_figures("2026-04", TOTALS | {"people_waiting": 200})
    assert report(YEAR).summary[1] == "About 410 people are waiting for 198 places."
    made_figures("2026-03", TOTALS)
    assert report(YEAR).summary[1] == (
        "About 410 people are waiting (about 210 more than at the end of April 2026) for 198 "
        "places."
    )


def test_a_sentence_of_the_plan_says_what_it_rests_on(figures: None) -> None:
    planned_role()
    RolePlan.objects.update(
        roles=[RolePlan.objects.get().roles[0] | {"people": 23}], made_at=now() - timedelta(days=3)
    )
    found = report(YEAR)
    assert found.summary[-1].startswith("One new role would place about 25 more people")
    assert "“Simulated” and “at best” assume" in found.meaning
    assert table_of("roles").about.endswith("Worked out on 17 November 2026.")


def test_a_year_without_figures_has_no_report() -> None:
    with pytest.raises(NoFigures):
        report(YEAR)


@pytest.mark.parametrize(
    ("worked_out_at", "closed", "state"),
    [
        (
            datetime(2026, 11, 20, tzinfo=UTC),
            False,
            "The year is not over: these are its figures so far, of 20 November 2026.",
        ),
        (
            datetime(2027, 4, 2, tzinfo=UTC),
            False,
            "The year is over, and late entries still count: figures of 2 April 2027.",
        ),
        (datetime(2027, 4, 4, tzinfo=UTC), True, "The figures are final, as of 4 April 2027."),
    ],
)
def test_it_says_of_when_its_figures_are(worked_out_at: datetime, closed: bool, state: str) -> None:
    kept = made_figures("2026-27", TOTALS, closed=closed)
    kept.worked_out_at = worked_out_at
    kept.save()
    assert report(YEAR).state == state


def test_small_numbers_are_not_in_it(figures: None) -> None:
    """Of the residents that helped in each month there are 3; of a ward's people 3."""
    assert table_of("regular").lines[-1].cells[0] == Cell("fewer than 8", None, "*")
    wards = table_of("people_waiting-ward")
    few = next(line for line in wards.lines if line.label == "West Harrow")
    assert few.cells[0].value is None


def running(code: str, day: datetime) -> None:
    kept = made_figures(code, TOTALS, closed=False)
    kept.worked_out_at = day
    kept.save()


def test_part_of_a_year_is_not_set_beside_a_whole_one() -> None:
    """580 people in eight months are not 280 more than 300 in twelve; those who wait now are."""
    made_figures("2025-26", {**TOTALS, "people_placed": 300, "people_waiting": 200})
    running("2026-27", datetime(2026, 11, 20, tzinfo=UTC))
    assert report(YEAR).summary[0].startswith("So far this year people applied for roles about")
    assert table_of("funnel").title.startswith("April 2026 to March 2027, so far: people asked")
    table = table_of("figures")
    assert table.heads[1:4] == ("This year so far", "The year before", "Change")
    assert row_of(table, "People placed") == ["about 580", "about 300", "–"]
    assert row_of(table, "People waiting") == ["about 410", "about 200", "210 more"]
    assert any(note.startswith("“–” under “Change”") for note in table.notes)


def test_a_whole_year_is_set_beside_the_year_before(clock: time_machine.Traveller) -> None:
    made_figures("2025-26", {**TOTALS, "people_placed": 300})
    made_figures("2026-27", TOTALS)
    clock.move_to(datetime(2027, 5, 1, tzinfo=UTC))
    assert table_of("funnel").title.startswith("April 2026 to March 2027: people asked")
    table = table_of("figures")
    assert table.heads[1] == "This year"
    assert row_of(table, "People placed") == ["about 580", "about 300", "280 more"]


def test_a_year_before_that_began_late_is_said_to_be_no_whole_one(figures: None) -> None:
    """The first month of which there are figures is September 2026."""
    said = (
        "The first figures are of September 2026: the year before is not a whole one, so no change "
        "is given."
    )
    assert said in table_of("figures").notes
    assert "Change" not in table_of("figures").heads
    assert row_of(table_of("figures"), "People waiting") == ["about 410", "about 410"]
    made_figures("2025-04", TOTALS)
    assert said.replace("September 2026", "April 2025") not in table_of("figures").notes


def test_targets_stand_there_where_there_are_any(figures: None) -> None:
    assert "Target" not in table_of("figures").heads
    assert table_of("figures").title == "Where we are, against last year"
    assert "The delivery group has set no targets for this year." in table_of("figures").notes
    Target.objects.create(
        measure="days_until_answered",
        value=5,
        begins=date(2026, 4, 1),
        set_at=now(),
        set_by=UserFactory(),
    )
    table = table_of("figures")
    assert table.heads[-1] == "Target"
    assert row_of(table, "Days until the first answer")[-1] == "5 days, not reached"
    assert table.title == "Targets that were reached: none of 1"
    assert row_of(table, "Places open")[-1] == "–"


@pytest.mark.parametrize(("value", "reached"), [(500, "2 of 3"), (600, "1 of 3")])
def test_the_title_says_how_many_targets_are_reached(value: int, reached: str) -> None:
    running("2026-27", datetime(2026, 11, 20, tzinfo=UTC))
    wanted = {"people_placed": value, "places_open": 100, "days_until_answered": 5}
    for measure, number in wanted.items():
        Target.objects.create(measure=measure, value=number, begins=date(2026, 4, 1), set_at=now())
    assert table_of("figures").title == f"Targets that are reached so far: {reached}"


def test_a_month_that_runs_is_not_compared_by_what_happened_in_it(figures: None) -> None:
    """20 people placed so far in November are not 55 fewer than in October."""
    placed, waiting = table_of("people_placed-months"), table_of("people_waiting-months")
    assert [line.label for line in placed.lines] == ["September 2026", "October 2026"]
    assert placed.title == "People placed in October 2026: 25 more than in September 2026"
    assert "November 2026 is not over, and is left out here." in placed.notes
    assert waiting.lines[-1].label == "November 2026, so far"
    assert [line.short for line in waiting.lines] == ["Sep 2026", "Oct", "Nov"]


def test_a_ward_without_a_place_is_said_to_have_none() -> None:
    """More people wait there for each place than anywhere, and there is no number for it."""
    made_figures("2026-27", TOTALS, closed=False)
    per_place: list[float | None] = [2.0] * 22 + [None]
    made_figures("2026-10", TOTALS, {("people_for_each_place", "ward"): per_place})
    table = table_of("people_for_each_place-ward")
    assert table.lines[-1].cells[0].words == "no figure"
    said = "“No figure”: no place was open there, so those who wait there wait for none."
    assert table.notes == (said,)


def test_months_without_any_number_are_not_drawn() -> None:
    made_figures("2026-27", TOTALS, closed=False)
    made_figures("2026-10", {**TOTALS, "people_placed": 3})
    assert {table.key for table in report(YEAR).tables} >= {"people_waiting-months"}
    assert "people_placed-months" not in {table.key for table in report(YEAR).tables}


def test_a_long_list_is_drawn_in_part_and_is_whole_in_the_workbook() -> None:
    lines = tuple(Line(f"kind {place}", (Cell("5", 5.0),)) for place in range(15))
    table = Table("t", "Title", "about", ("Kind", "Groups"), lines, drawn=12)
    assert len(table.lines_drawn) == 12
    assert table.notes_drawn == ("3 more are in the workbook.",)
    assert Table("t", "Title", "about", ("Kind", "Groups"), lines[:12], drawn=12).notes_drawn == ()


def test_a_note_stands_once_below_the_tables_of_a_section() -> None:
    lines = (Line("kind", (Cell("5", 5.0),)),)
    one = Table("a", "Title", "about", ("Kind", "Groups"), lines, notes=("Few.", "Of one."))
    other = Table("b", "Title", "about", ("Kind", "Groups"), lines, notes=("Few.", "Of the other."))
    drawn = Section("s", "Title", tables=(one, other)).tables_with_notes
    assert drawn == [(one, ("Few.", "Of one.")), (other, ("Of the other.",))]


def test_every_figure_that_is_shown_is_defined_and_the_others_are_in_the_workbook(
    figures: None,
) -> None:
    table = table_of("definitions")
    drawn = {line.label for line in table.lines_drawn}
    assert {"People waiting", "People placed", "Hours confirmed"} <= drawn
    assert "Recommended roles that were opened" not in drawn
    assert "Recommended roles that were opened" in {line.label for line in table.lines}


def test_method_limits_and_sources_are_inside(figures: None) -> None:
    sentences = " ".join(report(YEAR).sections[-1].sentences)
    for said in ("Kaplan–Meier", "1 to 7 are not shown", "not registered here", "Licence v3.0"):
        assert said in sentences


def test_the_sector_is_mapped_and_its_limits_are_said(figures: None) -> None:
    for paid in ("", "", "micro"):
        OrganisationFactory(legal_form="faith", size=paid)
    OrganisationFactory(unverified=True)
    section = next(one for one in report(YEAR).sections if one.code == "sector")
    said = " ".join(section.sentences)
    assert "3 groups are registered" in said
    assert "Groups confirmed about 5,210 hours that people gave" in said
    assert "it cannot be said what share of the sector this is" in said
    keys = {table.key for table in section.tables}
    assert {"sector-kind", "sector-size", "sector-ward", "sector_hours"} <= keys
    size = next(table for table in section.tables if table.key == "sector-size")
    assert size.title == "Size: most often “Nobody is paid”, 1 group"
    assert size.lines[-1].label == "Not said"
    hours = next(table for table in section.tables if table.key == "sector_hours")
    assert row_of(hours, "Registered charity") == ["about 1,200 hours"]


class TestCampaigns:
    """What came of writing to groups."""

    def section(self) -> Section | None:
        return next((one for one in report(YEAR).sections if one.code == "campaigns"), None)

    def table(self) -> Table:
        section = self.section()
        assert section is not None
        return section.tables[0]

    def sent(self, name: str, *, groups: int = 0, opened: int = 0, drafted: int = 0) -> Campaign:
        campaign = CampaignFactory(name=name, state=Campaign.State.SENT, confirmed_at=now())
        for place in range(groups):
            prospectus = ProspectusFactory(
                opened_at=now() if place < opened else None,
                drafted_at=now() if place < drafted else None,
            )
            CampaignGroup.objects.create(
                campaign=campaign,
                organisation=prospectus.organisation,
                supply=campaign.supplies[0]["code"],
                arm="written",
                outcome="on_page",
                prospectus=prospectus,
            )
        return campaign

    def test_there_is_no_section_without_one(self, figures: None) -> None:
        CampaignFactory(name="Still a draft")
        earlier = self.sent("Of another year")
        Campaign.objects.filter(pk=earlier.pk).update(confirmed_at=now() - timedelta(days=300))
        assert self.section() is None

    def test_groups_are_counted_step_by_step(self, figures: None) -> None:
        self.sent("Evenings", groups=4, opened=3, drafted=1)
        self.sent("Weekends", groups=2)
        table = self.table()
        assert [line.label for line in table.lines] == ["Weekends", "Evenings"]
        assert row_of(table, "Evenings") == ["4", "3", "1", "0", "not known yet", "not known yet"]
        assert table.title == "Groups were told 6 times of people who wait, and 1 draft came of it"
        assert any(note.startswith("“Not known yet”") for note in table.notes)

    def test_no_draft_is_said(self, figures: None) -> None:
        self.sent("Evenings", groups=2)
        assert self.table().title.startswith(
            "Groups were told 2 times of people who wait; no draft"
        )

    @pytest.mark.parametrize(
        ("placed", "words"), [(0, "none"), (3, "fewer than 8"), (31, "about 30")]
    )
    def test_people_are_counted_as_they_may_be_shown(
        self, figures: None, placed: int, words: str
    ) -> None:
        campaign = self.sent("Evenings", groups=1)
        month_of_campaign(campaign, began=(2, 1), of=(40, 40), placed=placed)
        assert row_of(self.table(), "Evenings")[4] == words

    @pytest.mark.parametrize(
        ("began", "of", "words"),
        [
            ((2, 0), (40, 0), "not known: all were written to"),
            ((9, 0), (19, 40), "too few groups to say"),
            ((5, 4), (40, 40), "cannot be told: from -12 to +17 in 100"),
            ((25, 2), (40, 40), "yes: 57 more in 100, from 38 to 71"),
            ((2, 25), (40, 40), "no: 57 fewer in 100, from 38 to 71"),
        ],
    )
    def test_nothing_is_claimed_that_the_numbers_do_not_bear(
        self, figures: None, began: tuple[int, int], of: tuple[int, int], words: str
    ) -> None:
        month_of_campaign(self.sent("Evenings", groups=1), began=began, of=of)
        assert row_of(self.table(), "Evenings")[5] == words

    def test_all_are_counted_where_the_newest_alone_are_drawn(self, figures: None) -> None:
        for number in range(8):
            self.sent(f"Campaign {number}", groups=1)
        table = self.table()
        assert len(table.lines) == 8
        assert len(table.lines_drawn) == 6
        assert "8 times" in table.title

    def test_more_campaigns_take_no_more_queries(
        self, figures: None, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(3):
            month_of_campaign(self.sent(f"Campaign {number}", groups=1), began=(2, 1), of=(40, 40))
        with django_assert_max_num_queries(26):
            report(YEAR)


@pytest.mark.parametrize(("closed", "has_table"), [(True, True), (False, False)])
def test_what_groups_say_is_in_the_report_when_the_question_is_over(
    figures: None, closed: bool, has_table: bool
) -> None:
    today = now().date()
    question = YearlyQuestion.objects.create(
        year="2026-27",
        opens=today - timedelta(days=40),
        closes=today + timedelta(days=-1 if closed else 1),
        asked=40,
    )
    for answer in ("positive", "neither", "negative"):
        for _ in range(10):
            YearlyAnswer.objects.create(
                question=question,
                organisation=OrganisationFactory(),
                answer=answer,
                answered_at=now(),
            )

    section = next(one for one in report(YEAR).sections if one.code == "question")

    assert "40 groups were asked, and 30 replied (75%)." in section.sentences
    assert bool(section.tables) is has_table
    said = "33% of those who replied said “positive” or “very positive”."
    assert (said in section.sentences) is has_table

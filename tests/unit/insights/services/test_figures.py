"""Figures are worked out again while a period runs, and stay when it is closed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services.erasure import erase
from core.clock import now
from insights import datasets
from insights.disclosure import FEW, Shown
from insights.measures.samples import Cell
from insights.measures.tables import Tables
from insights.models import PeriodFigures
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures
from opportunities.services import organisations
from placements.services import applications
from placements.states import Mover, State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db

OCTOBER = Period.of_code("2026-10")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 10, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def cell(code: str, period: Period = OCTOBER) -> Cell:
    """A figure an hour later: of what happens in the very moment nothing is known yet."""
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        return figures.work_out(period).totals[code]


def people(number: int, **fields: Any) -> list[Volunteer]:
    given = {"created_at": now() - timedelta(days=3), **fields}
    return VolunteerFactory.create_batch(number, **given)


class TestWhoWaits:
    def test_everybody_who_asked_and_used_the_service_lately(self) -> None:
        people(3)
        people(1, last_used_at=now() - timedelta(days=61), created_at=now() - timedelta(days=90))
        assert cell("people_waiting").count == 3

    def test_who_used_it_after_the_month_was_about_in_it_and_who_came_after_was_not(
        self, clock: time_machine.Traveller
    ) -> None:
        clock.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))
        people(2, created_at=now() - timedelta(days=200))
        people(1, created_at=now() - timedelta(days=5))
        assert cell("people_waiting").count == 2

    def test_not_who_has_a_place_or_a_break(self) -> None:
        placed, paused, __ = people(3)
        application = ApplicationFactory(volunteer=placed, opportunity=OpportunityFactory())
        applications.accept(application=application, by=None)
        profiles.pause(volunteer=paused, by=None)
        assert cell("people_waiting").count == 1

    def test_not_who_left_a_place_and_wants_no_other(self, clock: time_machine.Traveller) -> None:
        role = OpportunityFactory(places=9)
        rows = [ApplicationFactory(volunteer=one, opportunity=role) for one in people(2)]
        for row in rows:
            applications.accept(application=row, by=None)
        for row, again in zip(rows, (False, True), strict=True):
            applications.end(
                application=row, reason="no_time", side=Mover.VOLUNTEER, by=None, looks_again=again
            )
        assert cell("people_waiting").count == 1
        # Nor in the months before they took a place after all.
        clock.move_to(datetime(2026, 11, 10, 12, tzinfo=UTC))
        assert cell("people_waiting").count == 1
        again = ApplicationFactory(volunteer=rows[0].volunteer, opportunity=OpportunityFactory())
        applications.accept(application=again, by=None)
        assert cell("people_waiting").count == 1
        assert cell("people_waiting", Period.of_code("2026-11")).count == 1

    def test_not_before_they_could_start(self, clock: time_machine.Traveller) -> None:
        people(1, can_start_from=date(2026, 11, 5), last_used_at=datetime(2026, 11, 20, tzinfo=UTC))
        assert cell("people_waiting").count == 0
        clock.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))
        assert cell("people_waiting").count == 0
        assert cell("people_waiting", Period.of_code("2026-11")).count == 1

    def test_not_who_has_a_place_in_a_group_that_was_stopped(
        self, clock: time_machine.Traveller
    ) -> None:
        row = ApplicationFactory(volunteer=people(1)[0], opportunity=OpportunityFactory(places=3))
        applications.accept(application=row, by=None)
        clock.move_to(datetime(2026, 11, 2, 12, tzinfo=UTC))
        organisations.suspend(
            organisation=row.opportunity.organisation, by=UserFactory(broker=True)
        )
        codes = ("people_waiting", "placed", "roles_open", "groups_with_no_live_role")
        assert [cell(code).count for code in codes] == [0, 1, 1, 0]
        november = Period.of_code("2026-11")
        assert [cell(code, november).count for code in codes] == [0, 0, 0, 0]

    def test_as_it_was_at_the_end_of_the_month(self, clock: time_machine.Traveller) -> None:
        placed, *__ = people(3)
        clock.move_to(datetime(2026, 11, 10, 12, tzinfo=UTC))
        application = ApplicationFactory(volunteer=placed, opportunity=OpportunityFactory())
        applications.accept(application=application, by=None)
        people(4)
        assert cell("people_waiting").count == 3
        assert cell("people_waiting", Period.of_code("2026-11")).count == 6


class TestWhatCameOfIt:
    def test_the_first_answer_counts_and_who_waits_counts_too(
        self, clock: time_machine.Traveller
    ) -> None:
        role = OpportunityFactory(places=9)
        asked = [ApplicationFactory(volunteer=one, opportunity=role) for one in people(3)]
        for days, application in zip((2, 6), asked, strict=False):
            clock.move_to(datetime(2026, 10, 20 + days, 12, tzinfo=UTC))
            applications.invite(application=application, by=None)
        found = cell("days_until_answered")
        assert (found.value, found.count, found.base, found.people) == (6, 2, 3, 3)

    def test_placed_in_the_month_in_which_the_place_was_confirmed(
        self, clock: time_machine.Traveller
    ) -> None:
        application = ApplicationFactory(volunteer=people(1)[0], opportunity=OpportunityFactory())
        clock.move_to(datetime(2026, 11, 2, 12, tzinfo=UTC))
        applications.accept(application=application, by=None)
        assert (cell("placed").count, cell("applied").count) == (0, 1)
        november = Period.of_code("2026-11")
        assert (cell("placed", november).count, cell("applied", november).count) == (1, 0)

    def test_an_offer_within_30_days(self, clock: time_machine.Traveller) -> None:
        soon, late, *__ = people(3)
        for one, days in ((soon, 10), (late, 40)):
            clock.move_to(datetime(2026, 10, 20, 12, tzinfo=UTC) + timedelta(days=days))
            application = ApplicationFactory(volunteer=one, opportunity=OpportunityFactory())
            applications.accept(application=application, by=None)
        clock.move_to(datetime(2026, 12, 20, 12, tzinfo=UTC))
        found = cell("offered_within_30_days", Period.of_code("2026-12"))
        assert (found.count, found.base) == (1, 3)


class TestClosing:
    def test_figures_change_until_the_period_is_closed_and_not_after(
        self, clock: time_machine.Traveller
    ) -> None:
        people(9)
        assert figures.refresh(OCTOBER)
        people(10)
        assert figures.refresh(OCTOBER)
        assert published([OCTOBER])[OCTOBER].total("people_waiting") == Shown(20)
        clock.move_to(datetime(2026, 11, 4, 12, tzinfo=UTC))
        assert figures.refresh(OCTOBER)
        assert published([OCTOBER])[OCTOBER].closed
        people(10, last_used_at=datetime(2026, 10, 30, tzinfo=UTC))
        assert not figures.refresh(OCTOBER)
        assert published([OCTOBER])[OCTOBER].total("people_waiting") == Shown(20)

    def test_the_tables_of_each_month_are_made_once_however_many_were_missed(
        self, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people(1)
        made: list[Period] = []
        real = datasets.tables

        def counted(period: Period) -> Tables:
            made.append(period)
            return real(period)

        monkeypatch.setattr(datasets, "tables", counted)
        clock.move_to(datetime(2027, 2, 20, 12, tzinfo=UTC))
        figures.refresh_running()
        assert PeriodFigures.objects.closed().count() > 2
        assert len(made) == len(set(made))

    def test_a_month_that_was_missed_is_worked_out_since_the_first_person_came(
        self, clock: time_machine.Traveller
    ) -> None:
        clock.move_to(datetime(2027, 1, 20, 12, tzinfo=UTC))
        people(9, created_at=datetime(2026, 9, 5, tzinfo=UTC))
        assert figures.refresh_running() == 5 + 2
        closed = PeriodFigures.objects.closed().values_list("period", flat=True)
        assert set(closed) == {"2025-26", "2026-09", "2026-10", "2026-11", "2026-12"}
        assert figures.refresh_running() == 2

    def test_late_entries_are_waited_for(self, clock: time_machine.Traveller) -> None:
        clock.move_to(datetime(2026, 11, 2, 12, tzinfo=UTC))
        assert figures.refresh_running() == 4
        assert not PeriodFigures.objects.get(period="2026-10").closed_at
        clock.move_to(datetime(2026, 11, 4, 1, tzinfo=UTC))
        figures.refresh_running()
        assert PeriodFigures.objects.get(period="2026-10").closed_at
        assert figures.refresh_running() == 2

    def test_an_erasure_is_noted_and_changes_nothing(self, clock: time_machine.Traveller) -> None:
        gone, *__ = people(9)
        clock.move_to(datetime(2026, 11, 4, 12, tzinfo=UTC))
        figures.refresh(OCTOBER)
        figures.refresh(Period.of_code("2026-11"))
        erase(user=gone.user, by=None)
        found = published([OCTOBER])[OCTOBER]
        assert (found.total("people_waiting"), found.erased_since) == (Shown(10), 1)
        figures.refresh(Period.of_code("2026-11"))
        november = PeriodFigures.objects.get(period="2026-11")
        assert november.figures["totals"]["people_waiting"][1] == 8
        assert november.erased_since == 0


class TestSplits:
    def test_are_published_when_the_period_is_over(self, clock: time_machine.Traveller) -> None:
        people(9)
        figures.refresh(OCTOBER)
        assert published([OCTOBER])[OCTOBER].split("people_waiting", "ward") == []
        clock.move_to(datetime(2026, 11, 4, 12, tzinfo=UTC))
        figures.refresh(OCTOBER)
        rows = published([OCTOBER])[OCTOBER].split("people_waiting", "ward")
        assert len(rows) == 23
        assert {row.label: row.shown for row in rows}["Greenhill"] == Shown(10)

    def test_every_measure_has_every_category_and_parts_add_up(self) -> None:
        people(4)
        people(3, postcode="HA5 3AB")
        found = figures.work_out(OCTOBER)
        for (measure, dimension), cells in found.splits.items():
            assert len(cells) == len(found.categories[dimension]), (measure, dimension)
        wards = found.splits["people_waiting", "ward"]
        assert sum(one.count for one in wards) == found.totals["people_waiting"].count == 7

    def test_small_wards_are_hidden(self, clock: time_machine.Traveller) -> None:
        people(3)
        people(9, postcode="HA5 3AB")
        people(5, postcode="HA0 1AB")
        clock.move_to(datetime(2026, 11, 4, 12, tzinfo=UTC))
        figures.refresh(OCTOBER)
        rows = published([OCTOBER])[OCTOBER].split("people_waiting", "ward")
        assert {row.label: row.shown for row in rows}["Greenhill"] == FEW


def test_erasures_at_once_note_it_in_one_order() -> None:
    """Two who hold the same rows in different orders wait for each other for ever."""
    for code in ("2026-08", "2026-07", "2026-09"):
        PeriodFigures.objects.create(
            period=code,
            first_day=Period.of_code(code).first,
            figures={},
            worked_out_at=now(),
            closed_at=now(),
        )
    with CaptureQueriesContext(connection) as asked:
        figures.note_erasure()
    held, noted = (one["sql"] for one in asked if one["sql"].startswith(("SELECT", "UPDATE")))
    assert "ORDER BY" in held
    assert noted.startswith("UPDATE")
    assert set(PeriodFigures.objects.values_list("erased_since", flat=True)) == {1}


def test_queries_do_not_grow_with_rows() -> None:
    role = OpportunityFactory(places=50)
    ApplicationFactory(volunteer=people(1)[0], opportunity=role)
    figures.work_out(OCTOBER)
    with CaptureQueriesContext(connection) as few:
        figures.work_out(OCTOBER)
    for one in people(5):
        ApplicationFactory(volunteer=one, opportunity=role, state=State.ACCEPTED)
    with CaptureQueriesContext(connection) as more:
        figures.work_out(OCTOBER)
    assert len(more) == len(few)


def test_the_command_prints_what_may_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    people(3)
    UserFactory()
    call_command("measures", "--period", "2026-10")
    printed = capsys.readouterr().out
    assert "2026-10, still running" in printed
    assert "People waiting: fewer than 8  (people_waiting)" in printed
    assert "“Fewer than 8” (* on a map and in a file)" in printed


def test_the_command_prints_one_figure_or_no_splits_or_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people(30, created_at=datetime(2026, 2, 3, tzinfo=UTC), last_used_at=now())
    call_command("measures", "--period", "2026-02", "--measure", "people_waiting", "--json")
    data = json.loads(capsys.readouterr().out)
    assert [one["measure"] for one in data["figures"]] == ["people_waiting"]
    assert data["closed"] is True
    assert data["figures"][0]["value"] == 30
    assert len(data["figures"][0]["by"]["ward"]) == 23

    call_command("measures", "--period", "2026-02", "--by", "ward")
    assert "  By ward" in capsys.readouterr().out
    call_command("measures", "--period", "2026-02", "--totals")
    assert "  By " not in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"no figure “people”.*people_waiting, "):
        call_command("measures", "--measure", "people")


@pytest.mark.parametrize("code", ["2026-11", "2099-10", "2027-28", "2001-10", "2001-02"])
def test_the_command_keeps_nothing_of_a_period_that_nobody_was_in(code: str) -> None:
    """It would be closed, and stay for ever among the periods to choose from."""
    people(3)
    with pytest.raises(CommandError, match="no figures"):
        call_command("measures", "--period", code)
    assert not PeriodFigures.objects.exists()


def test_the_command_closes_no_year_before_its_months(clock: time_machine.Traveller) -> None:
    people(3, created_at=datetime(2026, 2, 3, tzinfo=UTC))
    call_command("measures", "--period", "2025-26")
    closed = set(PeriodFigures.objects.closed().values_list("period", flat=True))
    assert closed == {"2026-02", "2026-03", "2025-26"}


def test_the_command_refuses_a_dimension_that_there_is_none_of() -> None:
    people(3)
    with pytest.raises(CommandError, match="no dimension"):
        call_command("measures", "--period", "2026-10", "--by", "shoe-size")


def test_the_command_names_the_dimensions_when_it_does_not_know_one() -> None:
    with pytest.raises(CommandError, match=r"no dimension “nonsense”.*ward, "):
        call_command("measures", by="nonsense")

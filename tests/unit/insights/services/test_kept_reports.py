"""The final report of a year is made once and stays; copies are kept and removed by who steers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.services.erasure import erase
from core.errors import Conflict, InvalidInput, NotFound
from core.outbox.leases import Lease, LeaseLostError
from insights.models import KeptReport, PeriodFigures
from insights.periods import Period
from insights.report.contents import report
from insights.report.kept import report_of
from insights.report.stored import of_json
from insights.selectors.kept_reports import years_of_reports
from insights.services import kept_reports
from opportunities.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.figures import made_figures
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import TOTALS, YEAR, KeptReportFactory, figures_of_a_year, final_report
from tests.factories.volunteers import VolunteerFactory
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db

#: The night in which the figures of the year are closed.
CLOSING = datetime(2027, 4, 4, 4, 0, tzinfo=UTC)
GONE = Lease(fact_id=1, kind="night.figures", subject_id=1, fence=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(CLOSING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def steerer() -> User:
    return UserFactory(delivery_group=True)


def closed_year(code: str = "2026-27") -> None:
    made_figures(code, TOTALS)


class TestTheFinalReport:
    def test_is_made_once_when_the_year_is_closed(self) -> None:
        closed_year()
        said = report(YEAR)
        assert kept_reports.keep_final() == 1
        assert kept_reports.keep_final() == 0
        row = KeptReport.objects.get()
        assert (row.year, row.is_final, row.name, row.kept_by) == ("2026-27", True, "", None)
        assert row.kept_at == CLOSING
        assert of_json(row.contents) == said
        entry = AuditEntry.objects.get(action="report.kept")
        assert (entry.actor, entry.subject_id, entry.details) == (None, row.pk, {"year": row.year})

    def test_not_before_it_is_closed_and_not_of_a_month(self) -> None:
        made_figures("2026-27", TOTALS, closed=False)
        made_figures("2027-03", TOTALS)
        assert kept_reports.keep_final() == 0

    def test_years_that_were_missed_are_made_up_for(self) -> None:
        closed_year("2025-26")
        closed_year("2026-27")
        final_report("2025-26")
        closed_year("2024-25")
        assert kept_reports.keep_final() == 2
        assert {row.year for row in KeptReport.objects.final()} == {
            "2024-25",
            "2025-26",
            "2026-27",
        }

    def test_has_what_is_only_known_of_now_and_keeps_it(
        self, clock: time_machine.Traveller
    ) -> None:
        closed_year()
        OrganisationFactory(legal_form="faith")
        kept_reports.keep_final()
        Organisation.objects.all().delete()
        clock.move_to(datetime(2028, 1, 10, tzinfo=UTC))
        assert "sector" in [section.code for section in report_of(YEAR).sections]
        assert "sector" not in [section.code for section in report(YEAR).sections]

    def test_of_a_year_long_over_has_nothing_of_now(self, clock: time_machine.Traveller) -> None:
        closed_year("2025-26")
        OrganisationFactory(legal_form="faith")
        kept_reports.keep_final()
        assert "sector" not in [
            section.code for section in report_of(Period.of_code("2025-26")).sections
        ]

    def test_stays_as_it_is_when_somebody_deletes_their_account(self) -> None:
        closed_year()
        kept_reports.keep_final()
        before = report_of(YEAR)
        erase(user=VolunteerFactory().user, by=None)
        assert PeriodFigures.objects.get().erased_since == 1
        assert report_of(YEAR) == before
        assert report(YEAR) != before

    def test_is_not_written_by_a_worker_that_lost_its_lease(self) -> None:
        closed_year()
        with pytest.raises(LeaseLostError):
            kept_reports.keep_final(GONE)
        assert not KeptReport.objects.exists()

    def test_there_is_one_of_each_year(self) -> None:
        final_report()
        with pytest.raises(IntegrityError), transaction.atomic():
            final_report()

    def test_is_made_in_the_night_that_closes_the_year(self) -> None:
        """Twice in the same night, as after a failure."""
        VolunteerFactory(created_at=CLOSING - timedelta(days=60))
        for night in (1, 2):
            handler_for("night.figures").work(night, lease_on("night.figures", night))
        final = KeptReport.objects.get()
        assert final.year == "2026-27"
        assert of_json(final.contents).closed


class TestCopies:
    @pytest.fixture(autouse=True)
    def before_the_end(self, clock: time_machine.Traveller) -> None:
        clock.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))
        figures_of_a_year()

    def test_is_kept_as_it_is_under_a_name_with_who_did_it(self, steerer: User) -> None:
        said = report(YEAR)
        copy = kept_reports.keep_copy(year=YEAR, name=" For Cabinet ", by=steerer)
        PeriodFigures.objects.all().delete()
        copy.refresh_from_db()
        assert (copy.name, copy.kept_by, copy.is_final) == ("For Cabinet", steerer, False)
        assert of_json(copy.contents) == said
        entry = AuditEntry.objects.get(action="report.kept")
        assert (entry.actor, entry.subject_id) == (steerer, copy.pk)
        assert entry.details == {"year": "2026-27"}

    def test_asked_for_twice_it_is_kept_once(self, steerer: User) -> None:
        first = kept_reports.keep_copy(year=YEAR, name="For Cabinet", by=steerer)
        assert kept_reports.keep_copy(year=YEAR, name="For Cabinet", by=steerer) == first
        assert AuditEntry.objects.filter(action="report.kept").count() == 1

    @pytest.mark.parametrize("changed", ["who", "what"])
    def test_a_name_is_taken_once_in_a_year(self, steerer: User, changed: str) -> None:
        kept_reports.keep_copy(year=YEAR, name="For Cabinet", by=steerer)
        if changed == "who":
            steerer = UserFactory(delivery_group=True)
        else:
            PeriodFigures.objects.filter(period="2026-27").delete()
            made_figures("2026-27", TOTALS | {"people_waiting": 500}, closed=False)
        with pytest.raises(InvalidInput) as refused:
            kept_reports.keep_copy(year=YEAR, name="For Cabinet", by=steerer)
        assert "name" in refused.value.fields
        kept_reports.keep_copy(year=YEAR, name="For Cabinet, again", by=steerer)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 81])
    def test_needs_a_name_that_fits(self, steerer: User, name: str) -> None:
        with pytest.raises(InvalidInput):
            kept_reports.keep_copy(year=YEAR, name=name, by=steerer)

    def test_not_of_a_year_that_has_its_final_report_or_no_figures(self, steerer: User) -> None:
        final_report("2025-26")
        for code in ("2025-26", "2020-21"):
            with pytest.raises(Conflict):
                kept_reports.keep_copy(year=Period.of_code(code), name="Mine", by=steerer)

    def test_for_those_who_steer_alone(self) -> None:
        broker = UserFactory(broker=True)
        with pytest.raises(NotFound):
            kept_reports.keep_copy(year=YEAR, name="Mine", by=broker)
        with pytest.raises(NotFound):
            kept_reports.remove_copy(copy=KeptReportFactory(), by=broker)
        assert KeptReport.objects.count() == 1

    def test_is_removed_with_who_did_it_in_the_trail(self, steerer: User) -> None:
        copy = KeptReportFactory()
        pk = copy.pk
        kept_reports.remove_copy(copy=copy, by=steerer)
        assert not KeptReport.objects.exists()
        entry = AuditEntry.objects.get(action="report.removed")
        assert (entry.actor, entry.subject_id) == (steerer, pk)
        with pytest.raises(Conflict):
            kept_reports.remove_copy(copy=copy, by=steerer)

    def test_a_final_report_is_not_removed(self, steerer: User) -> None:
        with pytest.raises(Conflict):
            kept_reports.remove_copy(copy=final_report(), by=steerer)
        assert KeptReport.objects.exists()

    def test_stays_when_who_kept_it_deletes_their_account(self, steerer: User) -> None:
        copy = kept_reports.keep_copy(year=YEAR, name="For Cabinet", by=steerer)
        erase(user=steerer, by=None)
        copy.refresh_from_db()
        assert copy.kept_by is None


def test_years_have_their_final_report_and_their_copies_in_two_queries(
    django_assert_num_queries: object,
) -> None:
    closed_year("2025-26")
    made_figures("2026-27", TOTALS, closed=False)
    final = final_report("2025-26")
    older, newer = KeptReportFactory(), KeptReportFactory()
    with django_assert_num_queries(2):  # type: ignore[operator]  # the fixture
        this, last = years_of_reports()
        assert [str(copy.kept_by) for copy in this.copies] == ["None", "None"]
    assert (this.period.code, this.final, this.copies) == ("2026-27", None, [newer, older])
    assert (last.period.code, last.final, last.copies) == ("2025-26", final, [])

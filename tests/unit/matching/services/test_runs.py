"""Asking for a full ranking, and doing one in the foreground."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.models import AuditEntry
from core.clock import now
from core.errors import NotFound
from core.models import Fact
from core.outbox import leases
from matching import recommender
from matching.models import RankingBlock, RankingRun, Recommendation
from matching.recommender import runs as blocks
from matching.recommender.requests import STUCK_AFTER
from matching.services import runs
from tests.factories.accounts import UserFactory
from tests.factories.matching import borough

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PEOPLE_IN_A_BLOCK", 5)
    monkeypatch.setattr(runs, "_PAUSE_SECONDS", 0)


def facts() -> list[tuple[str, int]]:
    return list(Fact.objects.waiting().values_list("kind", "subject_id"))


def test_request_states_a_fact_and_leaves_a_trail() -> None:
    broker = UserFactory(broker=True)
    run = runs.request(by=broker)
    assert (run.state, run.requested_by) == ("waiting", broker)
    assert facts() == [("ranking.requested", run.pk)]
    assert AuditEntry.objects.about(run).get().action == "ranking.requested"


def test_second_request_gives_the_run_that_is_going_on() -> None:
    run = runs.request(by=None)
    assert runs.request(by=UserFactory(broker=True)) == run
    RankingRun.objects.update(state="running", started_at=now())
    assert runs.request(by=None) == run
    assert RankingRun.objects.count() == AuditEntry.objects.count() == 1


def test_request_after_a_run_is_over_or_stuck_is_a_new_one() -> None:
    over = runs.request(by=None)
    RankingRun.objects.update(state="done", finished_at=now())
    stuck = runs.request(by=None)
    assert stuck != over
    RankingRun.objects.filter(pk=stuck.pk).update(requested_at=F("requested_at") - STUCK_AFTER)
    assert runs.request(by=None) not in (stuck, over)


@pytest.mark.parametrize(
    "role", [{}, {"delivery_group": True}, {"broker": True, "is_active": False}]
)
def test_only_the_volunteer_centre_may_ask(role: dict) -> None:
    with pytest.raises(NotFound):
        runs.request(by=UserFactory(**role))
    assert not RankingRun.objects.exists()
    assert facts() == []


class TestWorkOn:
    def test_does_it_all_and_shows_progress(self) -> None:
        borough(people=12, roles=3)
        run = runs.request(by=None)
        shares = [step.share_done for step in runs.work_on(run)]
        assert shares == sorted(shares)
        # Before, after the beginning, after three blocks of people, one of roles, and the plan.
        assert len(shares) == 7
        assert (shares[0], shares[-1], run.state) == (0.0, 1.0, "done")
        assert Recommendation.objects.count() == 12
        ranking = Fact.objects.filter(kind__startswith="ranking.")
        assert set(ranking.values_list("state", flat=True)) == {"done"}

    def test_finishes_what_another_began(self) -> None:
        borough(people=12, roles=3)
        steps = runs.work_on(runs.request(by=None))
        for _ in range(3):
            next(steps)
        steps.close()
        run = runs.request(by=None)
        assert run.people_done == 5
        *_, last = runs.work_on(run)
        assert (last.state, last.people_done) == ("done", 12)

    @pytest.mark.slow
    def test_waits_for_a_block_that_a_worker_holds(self) -> None:
        run, steps, held = self.begun_beside_a_worker()
        for step in steps:
            unfinished = step.blocks.unfinished()
            if [block.pk for block in unfinished] == [held.subject_id]:
                recommender.rank_block(held.subject_id, held)
                leases.finish(held)
        assert run.state == "done"

    def test_takes_over_a_block_whose_worker_died(self) -> None:
        run, steps, held = self.begun_beside_a_worker()
        Fact.objects.filter(pk=held.fact_id).update(lease_until=now())
        # An attempt that came to nothing is made again after a pause.
        for step in steps:
            Fact.objects.waiting().update(not_before=now())
            assert step.blocks.exists()
        assert run.state == "done"
        assert Fact.objects.get(pk=held.fact_id).attempts == 1

    @staticmethod
    def begun_beside_a_worker() -> tuple[RankingRun, Iterator[RankingRun], leases.Lease]:
        """A ranking with some of it done, the work on it, and a block that a worker holds."""
        borough(people=7, roles=1)
        run = runs.request(by=None)
        steps = runs.work_on(run)
        next(steps)
        next(steps)
        block = run.blocks.unfinished().first()
        assert block is not None
        fact = Fact.objects.get(kind="ranking.block", subject_id=block.pk)
        lease = leases.claim(fact.pk)
        assert lease is not None
        return run, steps, lease

    def test_failure_counts_and_is_raised(self, monkeypatch: pytest.MonkeyPatch) -> None:
        borough(people=2, roles=1)
        monkeypatch.setattr(
            blocks.people, "prepare", lambda chosen, steps: (_ for _ in ()).throw(ZeroDivisionError)
        )
        with pytest.raises(ZeroDivisionError):
            list(runs.work_on(runs.request(by=None)))
        fact = Fact.objects.get(kind="ranking.block", attempts=1)
        assert fact.last_error.startswith("ZeroDivisionError")

    def test_block_that_was_set_aside_is_tried_again(self) -> None:
        borough(people=2, roles=1)
        run = runs.request(by=None)
        steps = runs.work_on(run)
        next(steps)
        next(steps)
        steps.close()
        self.set_aside(RankingBlock.objects.earliest("pk"))
        assert [*runs.work_on(run)][-1].state == "done"

    def test_block_set_aside_meanwhile_ends_it_with_an_error(self) -> None:
        borough(people=2, roles=1)
        run = runs.request(by=None)
        steps = runs.work_on(run)
        next(steps)
        next(steps)
        self.set_aside(RankingBlock.objects.earliest("pk"))
        with pytest.raises(runs.RunStuckError):
            list(steps)

    @staticmethod
    def set_aside(block: RankingBlock) -> None:
        Fact.objects.filter(kind="ranking.block", subject_id=block.pk).update(
            state="set_aside", waiting_key=None, finished_at=now()
        )


class TestCommand:
    def test_ranks_here_and_now(self) -> None:
        borough(people=6, roles=3)
        out = StringIO()
        call_command("rank", "--quiet", stdout=out)
        assert "lists for 6 people and 3 roles" in out.getvalue()
        assert RankingRun.objects.get().state == "done"

    def test_shows_a_bar(self, capfd: pytest.CaptureFixture[str]) -> None:
        borough(people=6, roles=3)
        call_command("rank", stdout=StringIO())
        assert "9/9" in capfd.readouterr().err

    def test_queue_leaves_the_work_to_workers_and_watches(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        borough(people=6, roles=3)
        steps: Iterator[RankingRun] = iter(())

        def a_worker_works(seconds: float) -> None:
            nonlocal steps
            if not RankingBlock.objects.exists():
                steps = runs.work_on(RankingRun.objects.get())
                next(steps)
            next(steps, None)

        monkeypatch.setattr(runs.time, "sleep", a_worker_works)
        out = StringIO()
        call_command("rank", "--queue", "--quiet", stdout=out)
        assert "lists for 6 people and 3 roles" in out.getvalue()

    def test_says_what_to_do_when_stuck(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def stuck(run: RankingRun) -> Iterator[RankingRun]:
            raise runs.RunStuckError
            yield run

        monkeypatch.setattr(runs, "work_on", stuck)
        with pytest.raises(CommandError, match="set aside"):
            call_command("rank", "--quiet")

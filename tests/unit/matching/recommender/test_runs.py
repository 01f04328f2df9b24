"""A full ranking: cut into blocks, done once each, closed by the last."""

import pytest
from django.db.models import F

from core.models import Fact
from core.outbox.leases import LeaseLostError
from matching import recommender
from matching.models import Fit, RankingRun, Recommendation, Shortlist
from matching.recommender import runs
from matching.recommender.items import PersonalList
from matching.recommender.requests import STUCK_AFTER
from matching.services import runs as services
from opportunities.services import roles as role_services
from tests.factories.core import lease_on, lose
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

State = RankingRun.State


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "PEOPLE_IN_A_BLOCK", 10)
    monkeypatch.setattr(runs, "ROLES_IN_A_BLOCK", 8)


def begun() -> RankingRun:
    run = services.request(by=None)
    recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
    run.refresh_from_db()
    return run


def do(run: RankingRun, count: int | None = None) -> RankingRun:
    for block in list(run.blocks.unfinished())[:count]:
        recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))
    run.refresh_from_db()
    return run


def listed(person: Volunteer) -> list[int]:
    row = Recommendation.objects.get(volunteer=person)
    return PersonalList.stored(row).role_ids.tolist()


def test_begin_cuts_everybody_and_every_open_role_into_blocks() -> None:
    made = borough(people=25, roles=17)
    role_services.close(opportunity=made.roles[0], by=None)
    run = begun()
    assert (run.state, run.people, run.roles) == (State.RUNNING, 25, 16)
    sizes = sorted(run.blocks.values_list("kind", "size"))
    lists = [("people", 5), ("people", 10), ("people", 10), ("roles", 8), ("roles", 8)]
    assert sizes == sorted([*lists, ("plan", 0)])
    waiting = (
        Fact.objects.waiting().filter(kind="ranking.block").values_list("subject_id", flat=True)
    )
    assert set(waiting) == set(run.blocks.filter(kind="people").values_list("pk", flat=True))


def test_run_makes_every_list_and_shortlist_and_fit() -> None:
    made = borough(people=25, roles=16)
    application = ApplicationFactory(opportunity=made.roles[3], volunteer=made.people[3])
    run = do(begun())
    assert (run.state, run.share_done) == (State.DONE, 1.0)
    assert (run.people_done, run.roles_done) == (25, 16)
    assert run.finished_at is not None
    assert set(Recommendation.objects.values_list("volunteer", flat=True)) == {
        person.pk for person in made.people
    }
    assert Recommendation.objects.filter(model_version=run.model_version).count() == 25
    assert Shortlist.objects.count() == 16
    assert Fit.objects.get().volunteer == application.volunteer
    assert sum(len(listed(person)) for person in made.people) > 50


def test_progress_goes_up_block_by_block() -> None:
    borough(people=20, roles=8)
    run = begun()
    shares = [do(run, 1).share_done for _ in range(3)]
    assert shares == [pytest.approx(10 / 28), pytest.approx(20 / 28), 1.0]
    assert run.state == State.RUNNING
    assert do(run, 1).state == State.DONE


def test_begin_twice_is_begin_once() -> None:
    borough(people=12, roles=3)
    run = begun()
    recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
    assert run.blocks.count() == 4


def test_roles_follow_people_and_the_plan_follows_both() -> None:
    borough(people=12, roles=9)
    run = begun()
    blocks = dict(run.blocks.values_list("pk", "kind"))

    def asked_for() -> list[str]:
        facts = Fact.objects.filter(kind="ranking.block").order_by("subject_id")
        return [blocks[pk] for pk in facts.values_list("subject_id", flat=True)]

    assert asked_for() == ["people"] * 2
    do(run, 1)
    assert asked_for() == ["people"] * 2
    do(run, 1)
    assert asked_for() == ["people"] * 2 + ["roles"] * 2
    do(run, 2)
    assert asked_for() == ["people"] * 2 + ["roles"] * 2 + ["plan"]
    do(run, 1)
    assert (run.state, run.plan.people, run.plan.roles) == (State.DONE, 12, 9)


def test_every_block_says_how_long_its_steps_took() -> None:
    borough(people=12, roles=3)
    run = do(begun())
    for block in run.blocks.all():
        assert "load" in block.seconds
        assert "write" in block.seconds
        assert all(seconds >= 0 for seconds in block.seconds.values())


def test_block_done_twice_counts_once() -> None:
    borough(people=12, roles=3)
    run = begun()
    first = run.blocks.first()
    assert first is not None
    for _ in range(2):
        recommender.rank_block(first.pk, lease_on("ranking.block", first.pk))
    run.refresh_from_db()
    assert run.people_done == 10


def test_block_that_two_workers_do_at_once_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    borough(people=8, roles=0)
    run = begun()
    block = run.blocks.get(kind="people")
    prepare = runs.people.prepare

    def overtaken(chosen, steps):
        monkeypatch.setattr(runs.people, "prepare", prepare)
        recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))
        return prepare(chosen, steps)

    monkeypatch.setattr(runs.people, "prepare", overtaken)
    # The one that was overtaken still holds a lease: of a fact that was stated again.
    recommender.rank_block(block.pk, lease_on("ranking.stated.again", block.pk))
    run.refresh_from_db()
    assert run.people_done == 8
    assert do(run).state == State.DONE


def test_whole_run_done_twice_gives_the_same_rows() -> None:
    borough(people=15, roles=12)

    def rows() -> list:
        do(begun())
        fields = "scores", "why", "counts", "threshold", "role_ids", "model_version", "policy"
        return [
            *Recommendation.objects.order_by("volunteer").values_list("volunteer", *fields),
            *Shortlist.objects.order_by("opportunity").values_list("opportunity", "items"),
        ]

    first = rows()
    assert rows() == first


def test_people_who_do_not_want_roles_now_lose_their_list() -> None:
    person = VolunteerFactory()
    OpportunityFactory()
    do(begun())
    assert len(listed(person)) == 1
    Volunteer.objects.filter(pk=person.pk).update(paused_at=F("created_at"))
    do(begun())
    assert listed(person) == []
    assert Recommendation.objects.get(volunteer=person).role_ids == ""


def test_lost_lease_writes_nothing() -> None:
    borough(people=12, roles=3)
    run = begun()
    for block in run.blocks.all():
        lease = lease_on("ranking.block", block.pk)
        lose(lease)
        with pytest.raises(LeaseLostError):
            recommender.rank_block(block.pk, lease)
    run.refresh_from_db()
    assert (run.people_done, run.roles_done) == (0, 0)
    assert not run.blocks.filter(done_at__isnull=False).exists()
    assert not Recommendation.objects.exists()
    assert not Shortlist.objects.exists()


def test_lost_lease_begins_nothing() -> None:
    borough(people=2, roles=1)
    run = services.request(by=None)
    lease = lease_on("ranking.requested", run.pk)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.begin_run(run.pk, lease)
    run.refresh_from_db()
    assert run.state == State.WAITING
    assert not run.blocks.exists()


def test_newer_run_takes_over_from_one_that_is_not_through() -> None:
    borough(people=12, roles=3)
    old = begun()
    RankingRun.objects.update(requested_at=F("requested_at") - STUCK_AFTER * 2)
    new = begun()
    assert new != old
    do(old)
    assert (old.state, old.people_done) == (State.SUPERSEDED, 0)
    assert not Recommendation.objects.exists()
    assert do(new).state == State.DONE


def test_empty_service_is_ranked_at_once() -> None:
    run = begun()
    assert do(run).share_done == 1.0
    assert (run.state, run.plan.people, run.plan.roles) == (State.DONE, 0, 0)


def test_people_without_roles_get_empty_lists() -> None:
    person = VolunteerFactory()
    assert do(begun()).state == State.DONE
    assert listed(person) == []


def test_block_or_run_that_is_gone_is_no_error() -> None:
    recommender.begin_run(99, lease_on("ranking.requested", 99))
    recommender.rank_block(99, lease_on("ranking.block", 99))

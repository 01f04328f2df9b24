"""Versions of learned weights: which ranks, what is refused, and the way back."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import numpy as np
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from core.clock import now
from core.errors import NotFound
from core.models import Fact
from core.outbox.leases import LeaseLostError
from matching import recommender, selectors
from matching.models import LearnedWeights, ModelVersion, RankingRun, Recommendation
from matching.ranking.learning import Learned, Verdict, learn
from matching.ranking.weights import Neutral, Weights
from matching.recommender import learning, weights_in_use
from matching.recommender.fitting import fit_model
from matching.services import weights
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.matching.ranking.learning.clicks import season

pytestmark = pytest.mark.django_db

State, Why = LearnedWeights.State, LearnedWeights.Why


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(season(1500, seed=1))


def keep(learned: Learned, verdict: Verdict = Verdict.NO_WORSE) -> LearnedWeights | None:
    """Write it as if it had just been learned; a ranking that was asked for is through."""
    against = weights_in_use.active_version()
    kept = learning.write(
        learning.Prepared(replace(learned, verdict=verdict), 15_000, against), by=None
    )
    RankingRun.objects.update(finished_at=now())
    return kept


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("model", *arguments, stdout=out)
    return out.getvalue()


def actions() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(action__startswith="weights.").order_by("pk")
    return [(entry.action, entry.details["why"]) for entry in entries]


def test_better_weights_are_taken_into_use_and_a_ranking_is_asked_for(learned: Learned) -> None:
    row = keep(learned)
    assert (row.state, row.why, row.replaced) == (State.ACTIVE, Why.NO_WORSE, None)
    assert row.weights == learned.weights.as_dict()
    assert (row.fingerprint, row.outcomes) == (learned.fingerprint, learned.outcomes)
    assert row.first_shown_at < row.held_back_from < row.last_shown_at
    assert set(row.metrics) == {"learned", "in_use", "priors"}
    assert row.metrics["learned"]["choice_loss"] < row.metrics["in_use"]["choice_loss"]
    assert RankingRun.objects.count() == 1
    assert Fact.objects.filter(kind="ranking.requested").exists()
    assert actions() == [("weights.activated", "no_worse")]


def test_model_ranks_with_the_active_weights_and_says_so(learned: Learned) -> None:
    before = fit_model()
    assert ModelVersion.objects.get().learned is None
    row = keep(learned)
    after = fit_model()
    assert after.version != before.version
    version = ModelVersion.objects.get(version=after.version)
    assert version.learned == row
    assert version.weights == pytest.approx(learned.weights.as_dict())
    assert after.model.weights == learned.weights
    assert after.model.neutral == learned.neutral
    for model in (after.version, "unknown"):
        RecommendationFactory(model_version=model)
    lists = Recommendation.objects.annotate(made_with=weights_in_use.made_with()).order_by("pk")
    assert [weights_in_use.weights_behind(each) for each in lists] == [
        version.weights,
        Weights().as_dict(),
    ]


def test_worse_weights_are_kept_and_not_used(learned: Learned) -> None:
    first = keep(learned)
    row = keep(learned, Verdict.WORSE)
    assert (row.state, row.why) == (State.REFUSED, Why.WORSE)
    assert weights_in_use.active_version() == first
    assert RankingRun.objects.count() == 1
    assert actions()[-1] == ("weights.refused", "worse")


@pytest.mark.parametrize("verdict", [Verdict.TOO_FEW, Verdict.SAME])
def test_nothing_learned_is_no_version(learned: Learned, verdict: Verdict) -> None:
    assert keep(learned, verdict) is None
    assert not LearnedWeights.objects.exists()
    assert not RankingRun.objects.exists()


def test_weights_that_came_into_use_meanwhile_are_not_overtaken(learned: Learned) -> None:
    prepared = learning.Prepared(replace(learned, verdict=Verdict.NO_WORSE), 15_000, None)
    first = keep(learned)
    assert learning.write(prepared, by=None) is None
    assert weights_in_use.active_version() == first


def test_one_version_at_most_is_active(learned: Learned) -> None:
    keep(learned)
    refused = keep(learned, Verdict.WORSE)
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnedWeights.objects.filter(pk=refused.pk).update(state=State.ACTIVE)


def test_one_command_goes_back(learned: Learned) -> None:
    first, second = keep(learned), keep(learned)
    assert second.replaced == first
    text = said("back")
    assert f"Version {first.pk} is in use instead of version {second.pk}" in text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.why) == (State.ACTIVE, Why.BACK_AGAIN)
    assert (second.state, second.why) == (State.RETIRED, Why.WENT_BACK)
    assert RankingRun.objects.unfinished().count() == 1
    assert actions()[-2:] == [("weights.retired", "went_back"), ("weights.activated", "back_again")]
    assert "The priors are in use" in said("back")
    assert weights_in_use.weights_of(weights_in_use.active_version()) == (Weights(), Neutral())
    with pytest.raises(CommandError, match="nothing before"):
        said("back")
    assert f"Version {second.pk} is" in said("back", str(second.pk))
    assert "in use already" in said("back", str(second.pk))
    with pytest.raises(CommandError, match="no such version"):
        said("back", "999")
    assert "The priors are in use instead" in said("back", "0")


def test_what_somebody_went_back_from_does_not_return_by_itself(learned: Learned) -> None:
    keep(learned)
    weights.go_back(by=None)
    held = keep(learned)
    assert (held.state, held.why) == (State.REFUSED, Why.HELD)
    with time_machine.travel(now() + learning.HOLD + timedelta(hours=1)):
        assert keep(learned).state == State.ACTIVE


def test_only_the_volunteer_centre_may(learned: Learned) -> None:
    keep(learned)
    with pytest.raises(NotFound):
        weights.go_back(by=UserFactory())
    with pytest.raises(NotFound):
        weights.learn(by=UserFactory())
    broker = UserFactory(broker=True)
    assert weights.go_back(by=broker)[1] == weights.PRIORS
    assert LearnedWeights.objects.get().by == broker


def test_week_without_outcomes_changes_nothing() -> None:
    recommender.learn_weights(lease_on("week.learning", 1))
    assert not LearnedWeights.objects.exists()
    assert "too_few" in said("learn")
    assert "The priors are in use" in said("list")


def test_lost_lease_writes_nothing(learned: Learned, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = learning.Prepared(replace(learned, verdict=Verdict.NO_WORSE), 15_000, None)
    monkeypatch.setattr(learning, "prepare", lambda: prepared)
    lease = lease_on("week.learning", 1)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.learn_weights(lease)
    assert not LearnedWeights.objects.exists()
    recommender.learn_weights(lease_on("week.learning", 2))
    assert LearnedWeights.objects.get().state == State.ACTIVE


def test_history_is_kept_and_shown(learned: Learned, django_assert_num_queries) -> None:
    first, second = keep(learned), keep(learned, Verdict.WORSE)
    with django_assert_num_queries(1):
        assert [(row.pk, row.state) for row in selectors.model_history()] == [
            (second.pk, "refused"),
            (first.pk, "active"),
        ]
    assert said("list").count("\n") == 2
    assert learned.fingerprint in said("show", str(first.pk))
    with pytest.raises(CommandError):
        said("show", "999")


def test_version_of_other_parts_leaves_the_priors(learned: Learned) -> None:
    row = keep(learned)
    row.weights["luck"] = 0.0
    assert weights_in_use.weights_of(row) == (Weights(), Neutral())


def test_metrics_without_a_number_can_be_kept(learned: Learned) -> None:
    quality = {name: replace(of, ndcg=float("nan")) for name, of in learned.quality.items()}
    row = keep(replace(learned, quality=quality, strength=np.inf))
    row.refresh_from_db()
    assert row.metrics["learned"]["ndcg"] is None
    assert row.strength is None
    assert str(row.pk) in said("list")


def test_how_full_a_part_is_does_not_depend_on_the_weights(learned: Learned) -> None:
    """The same role for the same person: what differs is what each part counts, not how full."""
    person = VolunteerFactory(causes=["animals"], availability=0b11)
    role = OpportunityFactory(causes=["animals"], weekly_slots=0b1)

    def shares() -> dict[str, float]:
        fit_model()
        recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
        item = selectors.recommended_roles(person).items[0]
        assert item.opportunity == role
        return {part.code: part.share for part in item.parts}

    before = shares()
    assert {"causes", "time"} <= before.keys()
    row = keep(learned)
    priors = Weights().as_dict()
    assert max(abs(row.weights[part] - priors[part]) for part in ("causes", "time")) > 0.02
    assert shares() == pytest.approx(before, abs=0.02)

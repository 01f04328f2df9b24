"""Weights are learned from seasons whose weights are known; what would do harm is refused."""

from dataclasses import replace

import numpy as np
import pytest

from matching.ranking.learning import MINIMUM_OUTCOMES, Level, Seen, Verdict, learn, scores
from matching.ranking.learning.choice import Choices, Coefficients, fitted, steepness
from matching.ranking.learning.position import NO_EFFECT
from matching.ranking.weights import Neutral, Weights
from tests.unit.matching.ranking.learning.clicks import (
    NAMES,
    TRUE,
    Answers,
    apart,
    best_of_all,
    looked_and_liked,
    season,
    weights,
)

PRIORS = Weights(), Neutral()


def naive(seen: Seen) -> Weights:
    """Fitted on the same choices as if every place were looked at alike."""
    choices = Choices.of(seen, NO_EFFECT)
    prior = Coefficients.of(*PRIORS, steepness(choices, *PRIORS))
    return fitted(choices, prior, 10.0).as_weights(Neutral())[0]


@pytest.mark.parametrize("answers", [looked_and_liked, best_of_all])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_true_weights_are_found_in_spite_of_the_places(answers: Answers, seed: int) -> None:
    seen = season(4000, seed=seed, answers=answers)
    learned = learn(seen)
    assert learned.verdict is Verdict.NO_WORSE
    before, found, trusting = (apart(w, TRUE) for w in (Weights(), learned.weights, naive(seen)))
    assert found < 0.5 * before
    assert found < 0.6 * trusting
    quality = learned.quality
    assert quality["learned"].choice_loss < quality["in_use"].choice_loss
    assert quality["learned"].ndcg > quality["in_use"].ndcg
    assert quality["learned"].calibration_error < 0.02


def test_true_priors_are_hardly_moved() -> None:
    for seed in range(3):
        learned = learn(season(2000, seed=seed, true=Weights()))
        assert apart(learned.weights, Weights()) < 0.25


def test_more_outcomes_find_more() -> None:
    few, many = (learn(season(n, seed=5)) for n in (1500, 12_000))
    assert apart(many.weights, TRUE) < apart(few.weights, TRUE) < apart(Weights(), TRUE)


def test_same_showings_give_the_same_weights() -> None:
    one, other = learn(season(1500, seed=4)), learn(season(1500, seed=4))
    assert one == other
    assert one.fingerprint != learn(season(1500, seed=5)).fingerprint


def test_too_few_outcomes_leave_the_priors() -> None:
    seen = season(1500, seed=6)
    enough = int(seen.asked.sum())
    assert enough > MINIMUM_OUTCOMES
    learned = learn(seen, minimum=enough + 1)
    assert learned.verdict is Verdict.TOO_FEW
    assert (learned.weights, learned.neutral) == PRIORS
    assert learned.outcomes == enough
    assert learn(seen, minimum=enough).verdict is not Verdict.TOO_FEW
    nobody = learn(seen.take(np.zeros(len(seen), bool)))
    assert (nobody.verdict, nobody.weights) == (Verdict.TOO_FEW, Weights())


def test_opening_alone_is_no_outcome_to_count() -> None:
    seen = season(1500, seed=6)
    opened = np.minimum(seen.levels, Level.OPENED).astype(np.int8)
    assert learn(replace(seen, levels=opened)).outcomes == 0


def test_what_harms_is_refused() -> None:
    """Before the last weeks answers came to the worst of each list, as from a program."""
    seen = season(4000, seed=7)
    turned = season(4000, seed=7, true=TRUE, steepness=-12.0)
    early = seen.days < 60
    harmed = replace(seen, levels=np.where(early, turned.levels, seen.levels).astype(np.int8))
    in_use = learn(seen).weights, Neutral()
    learned = learn(harmed, in_use)
    assert learned.verdict is Verdict.WORSE
    assert learned.quality["learned"].choice_loss > learned.quality["in_use"].choice_loss


def test_learned_weights_in_use_are_what_new_ones_are_held_against() -> None:
    seen = season(6000, seed=8)
    opposite = weights(languages=0.5, commitment=0.3), Neutral()
    assert learn(seen, opposite).verdict is Verdict.NO_WORSE
    assert (
        learn(seen, (TRUE, Neutral())).quality["in_use"].ndcg > learn(seen).quality["priors"].ndcg
    )


def test_one_person_cannot_decide_alone() -> None:
    """A program that asks for all that is about one thing, in a tenth of all lists."""
    seen = season(3000, seed=9)
    lists = len(np.unique(seen.looks))
    flooded = np.isin(seen.looks, np.unique(seen.looks)[::10])
    at = NAMES.index("languages")
    wanted = flooded & seen.known[:, at] & (seen.values[:, at] > 0.5)
    levels = np.where(wanted, Level.APPLIED, seen.levels).astype(np.int8)
    by_one = replace(seen, levels=levels, people=np.where(flooded, -1, seen.people))
    by_many = replace(seen, levels=levels, people=np.where(flooded, -seen.looks - 1, seen.people))
    one, many = (learn(of).weights.languages for of in (by_one, by_many))
    assert lists == 3000
    assert one < 0.5 * many


def test_permuting_people_within_the_data_changes_nothing() -> None:
    """Only that people differ matters, never who they are."""
    seen = season(1500, seed=10)
    names = np.random.default_rng(0).permutation(seen.people.max() + 1)
    renamed = learn(replace(seen, people=names[seen.people]))
    assert apart(renamed.weights, learn(seen).weights) < 1e-6


def test_weights_are_weights() -> None:
    learned = learn(season(1500, seed=11))
    given = [*learned.weights.as_dict().values()]
    assert sum(given) == pytest.approx(1)
    assert min(given) >= 0
    assert all(0 <= value <= 1 for value in learned.neutral.as_dict().values())
    assert learned.first_day < learned.cut < learned.last_day


def test_scores_are_those_of_weights_and_neutral_values() -> None:
    seen = season(20, seed=12)
    found = scores(seen, Weights(), Neutral())
    row = 7
    expected = sum(
        Weights().as_dict()[name]
        * (float(seen.values[row, at]) if seen.known[row, at] else Neutral().as_dict()[name])
        for at, name in enumerate(NAMES)
    )
    assert found[row] == pytest.approx(expected, abs=1e-6)

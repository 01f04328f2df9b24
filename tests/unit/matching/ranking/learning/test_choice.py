"""What speaks for a role and what against it, and how much one person can say."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import check_grad

from matching.ranking.learning.choice import (
    LEAST_WEIGHT,
    MOST_OF_ONE_PERSON,
    Choices,
    Coefficients,
    fitted,
    steepness,
)
from matching.ranking.learning.judging import choice_loss, ndcg
from matching.ranking.learning.position import NO_EFFECT, PRIOR_EFFECT
from matching.ranking.learning.seen import GAINS, Level, Seen
from matching.ranking.weights import Neutral, Weights
from tests.unit.matching.ranking.learning.clicks import NAMES, season

CAUSES, TIME = NAMES.index("causes"), NAMES.index("time")


def lists(*levels: list[int], people: list[int] | None = None) -> Seen:
    """Lists of roles with these outcomes; the first of each shares a cause, the others do not."""
    sizes = [len(each) for each in levels]
    count = sum(sizes)
    places = np.concatenate([np.arange(1, size + 1) for size in sizes])
    values = np.zeros((count, len(NAMES)), np.float32)
    values[places == 1, CAUSES] = 1
    looks = np.repeat(np.arange(len(levels)), sizes)
    return Seen(
        people=np.repeat(people or range(len(levels)), sizes),
        roles=np.arange(count),
        looks=looks,
        values=values,
        known=np.ones(values.shape, bool),
        places=places,
        propensities=np.ones(count),
        days=looks.astype(float),
        levels=np.concatenate(levels).astype(np.int8),
    )


def targets(seen: Seen) -> list[float]:
    return Choices.of(seen, NO_EFFECT).targets.round(6).tolist()


def test_each_step_says_more_than_the_one_before() -> None:
    steps = [GAINS[level] for level in sorted(Level)]
    assert steps == sorted(set(steps))
    assert GAINS[Level.UNSUITED] < 0 == GAINS[Level.SEEN]


def test_what_is_not_for_somebody_speaks_for_the_others() -> None:
    assert targets(lists([Level.UNSUITED, Level.SEEN, Level.SEEN])) == [0, 0.25, 0.25]
    assert targets(lists([Level.APPLIED, Level.SEEN])) == [0.5, 0]


def test_lists_that_say_nothing_are_left_out() -> None:
    seen = lists([Level.SEEN, Level.SEEN], [Level.APPLIED], [Level.SEEN, Level.OPENED])
    choices = Choices.of(seen, NO_EFFECT)
    assert choices.targets.tolist() == [0, 0.1]
    assert choices.days.tolist() == [2]


def test_nobody_says_more_than_anybody_may() -> None:
    many = [[Level.STAYED, Level.SEEN]] * 20
    assert sum(targets(lists(*many))) == 20
    assert sum(targets(lists(*many, people=[7] * 20))) == pytest.approx(MOST_OF_ONE_PERSON)


@pytest.mark.parametrize(
    ("outcomes", "better"),
    [([Level.APPLIED, Level.SEEN], True), ([Level.UNSUITED, Level.SEEN], False)],
)
def test_weights_follow_what_people_took_and_left(outcomes: list[int], better: bool) -> None:
    choices = Choices.of(lists(*[outcomes] * 50), NO_EFFECT)
    prior = Coefficients.of(Weights(), Neutral(), steepness=4.0)
    found, _ = fitted(choices, prior, 3.0).as_weights(Neutral())
    assert (found.causes > Weights().causes) is better


def test_a_part_that_never_differs_keeps_its_weight() -> None:
    choices = Choices.of(lists(*[[Level.APPLIED, Level.SEEN]] * 50), NO_EFFECT)
    prior = Coefficients.of(Weights(), Neutral(), steepness=4.0)
    found = fitted(choices, prior, 3.0)
    others = np.arange(len(NAMES)) != CAUSES
    assert found.weights[others] == pytest.approx(prior.weights[others])
    assert found.neutral == pytest.approx(prior.neutral)


def test_infinite_strength_is_the_prior() -> None:
    choices = Choices.of(season(50, seed=1), PRIOR_EFFECT)
    prior = Coefficients.of(Weights(), Neutral(), steepness(choices, Weights(), Neutral()))
    weights, neutral = fitted(choices, prior, np.inf).as_weights(Neutral())
    assert weights.as_dict() == pytest.approx(Weights().as_dict())
    assert neutral.as_dict() == pytest.approx(Neutral().as_dict())


def test_gradient_is_that_of_the_loss() -> None:
    choices = Choices.of(season(60, seed=2), PRIOR_EFFECT)
    at = Coefficients.of(Weights(), Neutral(), 5.0).joined
    error = check_grad(
        lambda x: choices.loss_and_gradient(x)[0], lambda x: choices.loss_and_gradient(x)[1], at
    )
    assert error < 1e-3
    assert choices.losses(Coefficients(*np.split(at, 2))).sum() == pytest.approx(
        choices.loss_and_gradient(at)[0]
    )


def test_part_without_weight_keeps_its_neutral_value() -> None:
    none_for_time = Coefficients.of(Weights(), Neutral(), 3.0)
    each = none_for_time.weights.copy()
    each[TIME] = 0
    weights, neutral = Coefficients(each, none_for_time.neutral).as_weights(Neutral())
    assert weights.time == pytest.approx(LEAST_WEIGHT, abs=1e-4)
    assert neutral.time == Neutral().time
    with pytest.raises(ValueError, match="no part counts"):
        Coefficients(each * 0, each).as_weights(Neutral())


def test_order_of_the_list_that_was_shown_does_not_look_best_by_itself() -> None:
    """People who read from the top down and want what is at the bottom: the order that puts it on
    top must win, though most answers come to the top.
    """
    top = [[Level.APPLIED, *[Level.SEEN] * 9]] * 40
    bottom = [[*[Level.SEEN] * 9, Level.APPLIED]] * 9
    seen = lists(*top, *bottom)
    as_shown = -seen.places.astype(float)
    assert ndcg(seen, as_shown, NO_EFFECT) > ndcg(seen, -as_shown, NO_EFFECT)
    hardly_seen = replace(PRIOR_EFFECT, steps=(2.0,) * 5)
    assert ndcg(seen, as_shown, hardly_seen) < ndcg(seen, -as_shown, hardly_seen)


def test_nothing_to_judge_by_is_no_number() -> None:
    seen = lists([Level.SEEN, Level.SEEN])
    assert np.isnan(ndcg(seen, np.zeros(2), NO_EFFECT))
    assert np.isnan(choice_loss(Choices.of(seen, NO_EFFECT), Weights(), Neutral()))


def test_columns_that_do_not_belong_together_are_refused() -> None:
    seen = lists([Level.SEEN, Level.SEEN], [Level.SEEN])
    with pytest.raises(ValueError, match="differ in length"):
        replace(seen, days=np.zeros(2))
    with pytest.raises(ValueError, match="propensity"):
        replace(seen, propensities=np.array([0.0, 1, 1]))
    with pytest.raises(ValueError, match="count from 1"):
        replace(seen, places=np.array([0, 1, 1]))
    with pytest.raises(ValueError, match="stand together"):
        replace(seen, looks=np.array([0, 1, 0]))


def test_steepness_is_that_of_the_season() -> None:
    seen = season(20_000, seed=3, true=Weights(), share=0.0)
    gentle = season(20_000, seed=3, true=Weights(), share=0.0, steepness=4.0)
    sharp, soft = (
        steepness(Choices.of(of, PRIOR_EFFECT), Weights(), Neutral()) for of in (seen, gentle)
    )
    assert soft < 0.7 * sharp

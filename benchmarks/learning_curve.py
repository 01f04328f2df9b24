"""How many outcomes it takes to learn the weights, and what correcting for the place is worth.

Made-up seasons whose true weights are known and far from the priors, answered from the top down.
Prints, for each number of outcomes, how far weights are from the true ones (sum of absolute
differences): the priors, a fit that trusts every click, and ours; how often ours was taken into
use; and nDCG@10 by inverse attention on the held-back period.

    .venv/bin/python -m benchmarks.learning_curve
"""

import sys
from statistics import mean

from matching.ranking.learning import Verdict, learn
from matching.ranking.learning.choice import Choices, Coefficients, fitted, steepness
from matching.ranking.learning.position import NO_EFFECT
from matching.ranking.learning.seen import Seen
from matching.ranking.weights import Neutral, Weights
from tests.unit.matching.ranking.learning.clicks import (
    TRUE,
    apart,
    best_of_all,
    looked_and_liked,
    season,
)

LISTS = (300, 600, 1000, 2000, 4000, 16_000)
SEEDS = range(5)
_NAIVE_STRENGTH = 10.0


def naive(seen: Seen) -> Weights:
    """Weights fitted as if every place were looked at alike."""
    choices = Choices.of(seen, NO_EFFECT)
    prior = Coefficients.of(Weights(), Neutral(), steepness(choices, Weights(), Neutral()))
    return fitted(choices, prior, _NAIVE_STRENGTH).as_weights(Neutral())[0]


def main() -> None:
    """Print one table for each way of answering."""
    print("people         outcomes  priors  naive  ours  used   nDCG priors  nDCG ours")
    for name, answers in (("look and like", looked_and_liked), ("choose one", best_of_all)):
        for lists in LISTS:
            seasons = [season(lists, seed=seed, answers=answers) for seed in SEEDS]
            found = [learn(seen, minimum=1) for seen in seasons]
            print(
                f"{name:<14} {mean(each.outcomes for each in found):8.0f}"
                f"  {apart(Weights(), TRUE):6.2f}"
                f"  {mean(apart(naive(seen), TRUE) for seen in seasons):5.2f}"
                f"  {mean(apart(each.weights, TRUE) for each in found):4.2f}"
                f"  {sum(each.verdict is Verdict.NO_WORSE for each in found)}/{len(SEEDS)}"
                f"    {mean(each.quality['priors'].ndcg for each in found):11.3f}"
                f"  {mean(each.quality['learned'].ndcg for each in found):9.3f}"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()

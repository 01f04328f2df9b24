"""What a ranking is told of a world: how well each role suits each person, by what they wrote."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.ranking.geography import kilometres
from matching.ranking.season.world import World
from matching.ranking.text import TextVectors, words_and_fragments
from matching.ranking.weights import Weights

#: words: what needs no package with an encoder's weights; it is fast. text: all that the service
#: compares texts with, which takes a minute for some thousands of people.
Suitability = Literal["words", "text"]
#: A place loses half of its pull every so many kilometres.
HALF_PULL_KM = 5.0
_AT_ONCE = 2000


def suitability_of(world: World, kind: Suitability = "words") -> NDArray[np.float32]:
    """Weighted sum of the likeness of texts and of nearness, in the proportion in which the service
    weighs interests and distance, (n × m).
    """
    model = TextVectors(words_and_fragments() if kind == "words" else None).fit(world.roles.texts)
    roles = model.roles(world.roles.texts)
    people = model.people(world.texts)
    weights = Weights()
    of_text = weights.interests / (weights.interests + weights.distance)
    score = np.empty(world.shape, np.float32)
    for first in range(0, len(people), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        far = kilometres(
            world.latitude[rows],
            world.longitude[rows],
            world.roles.latitude,
            world.roles.longitude,
        )
        score[rows] = of_text * people.take(rows).likeness(roles)
        score[rows] += (1 - of_text) * np.exp2(-far / HALF_PULL_KM)
    return score

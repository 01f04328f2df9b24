"""How near skills are to each other, so that who has one counts in part for a role that needs its
neighbour.

Two signs, of which the stronger counts: what their names mean, in the eyes of the encoders, and how
often the same roles ask for both. Both start where chance ends: an encoder finds any two names a
little alike, and common skills meet by accident. numpy and scipy only.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

#: What the nearest of two different skills counts: never as much as having the skill.
MOST = 0.5
#: Signs weaker than this are none.
_LEAST_SIGN = 0.4
#: Neighbours of a skill that are kept, the nearest.
_NEIGHBOURS = 4
#: So many meetings that nobody saw, all by chance, are added to those that were seen: what happened
#: once or twice says little.
_MEETINGS_BY_CHANCE = 5.0


def skill_likeness(together: csr_array, meaning: NDArray[np.float32] | None = None) -> csr_array:
    """How near each of s skills is to each other, float32 CSR (s × s): 1 to itself, at most `MOST`
    to a few others, the same both ways.

    together: which skills each of some roles (or people) name, CSR (… × s). meaning: vectors of
    what the skills' names mean, (s × d); None where no encoder is there.
    """
    size = together.shape[1]
    sign = beyond_chance(together)
    if meaning is not None and meaning.shape[1]:
        sign = np.maximum(sign, alike_in_meaning(meaning))
    np.fill_diagonal(sign, 0)
    sign[sign < _LEAST_SIGN] = 0
    if size > _NEIGHBOURS:
        last = np.partition(sign, size - _NEIGHBOURS, axis=1)[:, size - _NEIGHBOURS, None]
        # The neighbour of a neighbour: near one way is near the other.
        sign = np.where((sign >= last) | (sign.T >= last.T), sign, 0)
    near = csr_array((sign * MOST).astype(np.float32))
    return csr_array(near + eye_array(size, dtype=np.float32))


def beyond_chance(together: csr_array) -> NDArray[np.float64]:
    """How much more often two skills meet than by chance, as a share of how often they could, in
    [0, 1], (s × s): Cole's coefficient ("The measurement of interspecific association", 1949),
    shrunk.
    """
    named = csr_array(together > 0, dtype=np.float64)
    counts = np.asarray(named.sum(axis=0)).ravel()
    met = (named.T @ named).toarray()
    by_chance = np.outer(counts, counts) / max(named.shape[0], 1)
    possible = np.minimum(counts[:, None], counts[None, :]) - by_chance
    more = np.maximum(met - by_chance, 0)
    return np.clip(more / (np.maximum(possible, 0) + _MEETINGS_BY_CHANCE), 0, 1)


def alike_in_meaning(meaning: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cosines of the vectors, as a share of the way from what two names usually have to the same
    name, in [0, 1], (s × s).
    """
    lengths = np.maximum(np.linalg.norm(meaning, axis=1, keepdims=True), 1e-12)
    unit = meaning.astype(np.float64) / lengths
    cosines = unit @ unit.T
    others = cosines[~np.eye(len(cosines), dtype=bool)]
    usual = float(np.median(others)) if others.size else 0.0
    return np.clip((cosines - usual) / max(1 - usual, 1e-12), 0, 1)

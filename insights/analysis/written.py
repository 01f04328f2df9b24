"""Which kinds of work people write of, learned from those who ticked some.

Who writes "my grandfather taught me how to graft apple trees" and ticks nothing writes as those do
who ticked gardening. A ridge regression for each kind, on vectors of the texts, says how much so;
who comes near enough to those who ticked it has named it too.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: What keeps a direction that few texts have from counting for much.
_RIDGE = 1.0
#: So many people must have ticked a kind before others are compared with them.
_LEAST = 8
#: Of what those who ticked it reach on average, so much is enough.
_NEAR_ENOUGH = 0.6
#: Coordinates of words where there are no vectors of an encoder.
_COORDINATES = 200
_SEED = 0

Named = NDArray[np.bool_]


def word_vectors(texts: Sequence[str], others: Sequence[str] = ()) -> NDArray[np.float32]:
    """Texts as rows of length 1 by their words alone (latent semantic analysis: S. Deerwester et
    al., "Indexing by latent semantic analysis", 1990), float32 (texts × coordinates); a text that
    says nothing is a row of zeros. others: texts that tell which words go together as well.
    """
    # Loads scikit-learn: only where texts are read.
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    nothing = np.zeros((len(texts), 1), np.float32)
    if not any(map(str.strip, texts)):
        return nothing
    every = [*texts, *others]
    least = 2 if len(every) > _COORDINATES else 1
    try:
        words = TfidfVectorizer(min_df=least, ngram_range=(1, 2), sublinear_tf=True)
        counted = words.fit_transform(every)
    except ValueError:  # No word is in two of them.
        return nothing
    few = min(counted.shape) - 1
    if few < 1:
        return nothing
    lsa = TruncatedSVD(min(_COORDINATES, few), random_state=_SEED)
    return np.asarray(normalize(lsa.fit_transform(counted))[: len(texts)], np.float32)


def written_of(vectors: NDArray[np.float32], ticked: Named) -> Named:
    """Kinds that each person writes of, (n × kinds), those that they ticked or not.

    vectors: of what they wrote, rows of length 1, of zeros for nothing, (n × coordinates). ticked:
    kinds that they ticked, (n × kinds). Of a kind that fewer than 8 people ticked who wrote
    something, nobody writes.
    """
    said: Named = np.asarray(vectors.any(axis=1))
    both: Named = said & np.asarray(ticked.any(axis=1))
    known = (ticked & both[:, None]).sum(axis=0)
    if not both.any():
        return np.zeros(ticked.shape, np.bool_)
    rows = np.hstack([vectors, np.ones((len(vectors), 1), np.float32)]).astype(np.float64)
    some = rows[both]
    spread = some.T @ some + _RIDGE * np.eye(rows.shape[1])
    scores = rows @ np.linalg.solve(spread, some.T @ ticked[both].astype(np.float64))
    reached = np.where(ticked & both[:, None], scores, 0).sum(axis=0) / np.maximum(known, 1)
    near = scores > _NEAR_ENOUGH * reached
    return near & said[:, None] & (known >= _LEAST) & (reached > 0)

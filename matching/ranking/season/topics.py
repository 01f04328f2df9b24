"""What role texts are about, as people feel it: features that no ranking is given."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

#: components: of TF-IDF, each with a weight of its own, since what counts for people is not what
#: fills the texts. mixtures: the topics that a text mixes (latent Dirichlet allocation).
TopicModel = Literal["components", "mixtures"]


def topics_of(
    texts: list[str], model: TopicModel, topics: int, draw: np.random.Generator
) -> NDArray[np.float64]:
    """Rows of length 1, one for each text, (m × topics at the most). At least one word has to be
    in two texts.
    """
    if model == "components":
        words = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2)
        rows = words.fit_transform(texts)
        count = min(topics, min(rows.shape) - 1)
        found = TruncatedSVD(count, random_state=0).fit_transform(rows)
        found = found * draw.lognormal(0, 0.8, count)
    else:
        counts = CountVectorizer(stop_words="english", min_df=2).fit_transform(texts)
        found = LatentDirichletAllocation(topics, random_state=0, max_iter=8).fit_transform(counts)
        found = found - found.mean(axis=0)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))

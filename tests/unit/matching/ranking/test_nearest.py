import numpy as np
import pytest

from matching.ranking import nearest as module
from matching.ranking.nearest import nearest


@pytest.mark.parametrize("threads", [1, 2])
def test_nearest_agree_with_sorting(monkeypatch, threads):
    monkeypatch.setattr(module, "_PAIRS_AT_ONCE", 700)
    rng = np.random.default_rng(0)
    here, there = rng.standard_normal((2, 60, 12)).astype(np.float32)
    there = there[:35]

    found = nearest(here, there, 7, threads=threads)

    assert np.array_equal(found, np.argsort(-(here @ there.T), axis=1)[:, :7])

import numpy as np

from matching.ranking.embedding.pieces import batches, windows


def test_long_texts_are_cut_into_equal_parts():
    parts, owners = windows([list(range(10)), [7], []], 4)

    assert parts == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [7], []]
    assert owners.tolist() == [0, 0, 0, 1, 2]


def test_batches_hold_every_part_once_like_lengths_together():
    parts = [[0] * n for n in (5, 1, 9, 1, 5, 30)]
    found = batches(parts, most=21)

    assert sorted(at for batch in found for at in batch) == list(range(6))
    lengths = [[len(parts[at]) for at in batch] for batch in found]
    assert np.concatenate(lengths).tolist() == [1, 1, 5, 5, 9, 30]
    assert all(len(b) == 1 or len(b) * (max(b) + 2) <= 21 for b in lengths)

import numpy as np

from benchmarks.country import OUTSIDE, Country
from benchmarks.national_files import Files
from matching.ranking.geography import kilometres


def test_some_people_are_always_drawn_alike_and_as_they_were_cut():
    country = Country(1)
    everybody = country.whereabouts(500)
    rows = np.array([3, 7, 400])

    first, again = (country.volunteers(everybody, rows) for _ in range(2))

    assert first.ids.tolist() == [4, 8, 401]
    assert np.array_equal(first.points, everybody.reach.points[:, rows])
    assert np.array_equal(first.availability, everybody.availability[rows])
    assert np.array_equal(first.age, again.age)
    assert np.array_equal(first.causes.toarray(), again.causes.toarray())


def test_people_live_in_towns_of_different_size():
    country = Country(1)
    everybody = country.whereabouts(4000)
    largest = (np.array([axis[0]]) for axis in country.centres)

    away = kilometres(everybody.latitude, everybody.longitude, *largest)[:, 0]

    in_largest = (1 - OUTSIDE) * country.shares[0]
    assert abs((away <= country.radii[0]).mean() - in_largest) < 0.03
    assert country.shares[0] > 5 * country.shares[9]


def test_what_a_worker_reads_is_what_was_written(tmp_path):
    files = Files(tmp_path)
    (tmp_path / "lists").mkdir()
    files.keep_record(4, {"people": 2})
    files.keep_record(2, {"people": 3})

    assert files.done() == 2
    assert files.records() == {2: {"people": 3}, 4: {"people": 2}}

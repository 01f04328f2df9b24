import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.distance import EARTH_RADIUS_KM, KM_PER_MILE, kilometres, walking_minutes

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


def test_kilometres_comes_within_half_a_percent_of_the_ellipsoid():
    """Heathrow to Gatwick; 41.2348 km by PROJ's geodesic on WGS 84."""
    assert kilometres(51.4775, -0.4614, 51.1481, -0.1903) == pytest.approx(41.2348, rel=0.005)


def test_kilometres_of_a_degree_and_of_half_the_earth():
    degree = np.pi * EARTH_RADIUS_KM / 180
    assert kilometres(0, 0, 0, 1) == pytest.approx(degree)
    assert kilometres(51, 7, 52, 7) == pytest.approx(degree)
    assert kilometres(60, 0, 60, 0.001) == pytest.approx(degree * 0.001 / 2, rel=1e-5)
    assert kilometres(90, 0, -90, 0) == pytest.approx(180 * degree)


def test_kilometres_is_known_between_all_opposite_ends_of_the_earth():
    """Rounding carries the haversine of many of them past 1, which has no arc sine."""
    north, east = np.meshgrid(np.linspace(-89, 89, 121), np.linspace(-179, 0, 97))
    assert kilometres(north, east, -north, east + 180) == pytest.approx(np.pi * EARTH_RADIUS_KM)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_kilometres_is_a_distance(lat1, lon1, lat2, lon2):
    there, back = kilometres(lat1, lon1, lat2, lon2), kilometres(lat2, lon2, lat1, lon1)
    assert isinstance(there, float)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= np.pi * EARTH_RADIUS_KM * 1.000001
    assert kilometres(lat1, lon1, lat1, lon1) == 0


def test_kilometres_broadcasts_people_against_roles():
    people = np.array([[51.58, -0.33], [51.60, -0.36], [51.62, -0.30]])
    roles = np.array([[51.57, -0.34], [51.61, -0.29]])
    table = kilometres(people[:, :1], people[:, 1:], roles[:, 0], roles[:, 1])
    assert table.shape == (3, 2)
    for row in range(3):
        for column in range(2):
            alone = kilometres(*map(float, people[row]), *map(float, roles[column]))
            assert table[row, column] == pytest.approx(alone)


def test_kilometres_is_not_known_where_a_coordinate_is_not():
    distances = kilometres(np.array([51.5, np.nan]), np.array([0.0, 0.0]), 51.5, 0.0)
    assert distances[0] == 0
    assert np.isnan(distances[1])


def test_a_mile_is_what_it_is_by_law():
    yard = 0.9144  # metres
    assert pytest.approx(1760 * yard / 1000) == KM_PER_MILE


@pytest.mark.parametrize(("distance", "minutes"), [(0, 1), (0.01, 1), (1, 16), (0.77, 12), (5, 78)])
def test_walking_minutes_at_five_kilometres_an_hour_with_a_detour(distance, minutes):
    assert walking_minutes(distance) == minutes

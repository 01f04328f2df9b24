import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.geography import EARTH_RADIUS_KM, kilometres

_latitudes = st.floats(-90, 90)
_longitudes = st.floats(-180, 180)


def _between(here, there):
    columns = [np.array([degrees]) for degrees in (*here, *there)]
    return float(kilometres(*columns)[0, 0])


def test_kilometres_from_london_to_paris():
    assert _between((51.5074, -0.1278), (48.8566, 2.3522)) == pytest.approx(343.56, abs=0.05)


def test_kilometres_of_neighbours_are_exact_to_a_metre():
    a_metre_north = 51.58 + 1 / 111_195
    assert _between((51.58, -0.33), (a_metre_north, -0.33)) == pytest.approx(0.001, rel=0.01)


def test_kilometres_to_the_same_place_are_none():
    assert _between((51.58, -0.33), (51.58, -0.33)) == 0


def test_kilometres_to_the_other_end_of_the_earth():
    assert _between((90, 0), (-90, 0)) == pytest.approx(np.pi * EARTH_RADIUS_KM, rel=1e-6)


def test_kilometres_are_not_known_where_a_place_is_not_known():
    found = kilometres(
        np.array([51.5, np.nan]), np.array([0.0, 0.0]), np.array([51.6]), np.array([np.nan])
    )
    assert np.isnan(found).all()


@given(_latitudes, _longitudes, _latitudes, _longitudes)
def test_kilometres_agree_with_the_haversine_formula(lat, lon, other_lat, other_lon):
    phi, other_phi = np.radians(lat), np.radians(other_lat)
    half = (
        np.sin((other_phi - phi) / 2) ** 2
        + np.cos(phi) * np.cos(other_phi) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    )
    expected = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(min(1.0, half)))

    assert _between((lat, lon), (other_lat, other_lon)) == pytest.approx(
        expected, rel=5e-4, abs=2e-3
    )

"""A worker that starts has the model at hand where there is one, and starts where it cannot."""

import pytest
from django.db import OperationalError

from matching import recommender
from matching.recommender import fitting, snapshot, warming
from tests.factories.matching import borough

pytestmark = pytest.mark.django_db


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that an encoder was given in order to be loaded."""
    texts: list[str] = []

    class Encoder:
        def embed(self, given: list[str], threads: int) -> None:
            texts.extend(given)

    monkeypatch.setattr(warming, "ENCODERS", {"one": Encoder()})
    monkeypatch.setattr(fitting, "_at_hand", None)
    return texts


def test_model_and_encoders_are_at_hand(embedded: list[str]) -> None:
    borough(people=0, roles=3)
    fitted = recommender.fit_model()
    fitting._at_hand = None

    recommender.warm_up()

    assert snapshot.take().fitted.version == fitted.version
    assert len(embedded) == 1


def test_nothing_is_loaded_where_there_is_no_model(embedded: list[str]) -> None:
    recommender.warm_up()
    assert fitting._at_hand is None
    assert not embedded


def test_a_database_in_trouble_stops_no_worker(
    embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def trouble() -> bool:
        raise OperationalError("gone")

    monkeypatch.setattr(warming, "is_on_disk", trouble)
    recommender.warm_up()
    assert not embedded

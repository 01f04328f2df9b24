"""The model is fitted, kept, found again, and fitted anew where it cannot be trusted."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from structlog.testing import capture_logs

from core.models import Skill
from matching import datasets
from matching.models import ModelVersion
from matching.recommender import fitting
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_models(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MODEL_DIR = tmp_path / "models"
    new_process(monkeypatch)


def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in memory, as in a process that has just started."""
    monkeypatch.setattr(fitting, "_at_hand", None)


def files() -> set[str]:
    return {path.name for path in Path(settings.MODEL_DIR).iterdir()}


def test_fit_writes_down_what_the_model_is() -> None:
    OpportunityFactory(description="Plant trees in the park.")
    OpportunityFactory(closed=True)
    fitted = fitting.fit_model()
    row = ModelVersion.objects.get()
    assert row.version == fitted.version
    assert row.roles == 1
    assert set(row.libraries) >= {"scikit-learn", "numpy", "python"}
    assert row.metrics["seconds_to_fit"] > 0
    assert files() == {f"{row.version}.joblib", f"{row.version}.json"}


def test_model_at_hand_costs_one_query(django_assert_num_queries) -> None:
    fitted = fitting.fit_model()
    datasets.tags()
    with django_assert_num_queries(1):
        assert fitting.current_model() is fitted


def test_another_process_loads_the_same_model(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = fitting.fit_model()
    new_process(monkeypatch)
    found = fitting.current_model()
    assert found is not fitted
    assert found.version == fitted.version
    assert ModelVersion.objects.count() == 1


def test_newest_model_is_taken_up_without_a_restart() -> None:
    old = fitting.fit_model()
    fitting._at_hand, kept = None, fitting._at_hand
    OpportunityFactory(description="Something that nobody wrote before.")
    new = fitting.fit_model()
    fitting._at_hand = kept
    assert new.version != old.version
    assert fitting.current_model().version == new.version


def test_first_use_fits_and_says_so() -> None:
    with capture_logs() as logs:
        assert fitting.current_model().version == ModelVersion.objects.get().version
    assert [entry["event"] for entry in logs] == ["model.missing", "model.fitted"]


def test_missing_file_is_fitted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = fitting.fit_model()
    new_process(monkeypatch)
    (settings.MODEL_DIR / f"{fitted.version}.joblib").unlink()
    (settings.MODEL_DIR / f"{fitted.version}.json").unlink()
    assert fitting.current_model().model is not fitted.model
    assert files()


def test_damaged_file_is_fitted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = fitting.fit_model()
    new_process(monkeypatch)
    (settings.MODEL_DIR / f"{fitted.version}.joblib").write_bytes(b"not a model")
    again = fitting.current_model()
    assert again.model is not fitted.model
    new_process(monkeypatch)
    assert fitting.current_model().version == again.version


def test_model_of_other_libraries_is_fitted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = fitting.fit_model()
    new_process(monkeypatch)
    manifest = settings.MODEL_DIR / f"{fitted.version}.json"
    described = json.loads(manifest.read_text())
    described["libraries"]["scikit-learn"] = "0.1"
    manifest.write_text(json.dumps(described))
    with capture_logs() as logs:
        fitting.current_model()
    assert "model.refused" in [entry["event"] for entry in logs]
    new_process(monkeypatch)
    found = fitting.current_model()
    described = json.loads((settings.MODEL_DIR / f"{found.version}.json").read_text())
    assert described["libraries"]["scikit-learn"] != "0.1"


def test_model_of_another_taxonomy_is_fitted_anew() -> None:
    fitted = fitting.fit_model()
    Skill.objects.create(code="zzz-new", name="New")
    datasets.tags.cache_clear()
    try:
        again = fitting.current_model()
    finally:
        datasets.tags.cache_clear()
    assert again.version != fitted.version
    assert "zzz-new" in again.model.vocabulary_.skills


def test_old_models_leave_the_disk() -> None:
    versions = []
    for number in range(fitting.KEPT_ON_DISK + 2):
        OpportunityFactory(description=f"Another word: {'x' * number}.")
        versions.append(fitting.fit_model().version)
    assert len(set(versions)) == len(versions)
    kept = {Path(name).stem for name in files()}
    assert kept == set(versions[-fitting.KEPT_ON_DISK :])

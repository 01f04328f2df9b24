import pytest

from tests.integration.api.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()

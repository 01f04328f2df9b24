"""Whoever asks for a role does it where what they are told of their chances is kept."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.test_facts import APPS, ROOT

#: Where the application is written, and the one way to it.
SERVICE, DOOR = "placements/services/applications.py", "matching/services/asking.py"
pytestmark = pytest.mark.sqlite


def _sources() -> Iterator[tuple[str, str]]:
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            yield str(path.relative_to(ROOT)), path.read_text()


def submitting(source: str) -> list[int]:
    """The lines that ask for a role past the door: `applications.submit`, by whatever name."""
    tree = ast.parse(source)
    names = {"applications"}
    submits = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if node.module == "placements.services" and alias.name == "applications":
                    names.add(alias.asname or alias.name)
                if node.module == "placements.services.applications" and alias.name == "submit":
                    submits.add(alias.asname or alias.name)
    return [
        node.lineno
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "submit"
            and isinstance(node.value, ast.Name)
            and node.value.id in names
        )
        or (isinstance(node, ast.Name) and node.id in submits)
    ]


def test_all_ask_through_the_one_door() -> None:
    sources = dict(_sources())
    assert {SERVICE, DOOR, "web/views/applications.py", "api/v1/applications.py"} <= set(sources)
    found = {path for path, source in sources.items() if submitting(source)}
    assert found == {DOOR}


@pytest.mark.parametrize(
    "source",
    [
        "from placements.services import applications\napplications.submit(by=None)",
        "from placements.services import applications as rows\nrows.submit(by=None)",
        "from placements.services.applications import submit as send\nsend(by=None)",
        "from functools import partial\npartial(applications.submit, by=None)",
    ],
)
def test_another_way_would_be_found(source: str) -> None:
    assert submitting(source)

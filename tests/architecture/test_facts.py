"""Facts and tasks go by names, which no import rule sees: each has its other end."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from core.outbox.health import HEARTBEAT
from worker.app import app
from worker.handlers import HANDLERS
from worker.timetable import TIMETABLE

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts", "api", "config", "core", "demonstration", "desk", "equality", "insights",
    "matching", "notifications", "opportunities", "placements", "volunteers", "web", "worker",
)  # fmt: skip

STATE = {"state", "state_many", "state_unless_waiting", "state_once"}


@cache
def sources() -> dict[Path, ast.Module]:
    """The parsed modules of the project that speak of facts at all."""
    every = (path for name in APPS for path in (ROOT / name).rglob("*.py"))
    texts = ((path, path.read_text()) for path in every)
    return {path: ast.parse(text) for path, text in texts if "facts" in text}


def calls_to_facts() -> Iterator[tuple[str, ast.Call]]:
    """Every call of facts.state and its like in the project, with its place."""
    for path, module in sources().items():
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in STATE
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "facts"
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def stated_kinds() -> dict[str, str]:
    """Each kind of fact that is stated by name, and a place where it is."""
    return {
        str(node.args[0].value): place
        for place, node in calls_to_facts()
        if isinstance(node.args[0], ast.Constant)
    }


def test_every_stated_kind_has_its_work() -> None:
    unknown = {kind: place for kind, place in stated_kinds().items() if kind not in HANDLERS}
    assert not unknown


def test_all_work_is_asked_for_somewhere() -> None:
    by_the_clock = {entry.kind for entry in TIMETABLE}
    # Other tests of the same process may have added kinds of their own.
    ours = {kind for kind in HANDLERS if not kind.startswith("test.")}
    assert ours == stated_kinds().keys() | by_the_clock
    assert HEARTBEAT in by_the_clock


def test_kinds_are_written_out_where_they_are_stated() -> None:
    """A kind that is put together where it is stated would escape the tests above."""
    computed = [
        place for place, node in calls_to_facts() if not isinstance(node.args[0], ast.Constant)
    ]
    assert [place.rpartition(":")[0] for place in computed] == ["worker/timetable.py"]


def test_facts_are_imported_in_the_way_these_tests_look_for() -> None:
    for path, module in sources().items():
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                renamed = {alias.name for alias in node.names if alias.asname}
                assert node.module != "core.outbox.facts" or STATE.isdisjoint(names), path
                assert node.module != "core.outbox" or "facts" not in renamed, path


def test_task_names_are_known() -> None:
    """Messages in a broker outlive a deployment: a task that is renamed leaves them unread."""
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {"worker.tasks.perform", "worker.tasks.each_minute"}


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values())
def test_beat_sends_tasks_that_exist(entry: dict[str, str]) -> None:
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks

"""Kinds of message go by names: each that the code tells has a topic, and each topic's is told."""

import ast
from collections.abc import Iterator

from notifications.topics import KINDS
from placements.states import Move
from tests.architecture.test_facts import APPS, ROOT


def kinds_told() -> Iterator[tuple[str, ast.expr]]:
    """Each `kind=` in modules that tell people something, with its place."""
    for path in (path for name in APPS for path in (ROOT / name).rglob("*.py")):
        text = path.read_text()
        if "import notify" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    if keyword.arg == "kind":
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", keyword.value


def _has_topic(kind: ast.expr) -> bool:
    match kind:
        case ast.Constant(value=str(name)):
            return any(known == name or known.endswith(f".{name}") for known in KINDS)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return any(known.startswith(start) for known in KINDS)
        case ast.Name() | ast.Attribute():  # handed on: its values stand in the module, or in Move
            return True
        case _:
            return False


def test_every_kind_that_is_told_has_a_topic() -> None:
    told = dict(kinds_told())
    assert len(told) > 5, "the walk finds them"
    assert not [place for place, kind in told.items() if not _has_topic(kind)]


def test_every_move_of_an_application_has_a_topic() -> None:
    told = set(Move) - {Move.START}  # both sides know that
    assert {f"application.{move.value}" for move in told} <= KINDS.keys()


def test_no_topic_is_for_a_kind_that_nobody_tells() -> None:
    told = [kind for __, kind in kinds_told()]
    constants = {kind.value for kind in told if isinstance(kind, ast.Constant)}
    starts = tuple(
        str(kind.values[0].value)
        for kind in told
        if isinstance(kind, ast.JoinedStr) and isinstance(kind.values[0], ast.Constant)
    )
    by_moves = {f"application.{move.value}" for move in Move}
    assert not {
        kind
        for kind in KINDS.keys() - by_moves
        if kind not in constants
        and kind.rpartition(".")[2] not in constants
        and not (starts and kind.startswith(starts))
    }

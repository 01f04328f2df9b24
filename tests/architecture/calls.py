"""Which code can be reached from where, read from the source and not by running it.

A definition (a function, a class with all its methods, a constant) reaches what its body names: in
its own module, by an import, or as `module.name`. What is handed on by facts to a worker is not
followed. Too much is found rather than too little.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.architecture.test_facts import ROOT

#: Where something is defined: its module and its name.
Place = tuple[str, str]
#: What the trail calls an action: what it is about, and what was done.
AUDIT = "accounts.services.audit"
_READ = (
    "accounts", "desk", "equality", "insights", "matching", "notifications", "opportunities",
    "placements", "volunteers", "web",
)  # fmt: skip


@dataclass
class Module:
    """What a module defines, and what it imports under which name."""

    defines: dict[str, list[ast.stmt]] = field(default_factory=dict)
    imports: dict[str, Place] = field(default_factory=dict)


def _name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Module]:
    """The modules of the project that a page can call, by name."""
    paths = [
        path
        for app in _READ
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    ]
    return {_name_of(path): _read(ast.parse(path.read_text())) for path in paths}


def _read(tree: ast.Module) -> Module:
    read = Module()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                read.imports[alias.asname or alias.name] = (node.module, alias.name)
    for statement in tree.body:
        for name in _named_by(statement):
            read.defines.setdefault(name, []).append(statement)
    return read


def _named_by(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _found(module: str, name: str) -> Place | None:
    """Give where what a module calls `name` is defined; a module itself as (its name, '')."""
    if module not in modules():
        return None
    if name in modules()[module].defines:
        return module, name
    if (imported := modules()[module].imports.get(name)) is None:
        return None
    whole = ".".join(imported)
    return (whole, "") if whole in modules() else _found(*imported)


def _named(module: str, node: ast.AST) -> Place | None:
    """Give what a name, or a name of a module, stands for."""
    match node:
        case ast.Name(id=name):
            return _found(module, name)
        case ast.Attribute(value=ast.Name(id=name), attr=member):
            of = _found(module, name)
            return _found(of[0], member) if of and not of[1] else None
    return None


def body_of(place: Place) -> Iterator[ast.AST]:
    """Everything inside a definition."""
    for statement in modules()[place[0]].defines[place[1]]:
        yield from ast.walk(statement)


def reached_from(start: Iterable[Place]) -> set[Place]:
    """Give all that can be reached from some definitions, these with it."""
    reached: set[Place] = set()
    waiting = list(start)
    while waiting:
        place = waiting.pop()
        if place in reached:
            continue
        reached.add(place)
        named = (_named(place[0], node) for node in body_of(place))
        waiting += [found for found in named if found and found[1]]
    return reached


def actions_in(places: set[Place]) -> set[str]:
    """Give what these definitions write to the audit trail. One that is put together when it is
    written ends with its beginning and a star ("application.*").
    """
    written: set[str] = set()
    for place in places:
        if place[0] == AUDIT:
            continue
        for node in body_of(place):
            if isinstance(node, ast.Call) and (_named(place[0], node.func) or ("",))[0] == AUDIT:
                written |= _actions(place, node, places)
    return written


def _actions(place: Place, call: ast.Call, places: set[Place]) -> set[str]:
    for keyword in call.keywords:
        if keyword.arg == "action":
            if isinstance(keyword.value, ast.Name):
                return _handed_to(place, places)
            return _written(keyword.value, place)
    return set()


def _written(value: ast.expr, place: Place) -> set[str]:
    match value:
        case ast.Constant(value=str(action)):
            return {action}
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return {f"{start}*"}
        case ast.IfExp(body=one, orelse=other):
            return _written(one, place) | _written(other, place)
    raise AssertionError(f"{place}: it cannot be read what this writes to the trail")


def _handed_to(service: Place, places: set[Place]) -> set[str]:
    """The actions that callers hand to a function which writes what it is given."""
    handed = {
        str(argument.value)
        for place in places
        for node in body_of(place)
        if isinstance(node, ast.Call) and _named(place[0], node.func) == service
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(argument, ast.Constant) and "." in str(argument.value)
    }
    assert handed, f"{service}: it cannot be read what this writes to the trail"
    return handed

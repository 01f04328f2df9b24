"""The schema made ready for people to read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

Schema = Mapping[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")
#: Errors that every address can give; the page says so once.
_EVERYWHERE = frozenset({"405", "406", "413", "415", "429", "500"})


@cache
def schema() -> dict[str, Any]:
    """Give the OpenAPI schema, made once by each process."""
    return SchemaGenerator().get_schema(request=None, public=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in words; `shape` names the shape of the page that says more, or ''."""

    words: str
    shape: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one field of a shape."""

    name: str
    kind: Kind
    is_required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status with which an address answers."""

    status: str
    kind: Kind | None
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    title: str
    words: str
    needs_sign_in: bool
    parameters: tuple[Field, ...]
    body: Kind | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Noun:
    """The operations on one noun."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a body looks like."""

    name: str
    words: str
    fields: tuple[Field, ...]


def nouns(described: Schema) -> list[Noun]:
    """Give every operation of the schema by noun, in the order of the alphabet."""
    by_noun: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method in _METHODS:
            if method in methods:
                said = methods[method]
                by_noun.setdefault(said["tags"][0], []).append(
                    _operation(described, path, method, said)
                )
    return [Noun(name, tuple(by_noun[name])) for name in sorted(by_noun)]


def shapes(described: Schema) -> list[Shape]:
    """Give every shape of a body; lists of choices are said where they are used."""
    return [
        Shape(name, _words(said), tuple(_fields(described, said)))
        for name, said in sorted(described["components"]["schemas"].items())
        if "properties" in said
    ]


def _operation(described: Schema, path: str, method: str, said: Schema) -> Operation:
    return Operation(
        anchor=said["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        title=said.get("summary", ""),
        words=_words(said),
        needs_sign_in={} not in said.get("security", [{}]),
        parameters=tuple(
            Field(
                parameter["name"],
                _kind(described, parameter["schema"]),
                parameter.get("required", False),
                _words(parameter),
            )
            for parameter in said.get("parameters", [])
        ),
        body=_body(described, said.get("requestBody", {})),
        answers=tuple(_answers(described, said["responses"])),
    )


def _answers(described: Schema, responses: Schema) -> Iterator[Answer]:
    for status, answer in sorted(responses.items()):
        if status not in _EVERYWHERE:
            yield Answer(status, _body(described, answer), _words(answer))


def _body(described: Schema, said: Schema) -> Kind | None:
    for content in said.get("content", {}).values():
        return _kind(described, content["schema"])
    return None


def _fields(described: Schema, said: Schema) -> Iterator[Field]:
    required = said.get("required", [])
    for name, field in said["properties"].items():
        yield Field(name, _kind(described, field), name in required, _words(field))


def _words(said: Schema) -> str:
    """The description without Markdown, and without the choices that drf-spectacular adds."""
    return str(said.get("description", "")).partition("* `")[0].replace("`", "").strip()


def _kind(described: Schema, said: Schema) -> Kind:
    if "$ref" in said:
        return _named(described, said["$ref"].rpartition("/")[2])
    for several in ("oneOf", "anyOf", "allOf"):
        if several in said:
            return _one_of([_kind(described, part) for part in said[several]])
    if "enum" in said:
        choices = tuple(str(choice) for choice in said["enum"] if choice not in ("", None))
        return Kind(_("one of"), choices=choices) if choices else Kind(_("empty"))
    types = said.get("type", "object")
    if isinstance(types, list):
        return _one_of([_kind(described, {**said, "type": kind}) for kind in types])
    if types == "array":
        item = _kind(described, said["items"])
        return Kind(_("list of %(kind)s") % {"kind": item.words}, item.shape, item.choices)
    return Kind(_plain(types, said))


def _named(described: Schema, name: str) -> Kind:
    said = described["components"]["schemas"][name]
    return Kind(name, shape=name) if "properties" in said else _kind(described, said)


def _one_of(kinds: list[Kind]) -> Kind:
    """One kind for several, of which one at most has a shape or choices."""
    words = list(dict.fromkeys(kind.words for kind in kinds))
    shape = next((kind.shape for kind in kinds if kind.shape), "")
    choices = next((kind.choices for kind in kinds if kind.choices), ())
    return Kind(_(" or ").join(words), shape, choices)


def _plain(kind: str, said: Schema) -> str:
    words = {
        "string": {
            "date": _("date (2027-01-31)"),
            "date-time": _("time (2027-01-31T09:30:00Z)"),
            "email": _("email address"),
            "uri": _("web address"),
        }.get(said.get("format", ""), _("text")),
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "null": _("null"),
        "object": _("object"),
    }[kind]
    if kind == "null":
        return words
    if "minimum" in said and "maximum" in said:
        return _("%(kind)s from %(least)s to %(most)s") % {
            "kind": words,
            "least": said["minimum"],
            "most": said["maximum"],
        }
    if "maxLength" in said:
        return _("%(kind)s of at most %(most)s characters") % {
            "kind": words,
            "most": said["maxLength"],
        }
    return words

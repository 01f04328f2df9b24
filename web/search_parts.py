"""The parts of a search in words, each with the address of the same search without it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.places.postcodes import Location
from core.taxonomy.words import words_of
from opportunities.search.finding import Found
from volunteers.models import Volunteer

#: Fields of the page's form that are no part of what is looked for.
NOT_PARTS = ("order", "exact", "view", "page")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that narrows or widens the search; `address` is the page without it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class WayOn:
    """A part that could go, and how many roles there would be then."""

    words: str
    address: str
    roles: int


def parts_of(form: forms.Form, query: QueryDict) -> list[Part]:
    """Give what is in force, in the order of the form; a field with a mistake is not."""
    answers: dict[str, Any] = getattr(form, "cleaned_data", {})
    return [
        *_words_and_place(answers, query),
        *_choices(form, answers, query),
        *_wider(answers, query),
    ]


def ways_on(found: Found, query: QueryDict) -> list[WayOn]:
    """Give the parts whose going would show roles, the most roles first."""
    ways = []
    for name, count in found.without_each().items():
        if not count:
            continue
        kind, _colon, word = name.partition(":")
        if kind == "text":
            words = _("without the word “%(word)s”") % {"word": word}
            address = _with(query, q=_without_word(query.get("q", ""), word))
        else:
            words, fields = _GOING[kind]()
            address = _without(query, *fields)
        ways.append(WayOn(words, address, count))
    return sorted(ways, key=lambda way: -way.roles)


def home_of(volunteer: Volunteer | None) -> Location | None:
    """Give where the person lives, as far as they said."""
    if volunteer is None or volunteer.latitude is None or volunteer.longitude is None:
        return None
    return Location(
        postcode=volunteer.postcode,
        latitude=volunteer.latitude,
        longitude=volunteer.longitude,
        ward_code=volunteer.ward_code,
        precision="outward" if volunteer.location_precision == "outward" else "postcode",
    )


def _words_and_place(answers: dict[str, Any], query: QueryDict) -> Iterator[Part]:
    if answers.get("q"):
        yield Part(_("“%(words)s”") % {"words": answers["q"]}, _without(query, "q", "exact"))
    if answers.get("miles"):
        reach = ngettext("Up to %(miles)s mile", "Up to %(miles)s miles", answers["miles"])
        yield Part(reach % {"miles": answers["miles"]}, _without(query, "miles"))
    if answers.get("postcode"):
        # Without a postcode there is nothing to measure from.
        start = _("From %(postcode)s") % {"postcode": answers["postcode"]}
        yield Part(start, _without(query, "postcode", "miles"))


def _choices(form: forms.Form, answers: dict[str, Any], query: QueryDict) -> Iterator[Part]:
    for name in ("cause", "activity", "place", "commitment"):
        if answers.get(name):
            yield Part(_label(form, name, answers[name]), _without(query, name))
    if answers.get("age") is not None:
        yield Part(_("For age %(age)s") % {"age": answers["age"]}, _without(query, "age"))
    for name in ("day", "part", "access"):
        for code in answers.get(name, ()):
            yield Part(_label(form, name, code), _without_one(query, name, code))


def _wider(answers: dict[str, Any], query: QueryDict) -> Iterator[Part]:
    if answers.get("full"):
        yield Part(_("Full roles too"), _without(query, "full"))
    if answers.get("closed"):
        yield Part(_("Closed roles too"), _without(query, "closed"))


def _label(form: forms.Form, name: str, code: str) -> str:
    """Give the words of a choice, found in groups of choices too."""
    for value, words in form.fields[name].choices:  # type: ignore[attr-defined]  # a ChoiceField
        if isinstance(words, list | tuple):
            for inner, inner_words in words:
                if inner == code:
                    return str(inner_words)
        elif value == code:
            return str(words)
    return code


#: By the name of a condition (`opportunities.search.conditions.of`): how its going is said, and the
#: fields of the page that go.
_GOING: dict[str, Callable[[], tuple[str, tuple[str, ...]]]] = {
    "causes": lambda: (_("for any cause"), ("cause",)),
    "activities": lambda: (_("doing anything"), ("activity",)),
    "commitment": lambda: (_("regularly or once"), ("commitment",)),
    "from_home": lambda: (_("in person or from home"), ("place",)),
    "age": lambda: (_("for any age"), ("age",)),
    "access": lambda: (_("without what the place has to have"), ("access",)),
    "slots": lambda: (_("at any time"), ("day", "part")),
    "within_miles": lambda: (_("at any distance"), ("miles",)),
}


def _without(query: QueryDict, *names: str) -> str:
    kept = query.copy()
    for name in (*names, "page"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def _with(query: QueryDict, **words: str) -> str:
    kept = query.copy()
    kept.pop("page", None)
    for name, value in words.items():
        kept[name] = value
    return f"?{kept.urlencode()}"


def _without_one(query: QueryDict, name: str, code: str) -> str:
    kept = query.copy()
    kept.pop("page", None)
    kept.setlist(name, [value for value in query.getlist(name) if value != code])
    return f"?{kept.urlencode()}"


def _without_word(text: str, word: str) -> str:
    return " ".join(piece for piece in text.split() if word not in words_of(piece))

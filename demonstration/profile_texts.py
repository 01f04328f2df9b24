"""What made-up people write about themselves: from nothing or three words to a whole page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from demonstration.kinds import RoleKind, read, role_kinds
from demonstration.lives import Life
from demonstration.plan import weighted

#: How many of 100 people write how much.
LENGTHS: dict[str, float] = {
    "nothing": 6,
    "few words": 14,
    "sentence": 34,
    "paragraph": 31,
    "page": 6,
    "other language": 9,
}


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A text in another language, and the kinds of role that it is about."""

    code: str
    kinds: list[str]
    words: str


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    return read("profile_words")


@lru_cache(maxsize=1)
def other_languages() -> list[OtherLanguage]:
    return [OtherLanguage(**row) for row in words()["language"]]


def length(chance: Random) -> str:
    """Give how much somebody writes: a key of `LENGTHS`."""
    return weighted(chance, LENGTHS)


def about(chance: Random, how_long: str, life: Life, kinds: Sequence[RoleKind]) -> str:
    """Give what somebody writes who would like these kinds of role, in English."""
    if how_long == "nothing":
        return ""
    if how_long == "few words":
        return chance.choice(words()["short"])
    wishes = [_wish(chance, life, kind) for kind in kinds]
    if how_long == "sentence":
        return wishes[0]
    said = [_why(chance, life), *wishes, chance.choice(words()["manner"])]
    said += chance.sample(words()["practical"], chance.randint(0, 2))
    if how_long == "paragraph":
        return " ".join(said)
    stories = words()["stories_any"] + (words()["stories_older"] if life.why == "older" else [])
    passages = chance.sample(stories, 3)
    return "\n\n".join([passages[0], " ".join(said), *passages[1:]])


def experience(chance: Random, skills: Sequence[str], names: dict[str, str]) -> str:
    """Give what somebody writes about what they can do, or '': some say it by ticking only."""
    if not skills or chance.random() < 0.45:
        return ""
    said = chance.sample(list(skills), min(len(skills), chance.randint(1, 3)))
    lines = chance.sample(words()["experience"], len(said))
    return " ".join(
        line.format(skill=_in_sentence(names[code])) for line, code in zip(lines, said, strict=True)
    )


def in_other_language(chance: Random, youngest: int) -> OtherLanguage:
    """Give a text in another language about kinds of role that are open from `youngest` on."""
    kinds = role_kinds()
    fitting = [
        text
        for text in other_languages()
        if any(kinds[code].minimum_age <= youngest for code in text.kinds)
    ]
    return chance.choice(fitting or other_languages())


def _why(chance: Random, life: Life) -> str:
    reasons = words()["why_any"] + words()[f"why_{life.why}"]
    return chance.choice(reasons).format(years=chance.randint(2, 12))


def _wish(chance: Random, life: Life, kind: RoleKind) -> str:
    """The first wish of each kind is one that the young could have as well."""
    return kind.wishes[0] if life.why == "young" else chance.choice(kind.wishes)


def _in_sentence(name: str) -> str:
    """ "Driving a car" inside a sentence; "DIY and repairs" and "British …" keep their capital."""
    keeps = name[:2].isupper() or name.startswith(("British", "English"))
    return name if keeps else name[:1].lower() + name[1:]

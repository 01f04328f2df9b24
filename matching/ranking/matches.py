"""What a place on a list says: the match and its reasons, and how they are kept as numbers.

Loads nothing: who reads lists needs no more.

A reason is kept as a small number for its code and whole numbers for its detail, which is what the
score was made of. What each number of a detail stands for depends on the code (`FORMS`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from struct import pack, unpack
from typing import NamedTuple

MOST_REASONS = 4
#: Stands where a match has fewer reasons.
NO_REASON = 255

Detail = tuple[str | int | float, ...]


class Form(Enum):
    """How a detail is kept."""

    #: Positions in a table of texts.
    TEXTS = auto()
    #: One whole number.
    NUMBER = auto()
    #: One number, as the bits of a 32-bit float.
    FLOAT = auto()
    #: Nothing: the kilometres stand beside the match.
    KILOMETRES = auto()
    NOTHING = auto()


#: Code, the part of the score that gives the reason, and how its detail is kept. The place in this
#: list is what is stored: new ones are added at the end, none is taken out.
_KINDS: tuple[tuple[str, str, Form], ...] = (
    ("shared_words", "interests", Form.TEXTS),
    ("experience_words", "experience", Form.TEXTS),
    ("shared_causes", "causes", Form.TEXTS),
    ("related_causes", "causes", Form.TEXTS),
    ("shared_activities", "activities", Form.TEXTS),
    ("skills_match", "skills_needed", Form.TEXTS),
    ("near_skill", "skills_needed", Form.TEXTS),
    ("skills_useful", "skills_useful", Form.TEXTS),
    ("skill_gained", "skills_gained", Form.TEXTS),
    ("shared_language", "languages", Form.TEXTS),
    ("motive", "motives", Form.TEXTS),
    ("free_on", "time", Form.NUMBER),
    ("distance", "distance", Form.KILOMETRES),
    ("from_home", "distance", Form.NOTHING),
    ("commitment", "commitment", Form.TEXTS),
    ("hours", "commitment", Form.FLOAT),
    ("alike_text", "interests", Form.NOTHING),
    ("alike_experience", "experience", Form.NOTHING),
)
REASON_CODES: tuple[str, ...] = tuple(code for code, _, _ in _KINDS)
FORMS: tuple[Form, ...] = tuple(form for _, _, form in _KINDS)
#: The part whose contribution is the value of a reason, in the order of `REASON_CODES`.
PARTS_OF_REASONS: tuple[str, ...] = tuple(part for _, part, _ in _KINDS)
NUMBER_OF: dict[str, int] = {code: number for number, code in enumerate(REASON_CODES)}


class Reason(NamedTuple):
    """One reason: its code, what its part adds to the score, and the inputs behind it."""

    code: str
    value: float
    detail: Detail


@dataclass(frozen=True, slots=True)
class Match:
    """One place on a list.

    index: row of the role (on a role's list: of the person) in the columns that were ranked.
    score: in [0, 1]. contributions: by part, those that are not 0; they add up to the score.
    kilometres: None where a place is not known or the role is done from home.
    reasons: none to four, the one that counts most first.
    """

    index: int
    score: float
    contributions: dict[str, float]
    kilometres: float | None
    reasons: tuple[Reason, ...]


def detail_of(
    number: int, kept: Sequence[int], texts: Sequence[str], kilometres: float | None
) -> Detail:
    """The detail of a reason from what is kept of it."""
    form = FORMS[number]
    if form is Form.TEXTS:
        return tuple(texts[at] for at in kept)
    if form is Form.KILOMETRES:
        return (round(kilometres or 0.0, 3),)
    if form is Form.FLOAT:
        return tuple(unpack("<f", pack("<I", at))[0] for at in kept)
    return tuple(kept)

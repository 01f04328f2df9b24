"""What somebody's own text, such as a CV, says about what they can do: read, and not kept."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.models import Activity, Skill
from core.models.taxonomy import TermedItem
from core.taxonomy.loading import DATA_DIR, LISTS, read_list
from core.taxonomy.mentions import Mentions, Wording
from core.taxonomy.terms import Item
from core.taxonomy.words import clauses_of, words_of

_WORDS = Path(__file__).parent / "data" / "own_words.toml"
#: Words with which the name of a firm, a school or a club ends.
_FIRMS = (
    *("Ltd", "Limited", "plc", "PLC", "LLP", "Inc", "Group", "Company", "Co", "Bank", "Software"),
    *("Trust", "Foundation", "Charity", "Association", "Society", "Council", "University"),
    *("College", "School", "Academy", "Hospital", "Centre", "Club", "FC", "Office", "Theatre"),
)
_KINDS = {"s": "skill", "a": "activity"}
#: In a sentence about oneself a "not" reaches to the end of its clause.
_REACH = 30
#: A longer text is refused: no CV has so many characters.
MOST_CHARACTERS = 20_000
#: So many suggestions of a kind: more than that nobody looks through.
MOST_SUGGESTIONS = 12


@dataclass(frozen=True)
class Suggested:
    """Codes of the skills, activities and languages that a text speaks of, most mentioned first."""

    skills: list[str]
    activities: list[str]
    languages: list[str]

    def __bool__(self) -> bool:
        return bool(self.skills or self.activities or self.languages)


def read(text: str) -> Suggested:
    """Give what the text speaks of. Nothing of it is stored or sent anywhere."""
    said = _with_lists_of_nots(_without_names(text))
    return Suggested(
        skills=_mentions(Skill).in_text(said)[:MOST_SUGGESTIONS],
        activities=_mentions(Activity).in_text(said)[:MOST_SUGGESTIONS],
        languages=_languages(text)[:MOST_SUGGESTIONS],
    )


@cache
def _mentions(kind: type[TermedItem]) -> Mentions:
    """The words of one list, from the file that its table is kept equal to."""
    rows = read_list(DATA_DIR / LISTS[kind.__name__])
    return Mentions.of(
        (kind(**{name: row[name] for name in ("code", "name", "terms")}) for row in rows),
        _wording(),
    )


@cache
def _wording() -> Wording:
    """How people speak of themselves."""
    words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    added, dropped = (
        tuple((term, _items(row.get("items", ""))) for row in words[name] for term in row["terms"])
        for name in ("add", "drop")
    )
    return Wording(added, dropped, reach=_REACH, only_longest=True)


def _items(said: str) -> frozenset[Item]:
    return frozenset((_KINDS[item[0]], item[2:]) for item in said.split())


# "at Brightwater Software", "Ex-Garden Centre Group": what a firm is called says nothing of whoever
# works there.
_NAME = r"[A-Z][\w’'-]*(?:[^\S\n]+(?:&|and|of|the|for)(?=[^\S\n]+[A-Z])|[^\S\n]+[A-Z][\w’'-]*)*"
_OF_A_FIRM = re.compile(
    rf"\b{_NAME}[^\S\n]+(?:{'|'.join(_FIRMS)})\b|(?<=\bat )(?:the )?{_NAME}", re.UNICODE
)
# After a "not", what is listed with commas is meant too, up to where somebody says "I" again.
_AFTER_NOT = re.compile(
    r"\b(?:not|no|never|don[’']?t|won[’']?t|can[’']?t|cannot|without)\b[^.;:!?\n]*", re.I
)
_BEYOND_NOT = re.compile(
    r",(?=[^,]*\b(?:i|i[’'](?:m|ve|d|ll)|my|but|though|so|he|she|they|we)\b)"
    r"|\b(?:apart from|other than|except for)\b",
    re.I,
)


def _without_names(text: str) -> str:
    return _OF_A_FIRM.sub("-", text)


def _with_lists_of_nots(text: str) -> str:
    """Put what is listed after a "not" into its clause."""
    return _AFTER_NOT.sub(
        lambda found: ";".join(part.replace(",", " ") for part in _BEYOND_NOT.split(found.group())),
        text,
    )


@cache
def _language_names() -> dict[tuple[str, ...], str]:
    return {
        words_of(row["name"].partition("(")[0]): row["code"]
        for row in read_list(DATA_DIR / LISTS["Language"])
    }


def _languages(text: str) -> list[str]:
    names = _language_names()
    longest = max(map(len, names))
    found: dict[str, None] = {}
    for words in clauses_of(text):
        for first in range(len(words)):
            for length in range(1, longest + 1):
                if code := names.get(tuple(words[first : first + length])):
                    found[code] = None
    return list(found)

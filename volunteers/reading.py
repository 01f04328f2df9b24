"""What somebody's own text, such as a CV, says about what they can do: read, and not kept."""

from dataclasses import dataclass
from functools import cache

from core.models import Activity, Skill
from core.models.taxonomy import TermedItem
from core.taxonomy.loading import DATA_DIR, LISTS, read_list
from core.taxonomy.mentions import Mentions
from core.taxonomy.words import clauses_of, words_of

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
    return Suggested(
        skills=_mentions(Skill).in_text(text)[:MOST_SUGGESTIONS],
        activities=_mentions(Activity).in_text(text)[:MOST_SUGGESTIONS],
        languages=_languages(text)[:MOST_SUGGESTIONS],
    )


@cache
def _mentions(kind: type[TermedItem]) -> Mentions:
    """The words of one list, from the file that its table is kept equal to."""
    rows = read_list(DATA_DIR / LISTS[kind.__name__])
    return Mentions.of(
        kind(**{name: row[name] for name in ("code", "name", "terms")}) for row in rows
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

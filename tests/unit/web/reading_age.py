"""How hard a page is to read: the Flesch-Kincaid grade, roughly the school year in the USA."""

import html
import re
from typing import Any, NamedTuple

_BLOCKS = re.compile(r"</(?:p|li|h1|h2|h3|dt|dd|caption|th|td|label|legend|div|button)>")
# Lists to choose from ("Friday afternoon", "Gujarati") are names, and no sentences.
_NAMES = re.compile(
    r"<label[^>]*checkboxes__label[^>]*>.*?</label>|<select.*?</select>"
    r"|<details[^>]*hv-causes__more.*?</summary>",
    re.S,
)
_VOWELS = re.compile(r"[aeiouy]+")


class Reading(NamedTuple):
    """Words of a page, and its grade."""

    words: int
    grade: float


def reading_of(response: Any) -> Reading:
    """Count the main part of a page; what stands in a block of its own is a sentence."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.S)
    assert found is not None
    said = _BLOCKS.sub(". ", _NAMES.sub("", found.group()))
    text = html.unescape(re.sub(r"<[^>]+>", " ", said))
    sentences = [words for part in re.split(r"[.!?:]+", text) if (words := _words(part))]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return Reading(len(words), round(grade, 1))


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:[’'][A-Za-z]+)?", text)


def _syllables(word: str) -> int:
    word = word.lower()
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith("le") and count > 1:
        count -= 1
    return max(count, 1)

"""What in the words of a role puts people off, or may discriminate: marks, not errors.

Plain Python, without Django and without translation: it reads English, which is what roles are
written in here. The rules stand in wording_rules.toml beside, and are measured on the labelled
sentences of tests/data/wording.

The law behind it is the Equality Act 2010: age, disability, race (nationality and the language a
person was born to among it), religion or belief, sex. Whether a volunteer's role falls under it
depends on the case; a limit that nobody needs puts people off in any case.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Weight(StrEnum):
    """How much it matters: it may be unlawful, it leaves people out, or is a matter of style."""

    MAY_DISCRIMINATE = "may_discriminate"
    LEAVES_OUT = "leaves_out"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: which rule, which field and where in it, what it is about, what to do instead.

    `start` and `end` count characters of the field; both 0 for what is missing or is about the
    whole. `quote` is what the text says there.
    """

    code: str
    field: str
    start: int
    end: int
    quote: str
    sentence: str
    suggestion: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    pattern: re.Pattern[str]
    sentence: str
    suggestion: str
    weight: Weight
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class _MissingRule:
    """`fields` that say it, and words in any text that say it as well."""

    code: str
    fields: tuple[str, ...]
    said_by: re.Pattern[str]
    sentence: str
    suggestion: str


def _rule(entry: dict[str, Any], words: dict[str, str]) -> _Rule:
    pattern = "|".join(entry["patterns"])
    for name, of_it in words.items():
        pattern = pattern.replace(f"{{{name}}}", of_it)
    unless = entry.get("unless")
    return _Rule(
        entry["code"],
        re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE),
        entry["sentence"],
        entry["suggestion"],
        Weight(entry["weight"]),
        re.compile(unless, re.IGNORECASE) if unless else None,
    )


def _missing_rule(entry: dict[str, Any]) -> _MissingRule:
    said = re.compile(rf"\b(?:{'|'.join(entry['said_by'])})\b", re.IGNORECASE)
    names = tuple(entry["fields"])
    return _MissingRule(entry["code"], names, said, entry["sentence"], entry["suggestion"])


_FILE = tomllib.loads((Path(__file__).parent / "wording_rules.toml").read_text(encoding="utf-8"))
_RULES = tuple(_rule(entry, _FILE["words"]) for entry in _FILE["rule"])
#: What a role should say somewhere.
_MISSING = tuple(_missing_rule(entry) for entry in _FILE["missing"])
#: Letters that people here read as a word. Others in capitals are taken for an acronym.
_KNOWN_LETTERS = frozenset(_FILE["known_letters"])

_ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b(?!\d)")
_EXPLAINED = re.compile(r"\(([A-Z]{2,6})s?\)")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

#: Longer sentences are marked: GOV.UK asks for no more than 25 words.
LONGEST_SENTENCE = 28
#: Marked from here on. The age that a child reads it at, by Flesch and Kincaid: grade + 5.
HARDEST_READING_AGE = 13
#: Texts shorter than this have no reading age that means anything.
_FEWEST_WORDS = 40

#: Fields that hold sentences, in the order in which they are asked.
TEXT_FIELDS = ("title", "summary", "description", "gains", "supervision", "training", "expenses")


def marks_of(text: str, *, field: str = "") -> list[Mark]:
    """Marks on one text, in the order of their place."""
    found = [*_by_rules(text, field), *_acronyms(text, field), *_long_sentences(text, field)]
    age = reading_age(text)
    if age is not None and age > HARDEST_READING_AGE:
        found.append(
            Mark(
                "hard_to_read",
                field,
                0,
                0,
                "",
                f"It reads like a text for people of {age} and over.",
                "Use short words and short sentences. Read it aloud: where you stumble, cut.",
                Weight.STYLE,
            )
        )
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.code))


def marks_of_role(fields: Mapping[str, object]) -> list[Mark]:
    """Marks on everything that a role says, and what it does not say. `fields` by the names of
    `opportunities.services.roles.update`; what is left out was not asked yet and is not missing.
    """
    texts = {name: str(fields.get(name) or "") for name in TEXT_FIELDS}
    found = [mark for name, text in texts.items() for mark in marks_of(text, field=name)]
    return [*found, *_limits(fields), *_missing(fields, "\n".join(texts.values()))]


def reading_age(text: str) -> int | None:
    """About the age at which people read it with ease (Flesch-Kincaid grade and 5 years); None for
    a text that is too short to say.
    """
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return None
    sentences = max(1, sum(1 for part in _SENTENCE.findall(text) if _WORD.search(part)))
    syllables = sum(_syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade) + 5)


def _by_rules(text: str, field: str) -> Iterator[Mark]:
    for rule in _RULES:
        for found in rule.pattern.finditer(text):
            if rule.unless and rule.unless.search(_sentence_around(text, *found.span())):
                continue
            yield Mark(
                rule.code,
                field,
                *found.span(),
                found.group(),
                rule.sentence,
                rule.suggestion,
                rule.weight,
            )


def _sentence_around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    ends = [at for mark in ".!?\n" if (at := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]


def _acronyms(text: str, field: str) -> Iterator[Mark]:
    if text.isupper():
        return
    explained = set(_EXPLAINED.findall(text))
    seen: set[str] = set()
    for found in _ACRONYM.finditer(text):
        letters = found.group().removesuffix("s")
        if letters in _KNOWN_LETTERS | explained | seen:
            continue
        seen.add(letters)
        yield Mark(
            "acronym",
            field,
            *found.span(),
            found.group(),
            f"Not everybody knows what {letters} stands for.",
            "Write it out the first time.",
            Weight.STYLE,
        )


def _long_sentences(text: str, field: str) -> Iterator[Mark]:
    for found in _SENTENCE.finditer(text):
        count = len(_WORD.findall(found.group()))
        if count > LONGEST_SENTENCE:
            said = found.group().strip()
            yield Mark(
                "long_sentence",
                field,
                found.start(),
                found.end(),
                f"{said[:60]}…",
                f"This sentence has {count} words.",
                "Make two of it.",
                Weight.STYLE,
            )


def _limits(fields: Mapping[str, object]) -> Iterator[Mark]:
    """What the plain answers ask, without words: a highest age, many skills."""
    if fields.get("maximum_age"):
        yield Mark(
            "maximum_age",
            "maximum_age",
            0,
            0,
            "",
            "A highest age leaves people out, and may be against the law without a good reason.",
            "Leave it empty, or say the reason in the text, such as a scheme for young people.",
            Weight.MAY_DISCRIMINATE,
        )
    needed = fields.get("skills_needed")
    if isinstance(needed, list | tuple) and len(needed) > 2:
        yield Mark(
            "many_skills",
            "skills_needed",
            0,
            0,
            "",
            f"It asks for {len(needed)} skills that people must have.",
            "Keep the one that cannot be shown in a week, and move the others to “would help”.",
            Weight.LEAVES_OUT,
        )


def _missing(fields: Mapping[str, object], said: str) -> Iterator[Mark]:
    for rule in _MISSING:
        asked = [name for name in rule.fields if name in fields]
        if not asked or any(fields[name] for name in asked) or rule.said_by.search(said):
            continue
        yield Mark(rule.code, asked[0], 0, 0, "", rule.sentence, rule.suggestion, Weight.LEAVES_OUT)


def _syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, silent endings off."""
    plain = word.lower().replace("’", "'").split("'")[0]
    if len(plain) > 3:
        plain = re.sub(r"(?:(?<=[^aeiouyl])e|(?<=[^aeiouytd])ed|(?<=[^aeiouysxz])es)$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))

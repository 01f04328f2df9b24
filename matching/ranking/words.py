"""What a word is, in any of the languages that people write here."""

import re
import unicodedata
from functools import lru_cache

from sklearn.utils import Tags

from matching.ranking.stop_words import STOP_WORDS

#: A text is split for several blocks, one after another, together with those read with it.
_TEXTS_REMEMBERED = 4_096
_LATIN_ACCENTS = re.compile("[\u0300-\u036f]")
_JOINERS = re.compile("[\u00ad\u200b-\u200f\ufeff]")
# What stands between words, rather than what words are made of: `\w` would tear words of Hindi,
# Gujarati or Tamil apart at each vowel sign. ASCII, Latin-1, general and CJK punctuation, arrows
# and symbols, and the punctuation of Arabic and of the Indian scripts.
_BETWEEN_WORDS = re.compile(
    r"[\s\x00-/:-@\[-`{-\x7f\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+"
)


def fold(text: str) -> str:
    """The text in small letters, without accents on Latin letters or invisible joiners."""
    plain = _LATIN_ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _JOINERS.sub("", unicodedata.normalize("NFC", plain)).casefold()


def words_of(text: str) -> list[str]:
    """Words of two characters and more that carry meaning, folded, in order. Accents on Latin
    letters are dropped (people type without them), vowel signs of other scripts are kept.
    """
    return list(_words_of(text))


@lru_cache(_TEXTS_REMEMBERED)
def _words_of(text: str) -> tuple[str, ...]:
    words = _BETWEEN_WORDS.split(fold(text))
    return tuple(word for word in words if len(word) > 1 and word not in STOP_WORDS)


def text_tags(tags: Tags) -> Tags:
    """What scikit-learn's own checks must know of a transformer that takes texts."""
    tags.input_tags.string = True
    tags.input_tags.two_d_array = False
    tags.input_tags.one_d_array = True
    tags.no_validation = True
    return tags

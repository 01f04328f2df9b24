"""Words as people type them, made alike: small letters, no accents, one form of each letter.

`\\b` and `\\w` of regular expressions tear words of Hindi, Gujarati and Tamil apart at each vowel
sign, and keep Arabic words that differ in a mark nobody types apart. So words are cut at what
stands between words (spaces, punctuation, symbols), after folding:

- Unicode NFKC and case folding; accents on Latin letters dropped, ł written l;
- Arabic: vowel marks and tatweel dropped, one alef, ya for alef maksura, ha for ta marbuta;
- Indian scripts: the nukta dropped (people leave it out), candrabindu written anusvara;
- invisible joiners and apostrophes dropped: "don't" is one word.
"""

import re
import unicodedata

_DROPPED = re.compile(
    "[\u0300-\u036f"  # accents, apart from their letters after decomposition
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"  # Arabic marks, tatweel
    "\u093c\u0abc"  # nukta of Devanagari and Gujarati
    "\u00ad\u200b-\u200f\u2060\ufeff"  # joiners and marks of direction
    "'\u2019\u2018\u02bc\u00b4`]"
)
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "\u0671": "\u0627",  # alef wasla: alef
        "\u0649": "\u064a",  # alef maksura: ya
        "\u06cc": "\u064a",  # Persian ya: ya
        "\u06a9": "\u0643",  # Persian kaf: kaf
        "\u0629": "\u0647",  # ta marbuta: ha
        "\u0901": "\u0902",  # candrabindu: anusvara
        "\u0a81": "\u0a82",
    }
)
_BETWEEN_WORDS = re.compile(
    r"[\s\x00-/:-@\[-`{-\x7f\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+"
)
# A hyphen between letters joins words; a dash with spaces around it parts clauses.
_BETWEEN_CLAUSES = re.compile(
    r"[.,;:!?()\[\]{}\n\r\u2022\u2026\u2013\u2014\u060c\u061b\u061f\u06d4\u0964\u0965]+|\s-+\s"
)
# Once folded, what Arabic writes as part of the word that follows.
_ARABIC_BEFORE = (
    "وال",
    "بال",
    "كال",
    "فال",
    "ولل",
    "لل",
    "ال",
    "وب",
    "ول",
    "و",
    "ب",
    "ل",
    "ف",
    "ك",
)
_SHORTEST_ARABIC = 3
# of, to, from, in, by: written on to the Gujarati word before.
_GUJARATI_AFTER = ("માંથી", "માં", "ના", "ની", "નું", "નો", "ને", "નાં", "થી")
_SHORTEST_GUJARATI = 2
# k, c, t or p with no vowel at the end of a Tamil word, taken on from the beginning of the next.
_TAMIL_LINK = re.compile("(?<=[\u0b85-\u0bb9\u0bbe-\u0bcc])[கசதப]\u0bcd$")


def fold(text: str) -> str:
    """The text with words made alike, as above; punctuation stays."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    apart = _DROPPED.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", apart).translate(_LETTERS)


def clauses_of(text: str) -> list[list[str]]:
    """Folded words, in order, of each stretch between full stops, commas, brackets, dashes."""
    parts = _BETWEEN_CLAUSES.split(fold(text))
    split = [list(filter(None, _BETWEEN_WORDS.split(part))) for part in parts]
    return [words for words in split if words]


def words_of(phrase: str) -> tuple[str, ...]:
    """Folded words of a phrase. A `*` at an end of a word stays there; a Tamil stem loses the mark
    that it has no vowel at its end, since what follows may begin with one.
    """
    marked = fold(phrase).replace("\u0bcd*", "*").replace("*", "\ue000")
    words = (word.replace("\ue000", "*") for word in _BETWEEN_WORDS.split(marked) if word)
    return tuple(_TAMIL_LINK.sub("", word) for word in words)


def forms_of(word: str) -> list[str]:
    """A folded word, and what is left of it without what three scripts write on to a word: Arabic
    its article, conjunctions and short prepositions, Gujarati its postpositions, Tamil the
    consonant that links it to the next.
    """
    if "\u0621" <= word[0] <= "\u064a":
        stems = (word.removeprefix(prefix) for prefix in _ARABIC_BEFORE)
        return [word, *(stem for stem in stems if _SHORTEST_ARABIC <= len(stem) < len(word))]
    if "\u0a80" < word[0] < "\u0b00":
        stems = (word.removesuffix(suffix) for suffix in _GUJARATI_AFTER)
        return [word, *(stem for stem in stems if _SHORTEST_GUJARATI <= len(stem) < len(word))]
    if word[-1] == "\u0bcd" and (linked := _TAMIL_LINK.sub("", word)) != word:
        return [word, linked]
    return [word]

"""How much one text message holds: 160 characters of the alphabet that phones share (GSM 03.38), or
70 of any other, in which a text has to be sent as soon as one of its characters is no part of it.
"""

import unicodedata
from string import ascii_letters, digits
from typing import Final

#: Of the shared alphabet, and of any other, counted as UTF-16 has them.
LONGEST, LONGEST_OF_OTHERS = 160, 70
_SHARED: Final = frozenset(
    ascii_letters + digits + "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
)
#: These take two places.
_EXTENSION: Final = frozenset("^{}\\[~]|€\f")
#: Letters that are no other letter with a mark.
_WITHOUT_MARK: Final = str.maketrans("łŁđĐıħĦ", "lLdDihH")


def is_shared(text: str) -> bool:
    """Whether all characters are of the alphabet that phones share."""
    return set(text) <= _SHARED | _EXTENSION


def fits(text: str) -> bool:
    """Whether all of it goes in one text message."""
    if is_shared(text):
        return len(text) + sum(letter in _EXTENSION for letter in text) <= LONGEST
    return len(text.encode("utf-16-le")) // 2 <= LONGEST_OF_OTHERS


def without_marks(text: str) -> str:
    """Give Latin words in the letters that phones share ("Łódź" as "Lodz"), which people know from
    texts of others; '' for other scripts.
    """
    plain = "".join(
        letter if letter in _SHARED | _EXTENSION else _base_of(letter) for letter in text
    )
    return plain if is_shared(plain) else ""


def _base_of(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(_WITHOUT_MARK))
    return "".join(part for part in parts if not unicodedata.combining(part))

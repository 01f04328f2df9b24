"""Subjects that a phone shows whole: at most `LONGEST` characters, whatever a role is called."""

from collections.abc import Mapping
from typing import Any

#: Characters of a subject that the list of mails on a phone shows.
LONGEST = 60
#: A name is not made shorter than this.
_SHORTEST_NAME = 8


def subject_line(words: str, names: Mapping[str, Any] | None = None) -> str:
    """Give a subject with its names put in; the longest names are shortened as far as it needs."""
    if names is None:
        return shortened(words)
    fitted = {name: _one_line(value) for name, value in names.items()}
    by_length = sorted(fitted, key=lambda name: len(str(fitted[name])), reverse=True)
    for name in by_length:
        over = len(words % fitted) - LONGEST
        value = fitted[name]
        if over > 0 and isinstance(value, str) and f"%({name})s" in words:
            fitted[name] = shortened(value, max(len(value) - over, _SHORTEST_NAME))
    return shortened(words % fitted)


def shortened(words: str, longest: int = LONGEST, *, cut: str = "…") -> str:
    """Give words on one line, cut behind a word where they are longer, with an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    room = longest - len(cut)
    kept = words[:room]
    whole = kept if words[room] == " " else kept.rpartition(" ")[0]
    # A first word that fills the line is cut in the middle.
    return f"{(whole or kept).rstrip(' ,;:–-“„(')}{cut}"


def _one_line(value: Any) -> Any:
    return value if isinstance(value, int) else " ".join(str(value).split())

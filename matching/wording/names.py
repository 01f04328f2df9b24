"""Names of causes, activities, skills and languages inside a sentence.

Read from the files that the tables are kept equal to, so that a sentence needs no query.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models.taxonomy import name_in_words
from core.taxonomy.loading import DATA_DIR, LISTS, read_list

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = Literal["Cause", "Activity", "Skill", "Language"]
#: Besides the languages, words that keep their capital inside a sentence.
_PROPER = {"British"}
#: What a role lets somebody do who wants to get it out of volunteering (`core.motives.Motive`).
_MOTIVES: dict[str, "StrOrPromise"] = {
    "learn": gettext_lazy("learn something new"),
    "people": gettext_lazy("meet people"),
    "profession": gettext_lazy("use what you do for a living"),
    "work": gettext_lazy("get experience for a job"),
    "english": gettext_lazy("practise your English"),
    "active": gettext_lazy("keep fit and active"),
    "outdoors": gettext_lazy("be outdoors"),
}


def names(kind: Kind, codes: Iterable[str]) -> str:
    """Names one after the other, such as "gardening, youth work and English conversation"."""
    return get_text_list([name(kind, code) for code in codes], _("and"))


def name(kind: Kind, code: str) -> str:
    """The name as it stands inside a sentence. A code that no file lists is made readable."""
    full = _list(kind).get(code)
    if full is None:
        return code.replace("-", " ")
    said, first = name_in_words(full), full.partition(" ")[0]
    if kind == "Language" or first in _proper() or not first[1:].islower():
        return said
    return said[0].lower() + said[1:]


def activity_names(codes: Iterable[str]) -> str:
    """Activities as they stand inside a sentence, such as "gardening and youth work"."""
    return names("Activity", codes)


def wish(code: str) -> str:
    """What a role that offers this motive lets somebody do, such as "meet people"."""
    return str(_MOTIVES.get(code, code))


@lru_cache(maxsize=len(LISTS))
def _list(kind: Kind) -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_list(DATA_DIR / LISTS[kind])}


@lru_cache(maxsize=1)
def _proper() -> set[str]:
    return {full.partition(" ")[0] for full in _list("Language").values()} | _PROPER

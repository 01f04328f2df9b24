"""What would make a short list longer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.week import describe
from matching.wording.names import name

#: So many are worth reading.
MOST = 3


@dataclass(frozen=True)
class Change:
    """One change of what somebody told us, and what it alone would open; `code` as in
    `matching.ranking.changes`.
    """

    code: str
    roles: int
    places: int
    sentence: str


def what_would_change(counts: Mapping[str, Any]) -> list[Change]:
    """What would open most places to this person, most first; `counts` as in `Recommendation`."""
    changes = [
        Change(code, roles, places, _sentence(code, detail, roles, places))
        for code, detail, roles, places in counts.get("changes", ())
        if code in _IF
    ]
    return sorted(changes, key=lambda change: -change.places)[:MOST]


def _sentence(code: str, detail: Any, roles: int, places: int) -> str:
    if code == "age":
        opened = ngettext(
            "up to %(count)s more role would be open to you",
            "up to %(count)s more roles would be open to you",
            roles,
        )
    else:
        opened = ngettext(
            "%(count)s more role would be open to you",
            "%(count)s more roles would be open to you",
            roles,
        )
    return _("%(if)s, %(opened)s, with %(places)s.") % {
        "if": _IF[code](detail),
        "opened": opened % {"count": roles},
        "places": ngettext("%(count)s place", "%(count)s places", places) % {"count": places},
    }


def _distance(miles: int) -> str:
    if not miles:
        return _("If you could travel any distance")
    return ngettext(
        "If you could travel up to %(count)s mile",
        "If you could travel up to %(count)s miles",
        miles,
    ) % {"count": miles}


def _slot(bit: int) -> str:
    return _("If you were also free on %(times)s") % {"times": describe(1 << bit)}


def _language(code: str) -> str:
    return _("If you speak %(language)s and tell us") % {"language": name("Language", code)}


def _always(words: Any) -> Callable[[Any], str]:
    return lambda detail: str(words)


_IF: dict[str, Callable[[Any], str]] = {
    "distance": _distance,
    "slot": _slot,
    "language": _language,
    "from_home": _always(gettext_lazy("If you also helped from home")),
    "in_person": _always(gettext_lazy("If you also helped in person")),
    "one_off": _always(gettext_lazy("If you also took on one-off roles")),
    "regular": _always(gettext_lazy("If you also took on regular roles")),
    "dbs": _always(gettext_lazy("If you would have a DBS check")),
    "company": _always(gettext_lazy("If you ask groups whether somebody can come with you")),
    "age": _always(gettext_lazy("If you tell us your date of birth")),
    "parent": _always(gettext_lazy("When a parent or guardian confirms")),
}

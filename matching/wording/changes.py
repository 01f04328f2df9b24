"""What would make a short list longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext, ngettext_lazy

from volunteers.models import Volunteer

#: So many are worth reading.
MOST = 3


@dataclass(frozen=True)
class Change:
    """One thing that keeps roles off somebody's list: the rule's code, how many, the sentence."""

    code: str
    roles: int
    sentence: str


_SENTENCES: dict[str, Any] = {
    "distance": ngettext_lazy(
        "%(count)s more role is farther away than you said you can go.",
        "%(count)s more roles are farther away than you said you can go.",
        "count",
    ),
    "time_overlap": ngettext_lazy(
        "%(count)s more role is at times when you are not free.",
        "%(count)s more roles are at times when you are not free.",
        "count",
    ),
    "way_of_helping": ngettext_lazy(
        "%(count)s more role is done the other way: in person, or from home.",
        "%(count)s more roles are done the other way: in person, or from home.",
        "count",
    ),
    "commitment": ngettext_lazy(
        "%(count)s more role is of the other kind: a one-off, or regular.",
        "%(count)s more roles are of the other kind: a one-off, or regular.",
        "count",
    ),
    "language": ngettext_lazy(
        "%(count)s more role asks for a language that you did not list.",
        "%(count)s more roles ask for a language that you did not list.",
        "count",
    ),
    "dbs": ngettext_lazy(
        "%(count)s more role needs a DBS check, and you said you would rather not have one.",
        "%(count)s more roles need a DBS check, and you said you would rather not have one.",
        "count",
    ),
    "company": ngettext_lazy(
        "%(count)s more role does not say that you can bring somebody with you.",
        "%(count)s more roles do not say that you can bring somebody with you.",
        "count",
    ),
    "parent_confirmed": ngettext_lazy(
        "%(count)s more role is open to you once a parent or guardian confirms.",
        "%(count)s more roles are open to you once a parent or guardian confirms.",
        "count",
    ),
}


def what_would_change(counts: Mapping[str, Any], volunteer: Volunteer) -> list[Change]:
    """What keeps most roles off this person's list and that they can change, most roles first."""
    kept_out: Mapping[str, int] = counts.get("kept_out", {})
    changes = [
        Change(code, roles, _SENTENCES[code] % {"count": roles})
        for code, roles in kept_out.items()
        if code in _SENTENCES
    ]
    if volunteer.date_of_birth is None and (roles := kept_out.get("age", 0)):
        changes.append(Change("age", roles, _age_not_known(roles)))
    return sorted(changes, key=lambda change: -change.roles)[:MOST]


def _age_not_known(roles: int) -> str:
    return ngettext(
        "%(count)s more role has an age limit. Tell us your date of birth to see it.",
        "%(count)s more roles have an age limit. Tell us your date of birth to see them.",
        roles,
    ) % {"count": roles}

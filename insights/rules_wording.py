"""What stops people, in words: the one place that says what each rule is about."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What each rule is about, as it stands inside a sentence.
RULES: dict[str, str | Promise] = {
    "age": gettext_lazy("age"),
    "parent_confirmed": gettext_lazy("a parent who has not confirmed"),
    "group_verified": gettext_lazy("a group that is not verified"),
    "role_open": gettext_lazy("a role that is not open"),
    "not_applied_before": gettext_lazy("having asked for it before"),
    "not_blocked": gettext_lazy("a block between the person and the group"),
    "group_answers": gettext_lazy("a role that pauses until its group answers"),
    "pending_cap": gettext_lazy("too many others who wait for an answer"),
    "way_of_helping": gettext_lazy("help from home or in person"),
    "distance": gettext_lazy("distance"),
    "time_overlap": gettext_lazy("time of the week"),
    "commitment": gettext_lazy("one-off or regular work"),
    "language": gettext_lazy("language"),
    "dbs": gettext_lazy("a DBS check"),
    "company": gettext_lazy("coming with somebody"),
}


def rules_in_words(rules: Sequence[str]) -> str:
    """Such as "distance and time of the week"."""
    return get_text_list([str(RULES.get(rule, rule)) for rule in rules], _("and"))

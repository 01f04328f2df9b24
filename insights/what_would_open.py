"""What would open a role to people whom a rule keeps from it: what could be changed, by rule."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.selectors.unmet import Stop

#: What could be changed, as it begins a line; what nobody should change says so.
ACTIONS: dict[str, str | Promise] = {
    "age": gettext_lazy("Roles for younger people"),
    "parent_confirmed": gettext_lazy("Parents who confirm (remind them)"),
    "group_verified": gettext_lazy("Groups checked sooner"),
    "role_open": gettext_lazy("Roles opened again"),
    "not_applied_before": gettext_lazy("Other roles: they asked for these before"),
    "not_blocked": gettext_lazy("Other groups: one side has blocked the other"),
    "group_answers": gettext_lazy("Groups that answer, so that their roles go on"),
    "pending_cap": gettext_lazy("Answers to those who asked first"),
    "way_of_helping": gettext_lazy("Roles done the other way: from home, or in person"),
    "distance": gettext_lazy("Roles nearer to them"),
    "time_overlap": gettext_lazy("Roles at their times"),
    "commitment": gettext_lazy("Roles of the length they want: once, or regular"),
    "language": gettext_lazy("Roles in their language"),
    "dbs": gettext_lazy("DBS checks, or roles that need none"),
    "company": gettext_lazy("Roles that welcome somebody who comes along"),
}


def most_first(stops: Sequence[Stop]) -> list[Stop]:
    """Those that stop enough people to be spoken of, in an order that says no more than the numbers
    that are shown.
    """
    shown = [stop for stop in stops if stop.people.value]
    return sorted(shown, key=lambda stop: (-(stop.people.value or 0), stop.rules))


def actions_in_words(rules: Sequence[str]) -> str:
    """Such as "Roles nearer to them, and roles at their times"."""
    first, *others = [str(ACTIONS.get(rule, rule)) for rule in rules]
    return get_text_list([first, *map(_inside, others)], _("and"))


def _inside(words: str) -> str:
    """As it stands inside a line: an abbreviation stays as it is."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]

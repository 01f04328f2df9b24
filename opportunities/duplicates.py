"""Find groups that may be the same as one that somebody registers."""

import re
from difflib import get_close_matches

from opportunities.identifiers import org_id
from opportunities.models import Organisation

#: How alike two names have to be, 0 to 1: one or two letters of a usual name may differ.
LIKENESS = 0.85
#: Words that many groups have in their names, so that they tell none from another.
_COMMON_WORDS = frozenset({"the", "of", "in", "and", "for", "ltd", "limited", "cic", "cio", "uk"})


def groups_called_like(name: str, *, limit: int = 3) -> list[Organisation]:
    """Give the groups whose names are nearly `name`, the likest first.

    Case, marks, spaces and words such as "the" or "Ltd" do not count.
    """
    wanted = _core(name)
    if not wanted:
        return []
    by_name: dict[str, list[int]] = {}
    for pk, known in Organisation.objects.values_list("pk", "name"):
        by_name.setdefault(_core(known), []).append(pk)
    alike = get_close_matches(wanted, by_name, n=limit, cutoff=LIKENESS)
    order = [pk for core in alike for pk in by_name[core]][:limit]
    found = Organisation.objects.in_bulk(order)
    return [found[pk] for pk in order]


def group_numbered(number: str, legal_form: str) -> list[Organisation]:
    """Give the group that has this registration number, as a person wrote it, if there is one."""
    identifier = org_id(number, legal_form)
    return list(Organisation.objects.filter(identifier=identifier)) if identifier else []


def _core(name: str) -> str:
    words = re.findall(r"\w+", name.lower().replace("&", " and ").replace("'", ""))
    return " ".join(word for word in words if word not in _COMMON_WORDS)

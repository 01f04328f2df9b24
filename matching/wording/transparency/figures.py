"""The stored evaluation in sentences of the record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_RANKING = "ndcg@10"
#: Policies that the record shows, of all that were simulated.
_POLICIES = ("similarity", "smartsort-fullness", "cap", "ours")
#: Measures of a season that the record shows, and whether each is a share.
_SEASON: dict[str, tuple["StrOrPromise", bool]] = {
    "places_filled": (gettext_lazy("places filled"), True),
    "roles_with_someone": (gettext_lazy("roles with someone"), True),
    "applications_that_fail": (gettext_lazy("applications that fail"), True),
    "people_refused": (gettext_lazy("people refused"), True),
    "welfare": (gettext_lazy("welfare"), False),
}


def performance(measured: Mapping[str, Any], fingerprint: str) -> list[str]:
    """How well texts are understood, a sentence for each task; and when that was measured."""
    text = measured.get("text")
    if not text:
        return []
    return [*map(_task, text["tasks"]), _when(text, fingerprint)]


def season(measured: Mapping[str, Any], fingerprint: str) -> list[str]:
    """What a simulated season came to with each policy, and when that was measured."""
    simulated = measured.get("season")
    if not simulated:
        return []
    first = simulated["seasons"][0]["world"]
    found = [
        _policy(world, policy)
        for world in simulated["seasons"]
        if world["world"] == first
        for policy in world["policies"]
        if policy["key"] in _POLICIES
    ]
    more = _("More policies and worlds: docs/reference/evaluation.md.")
    return [*found, more, _when(simulated, fingerprint)]


def _task(task: Mapping[str, Any]) -> str:
    means = {name: values[_RANKING] for name, values in task["models"].items()}
    ours = task["ours"]
    interval = task["intervals"][ours]
    others = {name: mean for name, mean in means.items() if name != ours}
    best = max(others, key=lambda name: others[name], default="")
    return _(
        "%(task)s (%(documents)s documents, %(queries)s queries), nDCG@10: ours %(ours).3f (95%% "
        "interval %(low).3f to %(high).3f); the best of %(count)s others (%(best)s) %(its).3f"
    ) % {
        "task": task["task"],
        "documents": task["documents"],
        "queries": task["queries"],
        "ours": means[ours],
        "low": interval["low"],
        "high": interval["high"],
        "count": len(others),
        "best": best,
        "its": others.get(best, float("nan")),
    }


def _policy(world: Mapping[str, Any], policy: Mapping[str, Any]) -> str:
    means = {key: policy["measures"][key]["mean"] for key in _SEASON}
    figures = ", ".join(
        f"{name} {100 * means[key]:.0f}%" if is_share else f"{name} {means[key]:.2f}"
        for key, (name, is_share) in _SEASON.items()
    )
    return _(
        "world “%(world)s”, %(supply)s people for each place, %(policy)s: %(figures)s (mean of "
        "%(seeds)s seasons)"
    ) % {
        "world": world["world"],
        "supply": f"{world['supply']:g}",
        "policy": policy["name"],
        "figures": figures,
        "seeds": len(world["seeds"]),
    }


def _when(measured: Mapping[str, Any], fingerprint: str) -> str:
    if measured["fingerprint"] == fingerprint:
        return _("Measured on %(day)s with this version of the code and settings.") % {
            "day": measured["measured_on"]
        }
    return _("Measured on %(day)s, with other settings than those above.") % {
        "day": measured["measured_on"]
    }

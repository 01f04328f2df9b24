"""The stored evaluation in sentences of the record."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_RANKING = "ndcg@10"
#: Measures of a season that the record shows, if they were measured.
_SEASON = ("places filled", "applications that fail", "roles with someone", "welfare")


def performance(measured: Mapping[str, Any], fingerprint: str) -> list[str]:
    """How well texts are understood, a sentence for each task; and when that was measured."""
    return [_task(task) for task in measured.get("text", ())] + [_when(measured, fingerprint)]


def season(measured: Mapping[str, Any], fingerprint: str) -> list[str]:
    """What a simulated season came to with each policy; nothing where none was simulated."""
    simulated = measured.get("season")
    if not simulated:
        return []
    found = [
        _policy(simulated["seeds"], supply, policy, measures)
        for supply, policies in simulated["supplies"].items()
        for policy, measures in policies.items()
    ]
    return [*found, _when(measured, fingerprint)]


def _task(task: Mapping[str, Any]) -> str:
    means = {name: values[_RANKING] for name, values in task["models"].items()}
    ours = task["ours"]
    low, high = task["intervals"][ours]
    others = ", ".join(f"{name} {value:.3f}" for name, value in means.items() if name != ours)
    return _(
        "%(task)s (%(documents)s documents, %(queries)s queries), nDCG@10: ours %(ours).3f (95 %% "
        "interval %(low).3f to %(high).3f); %(others)s"
    ) % {
        "task": task["task"],
        "documents": task["documents"],
        "queries": task["queries"],
        "ours": means[ours],
        "low": low,
        "high": high,
        "others": others,
    }


def _policy(seeds: int, supply: str, policy: str, measures: Mapping[str, Any]) -> str:
    figures = ", ".join(
        f"{name} {measures[name]['mean']:.2f}" for name in _SEASON if name in measures
    )
    return _(
        "supply %(supply)s : 1, %(policy)s: %(figures)s (mean of %(seeds)s simulated seasons)"
    ) % {"supply": supply, "policy": policy, "figures": figures, "seeds": seeds}


def _when(measured: Mapping[str, Any], fingerprint: str) -> str:
    if measured["fingerprint"] == fingerprint:
        return _("Measured on %(day)s with this version of the code and settings.") % {
            "day": measured["measured_on"]
        }
    return _("Measured on %(day)s, with other settings than those above.") % {
        "day": measured["measured_on"]
    }

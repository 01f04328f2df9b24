"""The one door to the ranking: fit the model, make lists, keep them right as things change.

What is offered here is loaded when it is first asked for, because it loads scikit-learn with it: a
web process never asks.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.recommender.applicants import refresh_application
    from matching.recommender.borough_season import BoroughSeasons
    from matching.recommender.fitting import current_model, fit_model
    from matching.recommender.learning import learn_weights
    from matching.recommender.odds import refresh_answering
    from matching.recommender.people import refresh_volunteer
    from matching.recommender.roles import refresh_role
    from matching.recommender.runs import begin_run, rank_block
    from matching.recommender.warming import warm_up

__all__ = [
    "BoroughSeasons",
    "begin_run",
    "current_model",
    "fit_model",
    "learn_weights",
    "rank_block",
    "refresh_answering",
    "refresh_application",
    "refresh_role",
    "refresh_volunteer",
    "warm_up",
]

_MODULES = {
    "BoroughSeasons": "borough_season",
    "begin_run": "runs",
    "current_model": "fitting",
    "fit_model": "fitting",
    "learn_weights": "learning",
    "rank_block": "runs",
    "refresh_answering": "odds",
    "refresh_application": "applicants",
    "refresh_role": "roles",
    "refresh_volunteer": "people",
    "warm_up": "warming",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"matching.recommender.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

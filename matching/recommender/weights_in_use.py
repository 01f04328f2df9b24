"""Which weights rank: those that were learned and are active, else the priors; and going back to
others. Loads no scikit-learn.
"""

from collections.abc import Mapping

import structlog
from django.db import transaction
from django.db.models import Model, OuterRef, Subquery

from accounts.models import User
from accounts.services import audit
from core.clock import now
from matching.models import LearnedWeights, ModelVersion
from matching.ranking.weights import Neutral, Weights
from matching.recommender.requests import request_run

State, Why = LearnedWeights.State, LearnedWeights.Why

log = structlog.get_logger(__name__)


def active_version() -> LearnedWeights | None:
    """The learned weights that are active, None: the priors. One query."""
    return LearnedWeights.objects.active().first()


def weights_of(version: LearnedWeights | None) -> tuple[Weights, Neutral]:
    """The weights and neutral values of a version, None: the priors; the priors as well where it
    was learned for other parts than this code has.
    """
    if version is None:
        return Weights(), Neutral()
    names = Weights().as_dict().keys()
    if version.weights.keys() != names or version.neutral.keys() != names:
        log.warning("weights.other_parts", version=version.pk)
        return Weights(), Neutral()
    return Weights(**version.weights), Neutral(**version.neutral)


def made_with() -> Subquery:
    """The weights of a row's model, to annotate `made_with`, which `weights_behind` reads."""
    models = ModelVersion.objects.filter(version=OuterRef("model_version"))
    return Subquery(models.values("weights")[:1])


def weights_behind(row: Model | None) -> Mapping[str, float]:
    """The weights that a row annotated with `made_with` was made with, by part; the priors for
    None, and where its model is not known.
    """
    return getattr(row, "made_with", None) or Weights().as_dict()


@transaction.atomic
def go_back(
    to: LearnedWeights | None, *, by: User | None
) -> tuple[LearnedWeights | None, LearnedWeights | None]:
    """Rank with another version again, None: the priors. Gives what was in use, and what is now.

    Asks for a ranking with it. Versions learned soon after are
    held back (`learning.HOLD`). Nothing happens if it is in use.
    """
    active = LearnedWeights.objects.active().select_for_update().first()
    if (active and active.pk) == (to and to.pk):
        return active, to
    if active:
        retire(active, Why.WENT_BACK, by)
        audit.record(by=by, action="weights.retired", subject=active, why=Why.WENT_BACK)
    if to:
        LearnedWeights.objects.filter(pk=to.pk).update(
            state=State.ACTIVE, state_since=now(), why=Why.BACK_AGAIN, by=by
        )
        to.refresh_from_db()
        audit.record(by=by, action="weights.activated", subject=to, why=Why.BACK_AGAIN)
    request_run(by)
    return active, to


def retire(row: LearnedWeights, why: LearnedWeights.Why, by: User | None) -> None:
    """Take weights out of use."""
    LearnedWeights.objects.filter(pk=row.pk).update(
        state=State.RETIRED, state_since=now(), why=why, by=by
    )

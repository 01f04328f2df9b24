"""Learn the weights from what came of what was shown, keep each version, and decide which ranks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import structlog
from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.outbox.leases import Lease
from matching.models import LearnedWeights
from matching.ranking.learning import MINIMUM_OUTCOMES, Learned, Verdict, learn
from matching.recommender import outcomes
from matching.recommender.fitting import current_model
from matching.recommender.requests import request_run
from matching.recommender.weights_in_use import active_version, retire, weights_of

log = structlog.get_logger(__name__)

#: After somebody went back to older weights, new ones are only looked at for so long.
HOLD = timedelta(days=28)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

State, Why = LearnedWeights.State, LearnedWeights.Why


@dataclass(frozen=True)
class Prepared:
    """What was learned from so many showings, not yet written; `against`: the version in use then,
    None: the priors.
    """

    learned: Learned
    showings: int
    against: LearnedWeights | None
    needed: int = MINIMUM_OUTCOMES


def learn_weights(lease: Lease) -> None:
    """Learn, and take what was learned into use if it is no worse: the work of one week."""
    prepared = prepare()
    with transaction.atomic():
        lease.check()
        write(prepared, by=None)


def prepare() -> Prepared:
    """Learn from everything that is remembered, against what is in use now."""
    against = active_version()
    seen = outcomes.seen(current_model())
    learned = learn(seen, weights_of(against))
    log.info("weights.learned", verdict=learned.verdict, outcomes=learned.outcomes)
    return Prepared(learned, len(seen), against)


@transaction.atomic
def write(prepared: Prepared, *, by: User | None) -> LearnedWeights | None:
    """Keep what was learned, take it into use if it may be, and ask for a ranking with it.

    None where nothing new was learned, or where other weights came into use meanwhile.
    """
    learned, against = prepared.learned, prepared.against
    if learned.verdict in (Verdict.TOO_FEW, Verdict.SAME):
        return None
    active = LearnedWeights.objects.active().select_for_update().first()
    if (active and active.pk) != (against and against.pk):
        return None
    why = _why(learned.verdict)
    accepted = why == Why.NO_WORSE
    at = now()
    if accepted and active:
        retire(active, Why.REPLACED, by)
    row = LearnedWeights.objects.create(
        learned_at=at,
        state=State.ACTIVE if accepted else State.REFUSED,
        state_since=at,
        why=why,
        by=by,
        replaced=active if accepted else None,
        **_fields(prepared),
    )
    action = "weights.activated" if accepted else "weights.refused"
    audit.record(by=by, action=action, subject=row, why=why)
    if accepted:
        request_run(by)
    return row


def _why(verdict: Verdict) -> LearnedWeights.Why:
    if verdict is Verdict.WORSE:
        return Why.WORSE
    went_back = LearnedWeights.objects.filter(why=Why.WENT_BACK, state_since__gt=now() - HOLD)
    return Why.HELD if went_back.exists() else Why.NO_WORSE


def _fields(prepared: Prepared) -> dict[str, Any]:
    learned = prepared.learned
    return {
        "weights": learned.weights.as_dict(),
        "neutral": learned.neutral.as_dict(),
        "calibration": learned.calibration.as_dict() if learned.calibration else {},
        "metrics": learned.metrics(),
        "strength": learned.strength if np.isfinite(learned.strength) else None,
        "fingerprint": learned.fingerprint,
        "showings": prepared.showings,
        "outcomes": learned.outcomes,
        "first_shown_at": _moment(learned.first_day),
        "held_back_from": _moment(learned.cut),
        "last_shown_at": _moment(learned.last_day),
    }


def _moment(day: float) -> datetime:
    return _EPOCH + timedelta(days=day)

"""How the ranking does: the model in force, and what people make of its lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from insights.measures import MEASURES, Measure
from insights.selectors.published import Published
from insights.wording import in_words
from matching.models import LearnedWeights, ModelVersion, RankingRun

#: What people make of what they are recommended.
OF_LISTS: tuple[Measure, ...] = tuple(
    MEASURES[code]
    for code in ("recommendations_opened", "recommendations_applied_for", "spread_of_attention")
)


@dataclass(frozen=True, slots=True)
class Drift:
    """How good the weights in force were on what they had not learned from, and how good those
    before them were on the same. calibration_error: expected difference between the chance that is
    said and the share who then ask, 0 to 1; None where it is not known.
    """

    calibration_error: float | None
    ndcg: float | None
    ndcg_before: float | None
    showings: int


@dataclass(frozen=True)
class RankingHealth:
    """The model in force, the last full ranking, and learning; each None where there is none."""

    model: ModelVersion | None
    run: RankingRun | None
    drift: Drift | None


def ranking_health() -> RankingHealth:
    """The state of the ranking. Three queries."""
    learned = LearnedWeights.objects.active().first()
    return RankingHealth(
        model=ModelVersion.objects.first(),
        run=RankingRun.objects.filter(state=RankingRun.State.DONE).first(),
        drift=_drift(learned) if learned else None,
    )


def _drift(learned: LearnedWeights) -> Drift:
    now, before = learned.metrics.get("learned", {}), learned.metrics.get("in_use", {})
    return Drift(
        now.get("calibration_error"), now.get("ndcg"), before.get("ndcg"), learned.showings
    )


def lists_finding(latest_first: Sequence[Published]) -> str:
    """What people make of the roles that are recommended to them, in the latest period that says;
    '' where none does.
    """
    opened = OF_LISTS[0]
    for figures in latest_first:
        shown = figures.total(opened)
        if shown.value is not None:
            return _("People open %(share)s of the roles that are recommended to them") % {
                "share": in_words(opened, shown)
            }
    return ""

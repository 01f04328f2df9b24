"""Stored rankings and what became of them."""

from matching.models.impression import Impression
from matching.models.prepared import Fit, Recommendation, Shortlist
from matching.models.run import ModelVersion, RankingBlock, RankingRun

__all__ = [
    "Fit",
    "Impression",
    "ModelVersion",
    "RankingBlock",
    "RankingRun",
    "Recommendation",
    "Shortlist",
]

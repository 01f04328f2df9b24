"""Stored rankings and what became of them."""

from .impression import Impression
from .prepared import Fit, Recommendation, Shortlist
from .run import ModelVersion, RankingBlock, RankingRun

__all__ = [
    "Fit",
    "Impression",
    "ModelVersion",
    "RankingBlock",
    "RankingRun",
    "Recommendation",
    "Shortlist",
]

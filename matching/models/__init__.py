"""Stored rankings and what became of them."""

from matching.models.embedding import SentenceVector
from matching.models.hidden import HiddenRole
from matching.models.impression import Impression
from matching.models.learned import LearnedWeights
from matching.models.plan import AllocationPlan, Invitation, PlannedRole, ProposedPlacement
from matching.models.prepared import Fit, Recommendation, Shortlist
from matching.models.run import ModelVersion, RankingBlock, RankingRun
from matching.models.suggestion import PlacementRound, Suggestion
from matching.models.waiting_board import WaitingBoard

__all__ = [
    "AllocationPlan",
    "Fit",
    "HiddenRole",
    "Impression",
    "Invitation",
    "LearnedWeights",
    "ModelVersion",
    "PlacementRound",
    "PlannedRole",
    "ProposedPlacement",
    "RankingBlock",
    "RankingRun",
    "Recommendation",
    "SentenceVector",
    "Shortlist",
    "Suggestion",
    "WaitingBoard",
]

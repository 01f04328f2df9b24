"""A plan that proposes roles to people, as a full ranking leaves it."""

from core.clock import now
from matching.models import AllocationPlan, ProposedPlacement, RankingRun
from opportunities.models import Opportunity
from tests.factories.matching import RecommendationFactory
from volunteers.models import Volunteer


def plan_for(*pairs: tuple[Volunteer, Opportunity]) -> AllocationPlan:
    """A plan that proposes each of these roles to its person, on whose list it stands."""
    plan = AllocationPlan.objects.create(
        run=RankingRun.objects.create(), policy="test", model_version="test", made_at=now()
    )
    for person, role in pairs:
        ProposedPlacement.objects.create(plan=plan, volunteer=person, opportunity=role, score=0.5)
        item = {
            "role": role.pk,
            "score": 0.5,
            "km": 1.0,
            "parts": {"activities": 0.5},
            "reasons": [{"code": "shared_activities", "value": 0.5, "detail": ["gardening"]}],
        }
        RecommendationFactory(volunteer=person, items=[item])
    return plan

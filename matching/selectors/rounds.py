"""Rounds of placements with their reasons, for the volunteer centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from matching import wording
from matching.models import PlacementRound, Recommendation, Suggestion
from matching.recommender.items import PersonalList
from opportunities.models import Opportunity
from volunteers.models import Volunteer

#: Other roles of their list that a person can be given instead.
OTHER_ROLES = 8


@dataclass(frozen=True)
class ProposedPair:
    """One suggestion with the reasons about the person, and what is not known of them."""

    suggestion: Suggestion
    reasons: list[str]
    uncertain: list[str]


def rounds() -> QuerySet[PlacementRound]:
    """All rounds with what came of them, newest first."""
    return PlacementRound.objects.counted().select_related("by", "role").order_by("-pk")


def suggestions_of(round_: PlacementRound) -> QuerySet[Suggestion]:
    """The suggestions of a round, longest waiting first, with persons, roles and groups."""
    return round_.suggestions.select_related(
        "volunteer__user", "opportunity__organisation", "application"
    ).order_by("volunteer__waiting_since", "pk")


def explained(suggestions: Sequence[Suggestion]) -> list[ProposedPair]:
    """Say why each suits, as the person's prepared list has it. One query."""
    people = [suggestion.volunteer_id for suggestion in suggestions]
    lists = {row.volunteer_id: row for row in Recommendation.objects.filter(volunteer__in=people)}
    return [
        ProposedPair(
            suggestion,
            _reasons(lists.get(suggestion.volunteer_id), suggestion.opportunity_id),
            wording.not_known(suggestion.volunteer, suggestion.opportunity),
        )
        for suggestion in suggestions
    ]


def other_roles(suggestion: Suggestion) -> list[Opportunity]:
    """The best other roles of the person's list that are open, best first. Two queries."""
    row = Recommendation.objects.filter(volunteer=suggestion.volunteer_id).first()
    if row is None:
        return []
    ids = PersonalList.stored(row).role_ids.tolist()
    still = Opportunity.objects.open().select_related("organisation").in_bulk(ids)
    others = [still[pk] for pk in ids if pk in still and pk != suggestion.opportunity_id]
    return others[:OTHER_ROLES]


def suggestions_to(volunteer: Volunteer) -> QuerySet[Suggestion]:
    """What was sent to a person; drafts are not theirs to know."""
    sent = Suggestion.objects.filter(volunteer=volunteer, sent_at__isnull=False)
    return sent.select_related("opportunity__organisation", "volunteer__user", "application")


def _reasons(row: Recommendation | None, role_id: int) -> list[str]:
    if row is None:
        return []
    of = PersonalList.stored(row)
    ids = of.role_ids.tolist()
    return wording.reasons_about(of.item(ids.index(role_id))["reasons"]) if role_id in ids else []

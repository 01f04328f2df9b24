"""Which rule of fit keeps each of some people from one role, as both are now. No scikit-learn."""

from collections.abc import Sequence

from matching import datasets
from matching.ranking.columns import Applied
from matching.ranking.eligibility import evaluate
from matching.recommender import rules
from opportunities.models import Opportunity
from volunteers.models import Volunteer


def misfits(role: Opportunity, volunteer_ids: Sequence[int]) -> dict[int, str]:
    """Give the first rule of fit that keeps each of these people from the role, where one does.
    Eleven queries, and four for the taxonomy, however many people.
    """
    tags = datasets.tags()
    people = datasets.volunteers(Volunteer.objects.filter(pk__in=volunteer_ids), tags).columns
    roles = datasets.roles(Opportunity.objects.filter(pk=role.pk), tags).columns
    outcomes = evaluate(people, roles, Applied.none(len(people), 1), rules.at_the_door(tags))
    failed = {
        pk: [code for code in outcomes.failed_codes(row) if code in rules.FIT_RULES]
        for row, pk in enumerate(people.ids.tolist())
    }
    return {pk: codes[0] for pk, codes in failed.items() if codes}

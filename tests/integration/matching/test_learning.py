"""A season of lists that people answer, through the services, and what the ranking makes of it."""

import random
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest
import time_machine
from django.core.management import call_command

from core.clock import now
from core.errors import DomainError
from matching import recommender, selectors
from matching.models import LearnedWeights, ModelVersion, Recommendation
from matching.ranking.weights import Neutral, Weights
from matching.recommender.fitting import fit_model
from matching.services import impressions, runs
from opportunities.models import Opportunity
from placements.services import applications
from tests.factories.core import lease_on
from tests.factories.matching import borough
from volunteers.models import Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WEEKS = 4
#: What people in this season go by, whatever the ranking thinks.
TASTE = {"distance": 0.5, "time": 0.3, "interests": 0.2}


@dataclass
class Taste:
    """Answers a list from the top down: place r is looked at with probability 1/r."""

    draw: random.Random
    usual: float = 0.0

    def utility(self, parts: dict[str, float]) -> float:
        weights, neutral = Weights().as_dict(), Neutral().as_dict()
        values = {name: parts.get(name, 0) / weights[name] for name in TASTE}
        return 14 * sum(TASTE[name] * (values[name] or neutral[name] / 2) for name in TASTE)

    def opens(self, utility: float, place: int) -> bool:
        liked = 1 / (1 + np.exp(self.usual - utility))
        return self.draw.random() < 1 / place and self.draw.random() < liked


def look(person: Volunteer, taste: Taste) -> None:
    page = selectors.recommended_roles(person).items[:10]
    impressions.shown(person, page, "page")
    for place, item in enumerate(page, start=1):
        if taste.opens(taste.utility(item.stored["parts"]), place):
            impressions.opened(person, item.opportunity, "page")
            if taste.draw.random() < 0.95:
                ask(person, item.opportunity)


def ask(person: Volunteer, role: Opportunity) -> None:
    try:
        applications.submit(volunteer=person, opportunity=role, by=None)
    except DomainError:
        return
    impressions.applied(person, role, "page")


def rank_all() -> None:
    for _ in runs.work_on(runs.request(by=None)):
        pass


def test_season_is_learned_from_and_one_command_goes_back() -> None:
    made = borough(people=170, roles=70, seed=2)
    Opportunity.objects.update(places=60, places_taken=0, applications_pending=0)
    taste = Taste(random.Random(4))
    with time_machine.travel(now() - timedelta(weeks=WEEKS)) as clock:
        rank_all()
        lists = Recommendation.objects.values_list("volunteer", flat=True)
        people = [person for person in made.people if person.pk in set(lists)]
        pages = [selectors.recommended_roles(person).items[:10] for person in people]
        taste.usual = float(
            np.quantile([taste.utility(i.stored["parts"]) for page in pages for i in page], 0.7)
        )
        for _ in range(WEEKS):
            for person in people:
                look(person, taste)
            clock.shift(timedelta(weeks=1))
    before = ModelVersion.objects.get()
    assert before.learned is None

    recommender.learn_weights(lease_on("week.learning", 1))

    row = LearnedWeights.objects.get()
    assert row.outcomes >= 300  # as many as are needed
    assert row.state == LearnedWeights.State.ACTIVE, row.metrics
    for name in ("distance", "time"):
        assert row.weights[name] > 1.3 * Weights().as_dict()[name]
    assert row.metrics["learned"]["ndcg"] > row.metrics["in_use"]["ndcg"]
    assert row.metrics["learned"]["choice_loss"] < row.metrics["in_use"]["choice_loss"]

    rank_all()
    newest = ModelVersion.objects.first()
    assert newest.learned == row
    assert set(Recommendation.objects.values_list("model_version", flat=True)) == {newest.version}

    call_command("model", "back")
    rank_all()
    assert ModelVersion.objects.first().learned is None
    assert fit_model().model.weights == Weights()
    row.refresh_from_db()
    assert row.state == LearnedWeights.State.RETIRED

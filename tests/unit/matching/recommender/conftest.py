"""Rankings done at once, as a worker does them."""

from collections.abc import Callable

import pytest

from core.models import Fact
from matching import recommender
from matching.models import RankingRun
from matching.services import runs
from opportunities.models import Opportunity
from placements.models import Application
from tests.factories.core import lease_on
from volunteers.models import Volunteer


@pytest.fixture
def refresh() -> Callable[[Volunteer | Opportunity | Application], None]:
    """Do what follows a change of a person, a role or an application."""

    def refresh(changed: Volunteer | Opportunity | Application) -> None:
        kind, work = {
            Volunteer: ("profile.changed", recommender.refresh_volunteer),
            Opportunity: ("role.changed", recommender.refresh_role),
            Application: ("application.changed", recommender.refresh_application),
        }[type(changed)]
        work(changed.pk, lease_on(kind, changed.pk))

    return refresh


@pytest.fixture
def rank_all() -> Callable[[], RankingRun]:
    """Rank everybody from scratch."""

    def rank_all() -> RankingRun:
        run = runs.request(by=None)
        recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
        for block in run.blocks.all():
            recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))
        run.refresh_from_db()
        assert run.state == RankingRun.State.DONE
        Fact.objects.all().delete()
        return run

    return rank_all

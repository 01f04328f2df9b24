"""What people of the past were told of their chances as they asked, from how things stood then.

It is what the service would have said: the places left and the people waiting at the moment, and
the group's record of the year before, by the same functions. One thing is rougher: records are
looked at once a week and not each night. Nothing is chosen so that what was told comes true: the
season knows nothing of it.
"""

from datetime import datetime, timedelta
from typing import Any

from matching.recommender.odds import Standing, odds_then, thought_of
from opportunities.models import Opportunity
from placements.answering_counts import Counts, counts_of
from placements.models import Application

#: How often records are looked at.
LOOK_AGAIN = timedelta(days=7)


class Chances:
    """The chances at a moment of a season that goes forward, and whom they were told to."""

    def __init__(self) -> None:
        self._thought: dict[int, dict[str, Any]] = {}
        #: What is thought of a group that nobody has asked.
        self._of_others: dict[str, Any] = {}
        self._asked: list[Application] = []
        self._told: list[tuple[Application, Standing]] = []

    def look_again(self, at: datetime) -> None:
        """See what came of asking each group so far."""
        rows = (
            (
                one.opportunity.organisation_id,
                one.created_at,
                one.answered_at,
                one.state,
                one.state_since,
                one.reason,
            )
            for one in self._asked
            if one.answered_at != one.created_at
        )
        counts = counts_of(rows, at)
        *records, self._of_others = thought_of([*counts.values(), Counts()])
        self._thought = dict(zip(counts, records, strict=True))

    def standing_of(self, role: Opportunity) -> Standing:
        """How a role stands now, before somebody asks for it."""
        thought = self._thought.get(role.organisation_id, self._of_others)
        return Standing(role.places_left, role.applications_pending, thought)

    def note(self, application: Application, standing: Standing) -> None:
        """That somebody asked for a role that stood so. Who came from a waiting list did not ask,
        and was told nothing.
        """
        self._asked.append(application)
        if application.came_by != Application.CameBy.WAITING_LIST:
            self._told.append((application, standing))

    def settle(self) -> None:
        """Put on each application what its person was told, before it is written: all chances in
        one go, since that is much faster.
        """
        expected = odds_then([standing for __, standing in self._told])
        for (application, __), of_role in zip(self._told, expected, strict=True):
            application.told_place = of_role.place.chance
            application.told_answer = of_role.answer.chance

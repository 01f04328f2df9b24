"""What people of the past were shown of roles, and what they opened: a made-up way of looking.

Nobody ranked anything in this past: a full ranking of 3,000 people for each day of fourteen months
would take hours. So a list is what somebody would have asked for at that moment, dearest first
(`season.Season.choose`), and an impression says so: it names no policy, no model and no parts of a
score. Figures of what is shown and opened count it; learning leaves it out, as it does all showings
whose parts it cannot read, so that no weights come of a made-up past.
"""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from matching.models import Impression
from placements.models import Application
from volunteers.models import Volunteer

#: So many roles are shown in one look, if there are as many.
SHOWN = 5
#: How likely a role is opened that its person does not ask for, by its rank.
OPENS = (0.32, 0.22, 0.15, 0.1, 0.07)
#: At what part of the times that somebody uses the service they look and ask for nothing.
LOOKS = 0.1
BATCH = 2000
Event = Impression.Event


class Looks:
    """Every look of a season, written at its end."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._rows: list[Impression] = []

    def at_list(
        self,
        person: Volunteer,
        likely: Mapping[int, float],
        at: datetime,
        asked: Application | None = None,
    ) -> None:
        """That somebody looked at their list. likely: how dear each role is to them, by id. asked:
        what they then asked for; that is on the list, and they opened it first. All of it is noted
        with the one time.
        """
        chosen = None if asked is None else asked.opportunity_id
        dearest = sorted(likely, key=lambda pk: -likely[pk])[:SHOWN]
        if chosen is not None and chosen not in dearest:
            dearest[-1] = chosen
        for rank, pk in enumerate(dearest, start=1):
            self._note(person, pk, Event.SHOWN, rank, at)
            if pk == chosen or self._chance.random() < OPENS[rank - 1]:
                self._note(person, pk, Event.OPENED, rank, at)
            if pk == chosen:
                self._note(person, pk, Event.APPLIED, rank, at)

    def write(self) -> None:
        """Write all of it."""
        Impression.objects.bulk_create(self._rows, batch_size=BATCH)

    def _note(
        self, person: Volunteer, role: int, event: Impression.Event, rank: int, at: datetime
    ) -> None:
        self._rows.append(
            Impression(
                volunteer=person,
                opportunity_id=role,
                event=event,
                surface=Impression.Surface.PAGE,
                rank=rank,
                at=at,
            )
        )

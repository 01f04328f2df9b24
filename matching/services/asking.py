"""Ask for a role, and keep what chances the person was told: the one way in for all who ask.

What is said of chances (`matching.wording.odds`) can then be held against what came of it.
"""

from accounts.models import User
from matching.recommender.odds import odds_of
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from placements.services.applications import Told
from volunteers.models import Volunteer


def ask(
    *,
    volunteer: Volunteer,
    opportunity: Opportunity,
    message: str = "",
    came_by: Application.CameBy = Application.CameBy.ASKED,
    by: User | None,
) -> Application:
    """As `applications.submit`, with the chances that the role's page says as the person asks.

    They are those of the row that is given, with its group: what whoever asks has before them. No
    further query where the group is loaded.
    """
    (expected,) = odds_of([opportunity])
    return applications.submit(
        volunteer=volunteer,
        opportunity=opportunity,
        message=message,
        came_by=came_by,
        told=Told(place=expected.place.chance, answer=expected.answer.chance),
        by=by,
    )

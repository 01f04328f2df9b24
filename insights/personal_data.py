"""Statistics name nobody: figures of closed periods stay, with a note that somebody has left."""

from accounts.models import User
from core.personal_data import impersonal, on_erasure
from insights.services import figures

impersonal(
    "figures of the whole borough and of its parts", "insights.PeriodFigures", "insights.RolePlan"
)


@on_erasure
def _note(person: User) -> None:
    """Open periods are worked out again without them that night."""
    figures.note_erasure()

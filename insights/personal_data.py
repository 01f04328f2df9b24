"""Statistics name nobody: figures of closed periods stay, with a note that somebody has left."""

from accounts.models import User
from core.personal_data import holds, impersonal, on_erasure
from insights.services import figures

holds("insights.SegmentMember", path="volunteer__user")
impersonal(
    "figures of the whole borough and of its parts", "insights.PeriodFigures", "insights.RolePlan"
)
impersonal(
    "counts of groups of people, without names or ids",
    "insights.Segment",
    "insights.SegmentWeek",
    "insights.UnmetWeek",
)


@on_erasure
def _note(person: User) -> None:
    """Open periods are worked out again without them that night."""
    figures.note_erasure()

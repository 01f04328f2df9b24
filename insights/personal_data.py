"""Statistics name nobody: figures of closed periods stay, with a note that somebody has left."""

from accounts.models import User
from core.personal_data import holds, impersonal, mentions, on_erasure
from insights.services import figures

holds("insights.SegmentMember", path="volunteer__user")
holds("insights.ProspectusMail", path="user")
mentions("insights.Campaign", made_by="emptied", confirmed_by="emptied")
impersonal(
    "what groups were told of people, as counts that are fit to be shown, and what they made of it",
    "insights.CountedPeople",
    "insights.Prospectus",
    "insights.CampaignGroup",
    "insights.CampaignMonth",
)
impersonal(
    "figures of the whole borough and of its parts",
    "insights.CapacityFigures",
    "insights.PeriodFigures",
    "insights.RolePlan",
)
impersonal(
    "counts of groups of people, without names or ids",
    "insights.Segment",
    "insights.SegmentWeek",
    "insights.UnmetWeek",
)

impersonal("how many groups were asked, and when", "insights.YearlyQuestion")
mentions("insights.KeptReport", kept_by="emptied")
mentions("insights.Simulation", asked_by="emptied")
mentions("insights.Target", set_by="emptied", ended_by="emptied")
mentions("insights.YearlyAnswer", answered_by="emptied")


@on_erasure
def _note(person: User) -> None:
    """Open periods are worked out again without them that night."""
    figures.note_erasure()

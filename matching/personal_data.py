"""What is a person's among matches: what was prepared for them and what they were shown."""

from accounts.models import User
from core.personal_data import holds, impersonal, mentions, on_erasure
from matching.models import Shortlist
from volunteers.models import Volunteer

holds("matching.Impression", path="volunteer__user")
holds("matching.ProposedPlacement", path="volunteer__user")
holds("matching.Invitation", path="volunteer__user")
holds("matching.Recommendation", path="volunteer__user")
holds("matching.Suggestion", path="volunteer__user")
holds("matching.Fit", path="volunteer__user")
holds("matching.HiddenRole", path="volunteer__user")

mentions("matching.Shortlist", items="the person is taken out")
mentions("matching.LearnedWeights", by="emptied")
mentions("matching.RankingRun", requested_by="emptied")
mentions("matching.PlacementRound", by="emptied")
mentions("matching.Suggestion", by="emptied")

impersonal(
    "figures of whole rankings",
    "matching.ModelVersion",
    "matching.RankingBlock",
    "matching.AllocationPlan",
    "matching.PlannedRole",
)
impersonal(
    "nobody: no ids, places rounded, what belongs together mixed with neighbours', anew each month",
    "matching.WaitingBoard",
)
impersonal(
    "found only by the very words they stand for, and dropped when nobody has used those words",
    "matching.SentenceVector",
)


@on_erasure
def _leave_shortlists(person: User) -> None:
    """Take the person off the roles' lists; the next ranking closes the gap."""
    volunteer = Volunteer.objects.filter(user=person.pk).first()
    if volunteer is None:
        return
    for shortlist in Shortlist.objects.filter(items__icontains=f": {volunteer.pk},"):
        kept = [item for item in shortlist.items if item.get("volunteer") != volunteer.pk]
        if len(kept) < len(shortlist.items):
            Shortlist.objects.filter(pk=shortlist.pk).update(items=kept)

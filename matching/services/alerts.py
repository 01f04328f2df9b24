"""Tell people of new roles that fit a search that they saved, but of none that is not for them."""

from django.db.models import Exists, OuterRef, Q

from matching import hiding
from opportunities.services import saved_searches
from placements.models import Application, Block
from volunteers.models import Volunteer


def tell(search_id: int) -> int:
    """Send what is news for one search; give of how many roles. Called again it sends nothing.

    A person is not told of roles that they hid or asked for, nor of groups that they blocked or
    that blocked them.
    """
    volunteer = Volunteer.objects.filter(user__saved_searches=search_id).first()
    if volunteer is None:
        return saved_searches.tell(search_id)
    theirs = {"volunteer": volunteer}
    asked = Application.objects.filter(opportunity=OuterRef("pk"), **theirs)
    blocked = Block.objects.filter(organisation=OuterRef("organisation"), **theirs)
    wanted = hiding.not_hidden_from(volunteer) & Q(~Exists(asked)) & Q(~Exists(blocked))
    return saved_searches.tell(search_id, wanted=wanted)

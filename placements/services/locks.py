"""Hold rows while they change, in one order, so that no two changes wait for each other.

The order:

    role → volunteer → application → waiting list entry → offer → who was there → hours

Whoever changes rows of several of these holds them in this order, and of one kind in the order of
their ids; what a change does not touch it leaves out. An UPDATE holds its row as `role` and
`people` here do. Two rules follow:

- What changes a role's counts holds the role first, before it answers an application, ends an offer
  or reads what it decides by.
- What changes a person's waiting, lists, offers or hours holds the person before those, and so
  needs no order among them. Who changes those of several people holds all of them at the start.

Rows are held without their key: nobody changes a key, and a new row that points to one that is held
(somebody else's application for the role) need not wait. Only who deletes a person holds the key
with it, so that nothing new is written about them meanwhile. A new row is held by nobody else and
may come at any point.

On SQLite one change runs at a time anyway.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.errors import Conflict
from opportunities.models import Opportunity
from placements.models import Application, TimedOffer
from placements.states import FINAL
from volunteers.models import Volunteer


def role(opportunity_id: int) -> Opportunity:
    """Hold a role until the end of the transaction; give it as it is now, with its group."""
    return (
        Opportunity.objects.select_related("organisation")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=opportunity_id)
    )


def roles(opportunity_ids: Iterable[int]) -> None:
    """Hold several roles until the end of the transaction."""
    rows = Opportunity.objects.select_for_update(no_key=True)
    list(rows.filter(pk__in=set(opportunity_ids)).order_by("pk").values_list("pk"))


def person_with_roles(volunteer_id: int, *, to_delete: bool = False) -> None:
    """Hold a person, and before them each role that they have asked for, have a place in or are
    offered a place in: for who ends all of it.
    """
    theirs = Application.objects.filter(volunteer=volunteer_id)
    open_ones = theirs.exclude(state__in=sorted(FINAL)).values_list("opportunity", flat=True)
    offers = TimedOffer.objects.filter(volunteer=volunteer_id, state=TimedOffer.State.LIVE)
    roles([*open_ones, *offers.values_list("opportunity", flat=True)])
    people([volunteer_id], to_delete=to_delete)


def person(volunteer_id: int) -> Volunteer:
    """Hold one person until the end of the transaction; give them as they are now. Raises Conflict
    where they have deleted their account meanwhile.
    """
    if held := people([volunteer_id]):
        return held[0]
    raise gone()


def gone() -> Conflict:
    """Give the error for what was to be done with somebody who has deleted their account."""
    return Conflict(_("This person has deleted their account."), code="gone")


def people(volunteer_ids: Iterable[int], *, to_delete: bool = False) -> list[Volunteer]:
    """Hold people until the end of the transaction; give them as they are now, those who are gone
    left out.
    """
    rows = Volunteer.objects.select_for_update(no_key=not to_delete)
    return list(rows.filter(pk__in=set(volunteer_ids)).order_by("pk"))

"""Find groups at the desk."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from desk import people
from opportunities.models import Membership, Organisation


def found(words: str) -> QuerySet[Organisation]:
    """Give the groups that are called so, have this number, phone number or email address, or a
    person who acts for them has; by name.
    """
    everything = " ".join(words.split())
    groups = Organisation.objects.order_by("name", "pk")
    if not everything:
        return groups
    theirs = Membership.objects.filter(
        organisation=OuterRef("pk"), user__in=people.found(everything).order_by().values("pk")
    )
    own = (
        Q(name__icontains=everything)
        | Q(identifier__icontains=everything)
        | Q(contact_email__icontains=everything)
    )
    if digits := people.digits_of(everything):
        own |= Q(phone__regex=people.spaced(digits))
    return groups.filter(own | Q(Exists(theirs)))

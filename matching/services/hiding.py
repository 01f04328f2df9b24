"""Keep a role off somebody's lists: they said that it is not for them. And take that back."""

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from matching.models import HiddenRole
from matching.services import impressions
from opportunities.models import Opportunity
from volunteers.models import Volunteer


@transaction.atomic
def hide(
    *, volunteer: Volunteer, opportunity: Opportunity, reason: str, surface: str, by: User | None
) -> HiddenRole:
    """Hide a role from the person from now on; said again, the last reason counts.

    Raises InvalidInput for a reason that is none of `Impression.Reason`.
    """
    impressions.hidden(volunteer, opportunity, surface, reason=reason)
    hidden, _ = HiddenRole.objects.update_or_create(
        volunteer=volunteer, opportunity=opportunity, defaults={"reason": reason}
    )
    audit.record(by=by, action="role.hidden", subject=hidden, role=opportunity.pk, reason=reason)
    return hidden


@transaction.atomic
def restore(
    *, volunteer: Volunteer, opportunity: Opportunity, surface: str, by: User | None
) -> bool:
    """Have the role back on the person's lists where it belongs; whether it was hidden."""
    hidden = HiddenRole.objects.filter(volunteer=volunteer, opportunity=opportunity).first()
    if hidden is None:
        return False
    audit.record(by=by, action="role.restored", subject=hidden, role=opportunity.pk)
    hidden.delete()
    impressions.restored(volunteer, opportunity, surface)
    return True

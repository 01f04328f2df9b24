"""Keep a role off somebody's lists: they said that it is not for them. And take that back."""

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.clock import now
from matching.models import HiddenRole, Suggestion
from matching.services import impressions
from opportunities.models import Opportunity
from volunteers.models import Volunteer


@transaction.atomic
def hide(
    *, volunteer: Volunteer, opportunity: Opportunity, reason: str, surface: str, by: User | None
) -> HiddenRole:
    """Hide a role from the person from now on; said again, the last reason counts. Where the
    volunteer centre suggests it to them just now, that is their no.

    Raises InvalidInput for a reason that is none of `Impression.Reason`.
    """
    impressions.hidden(volunteer, opportunity, surface, reason=reason)
    hidden, _ = HiddenRole.objects.update_or_create(
        volunteer=volunteer, opportunity=opportunity, defaults={"reason": reason}
    )
    _answer_suggestion(volunteer, opportunity, reason=reason, by=by)
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


def _answer_suggestion(
    volunteer: Volunteer, opportunity: Opportunity, *, reason: str, by: User | None
) -> None:
    at, sent = now(), Suggestion.State.SENT
    for suggestion in Suggestion.objects.filter(
        volunteer=volunteer, opportunity=opportunity, state=sent
    ):
        Suggestion.objects.filter(pk=suggestion.pk, state=sent).update(
            state=Suggestion.State.REFUSED, reason=reason, answered_at=at, updated_at=at
        )
        audit.record(by=by, action="suggestion.refused", subject=suggestion, role=opportunity.pk)

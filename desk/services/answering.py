"""Say yes or no for a person who calls: to a role that the centre suggests, or a place kept for
them. They are told what was said for them.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import language_of
from accounts.models import User
from matching.models import Suggestion
from matching.services import suggestions
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity
from placements.models import TimedOffer
from placements.services import timed_offers


@transaction.atomic
def accept_suggestion(*, suggestion: Suggestion, by: User) -> None:
    """Say yes to a suggestion. Raises as `matching.services.suggestions.accept`."""
    # The person hears of it by the message about their application.
    suggestions.accept(suggestion=suggestion, by=by)


@transaction.atomic
def refuse_suggestion(*, suggestion: Suggestion, reason: str, by: User) -> None:
    """Say no thanks to a suggestion. Raises as `matching.services.suggestions.refuse`."""
    suggestions.refuse(suggestion=suggestion, reason=reason, by=by)
    _tell(suggestion.volunteer.user, suggestion.opportunity, key=f"suggestion:{suggestion.pk}")


@transaction.atomic
def take_offer(*, offer: TimedOffer, by: User) -> None:
    """Say yes to a place that is kept. Raises as `placements.services.timed_offers.take_up`."""
    timed_offers.take_up(offer=offer, by=by)
    _tell(offer.volunteer.user, offer.opportunity, key=f"offer:{offer.pk}", yes=True)


@transaction.atomic
def refuse_offer(*, offer: TimedOffer, keep_place: bool, by: User) -> None:
    """Say no to a place that is kept. Raises as `placements.services.timed_offers.refuse`."""
    timed_offers.refuse(offer=offer, keep_place=keep_place, by=by)
    _tell(offer.volunteer.user, offer.opportunity, key=f"offer:{offer.pk}")


def _tell(person: User, role: Opportunity, *, key: str, yes: bool = False) -> None:
    with language_of(person):
        names = {"role": role.title, "group": role.organisation.name}
        if yes:
            subject = _("We said yes for you: “%(role)s”")
            body = _(
                "The volunteer centre said yes for you to “%(role)s” of %(group)s, as you asked us "
                "to."
            )
        else:
            subject = _("We said no for you: “%(role)s”")
            body = _(
                "The volunteer centre said no for you to “%(role)s” of %(group)s, as you asked us "
                "to."
            )
        objection = _(
            "Is something wrong, or did you not ask for this? Tell the volunteer centre, and we "
            "put it right."
        )
        notify(
            recipient=person,
            kind="centre.answered",
            key=f"centre.answered:{key}",
            subject=subject_line(subject, names),
            body=f"{body % names}\n\n{objection}",
        )

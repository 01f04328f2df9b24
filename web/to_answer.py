"""What waits for a person's own answer, and until when: said first on pages they come to."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import now
from matching.models import Suggestion
from matching.selectors import suggestions_to
from placements import queues
from placements.answering import waiting_for_the_group
from placements.models import Application
from placements.states import State
from volunteers.models import Volunteer
from web.dates import moment_in_words


@dataclass(frozen=True)
class ToAnswer:
    """One thing to answer. `until` is None where nothing runs out."""

    words: str
    address: str
    until: datetime | None


def to_answer(volunteer: Volunteer) -> list[ToAnswer]:
    """Give what the person has to answer, what runs out first first. Three queries."""
    found = [*_kept(volunteer), *_asked_by_groups(volunteer), *_suggested(volunteer)]
    return sorted(found, key=lambda one: (one.until is None, one.until))


def _kept(volunteer: Volunteer) -> list[ToAnswer]:
    offers = queues.live_offers_of(volunteer).filter(answer_by__gt=now())
    return [
        ToAnswer(
            _("A place in “%(role)s” is kept for you until %(end)s. Say yes or no.")
            % {"role": offer.opportunity.title, "end": moment_in_words(offer.answer_by)},
            reverse("web:timed-offer", args=[offer.pk]),
            offer.answer_by,
        )
        for offer in offers.select_related("opportunity")
    ]


def _asked_by_groups(volunteer: Volunteer) -> list[ToAnswer]:
    """Places that groups offer, and groups that would like to talk and wait for their words."""
    waiting = waiting_for_the_group().filter(volunteer=volunteer)
    applications = Application.objects.filter(
        volunteer=volunteer, state__in=[State.OFFERED, State.INVITED]
    ).exclude(pk__in=waiting.values("pk"))
    return [
        ToAnswer(
            _asked(application),
            reverse("web:application", args=[application.pk]),
            application.answer_by,
        )
        for application in applications.select_related("opportunity__organisation")
        if application.answer_by is None or application.answer_by > now()
    ]


def _asked(application: Application) -> str:
    role = application.opportunity
    names = {"role": role.title, "group": role.organisation.name}
    if application.answer_by is None:
        return _("%(group)s would like to talk to you about “%(role)s”. Write to them.") % names
    names["end"] = moment_in_words(application.answer_by)
    return _("%(group)s offers you a place in “%(role)s” until %(end)s. Say yes or no.") % names


def _suggested(volunteer: Volunteer) -> list[ToAnswer]:
    open_ones = suggestions_to(volunteer).filter(state=Suggestion.State.SENT, answer_by__gt=now())
    return [
        ToAnswer(
            _("The volunteer centre suggests “%(role)s”. Say yes or no thanks by %(end)s.")
            % {
                "role": suggestion.opportunity.title,
                "end": moment_in_words(suggestion.answer_by) if suggestion.answer_by else "",
            },
            reverse("web:suggestion", args=[suggestion.pk]),
            suggestion.answer_by,
        )
        for suggestion in open_ones
    ]

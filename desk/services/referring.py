"""Take back what the centre suggested to a person: it was not what they should get."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import User
from desk import untold
from matching.models import Suggestion
from matching.services import suggestions
from notifications.services.messages import notify
from notifications.subjects import subject_line


@transaction.atomic
def take_back(*, suggestion: Suggestion, because: str, by: User) -> None:
    """Take a suggestion back that waits for an answer. Its person is told, unless it cannot have
    reached them: then nobody tells it to them any more. `because`, and what it raises: as
    `matching.services.suggestions.take_back`.
    """
    suggestions.take_back(suggestion=suggestion, because=because, by=by)
    if not _is_kept_from(suggestion) and suggestion.volunteer.user.is_active:
        _tell(suggestion)


def _is_kept_from(suggestion: Suggestion) -> bool:
    """Drop the message that nobody has told yet to somebody who gets no mail; give whether there
    was one."""
    key = suggestions.key_of(suggestion)
    return bool(untold.messages().filter(key=key).delete()[0])


@in_language_of(lambda suggestion: suggestion.volunteer.user)
def _tell(suggestion: Suggestion) -> None:
    role = suggestion.opportunity
    names = {"role": role.title, "group": role.organisation.name}
    notify(
        recipient=suggestion.volunteer.user,
        kind="suggestion.recalled",
        key=f"{suggestions.key_of(suggestion)}:recalled",
        subject=subject_line(_("We have taken back a suggestion: “%(role)s”"), names),
        body=_(
            "The volunteer centre suggested “%(role)s” of %(group)s to you, and has taken that "
            "back. You need not answer. The group learned nothing about you.\n\n"
            "What you can do next: nothing has to be done. We may suggest another role to you. If "
            "you want this one all the same, look at it and ask for it, as long as it is open."
        )
        % names,
        link=f"/roles/{role.pk}/",
    )

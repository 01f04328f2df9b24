"""What somebody can expect who asks for a role."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.models import Opportunity


def odds(role: Opportunity) -> str:
    """Places left, people who wait, and how quick the group is where that is known, such as
    "2 places left, 3 people waiting for an answer. This group usually answers in 4 days.".

    Needs the role's group loaded.
    """
    left, waiting = role.places_left, role.applications_pending
    places = ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}
    people = (
        ngettext(
            "%(count)s person waiting for an answer",
            "%(count)s people waiting for an answer",
            waiting,
        )
        % {"count": waiting}
        if waiting
        else _("nobody waiting for an answer")
    )
    line = _("%(places)s, %(people)s.") % {"places": places, "people": people}
    days = role.organisation.median_answer_days
    return line if days is None else f"{line} {_answers_in(days)}"


def _answers_in(days: float) -> str:
    whole = round(days)
    if whole < 1:
        return _("This group usually answers on the same day.")
    return ngettext(
        "This group usually answers in %(count)s day.",
        "This group usually answers in %(count)s days.",
        whole,
    ) % {"count": whole}

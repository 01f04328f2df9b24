"""How a group answers people, and when a role pauses, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.models import Organisation
from placements.services.answering import FEWEST
from placements.services.catching_up import MOST_LATE
from placements.time_limits import ANSWER_WITHIN

_TEN = 10


def record(group: Organisation) -> str:
    """Say what share of people a group answered within ten days and how long half of them waited,
    or that there are too few to say. Worked out each night from the last year.
    """
    if group.answered_share is None:
        return _(
            "Fewer than %(count)s people have asked long enough ago, which is too few to say how "
            "this group answers."
        ) % {"count": FEWEST}
    answered = _("It answered about %(tenths)s in 10 people within %(days)s days.") % {
        "tenths": round(group.answered_share * _TEN),
        "days": ANSWER_WITHIN.days,
    }
    if group.median_answer_days is None:
        half = _("Fewer than half of the people have had an answer.")
    else:
        days = max(1, round(group.median_answer_days))
        half = ngettext(
            "Half of the people had an answer within %(days)s day.",
            "Half of the people had an answer within %(days)s days.",
            days,
        ) % {"days": days}
    basis = _("Counted each night from the people who asked within the last 12 months.")
    return f"{answered} {half} {basis}"


def pause_rule() -> str:
    """Say when a role pauses by itself, and when it goes on."""
    return _(
        "A role pauses by itself when %(people)s people have waited more than %(days)s days for an "
        "answer, and goes on as soon as fewer do. While it pauses, nobody else can ask, and we do "
        "not recommend it. Who waits keeps their place in the queue."
    ) % {"people": MOST_LATE, "days": ANSWER_WITHIN.days}

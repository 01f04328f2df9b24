"""How a time of a role is called."""

from django.utils.translation import gettext as _

from core.week import part_name
from placements.occasions import Occasion
from web.dates import near_day, span_in_words


def words(occasion: Occasion) -> str:
    """Give a time such as "Tuesday 3 March, 6pm to 8pm", or "Tuesday 3 March, evening"."""
    if occasion.session is not None:
        return span_in_words(occasion.session.starts_at, occasion.session.ends_at)
    parts = [part_name(slot.part).lower() for slot in occasion.parts]
    day = near_day(occasion.day)
    if not parts or len(parts) == 3:
        return day
    return _("%(day)s, %(time)s") % {"day": day, "time": f" {_('or')} ".join(parts)}

"""What to fund, as a sentence: the page of what holds groups back and the report say the same."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.selectors.capacity import Capacity, Lifting
from insights.wording import number
from opportunities.models import CapacityLimit

Reason = CapacityLimit.Reason

#: What lifts each, as the words after "money for".
LIFTED_BY: dict[str, str | Promise] = {
    Reason.SUPERVISION: gettext_lazy("somebody who looks after people"),
    Reason.DBS_COST: gettext_lazy("DBS checks"),
    Reason.PREMISES: gettext_lazy("rooms"),
    Reason.EXPENSES: gettext_lazy("people’s expenses"),
    Reason.INSURANCE: gettext_lazy("insurance"),
    Reason.TRAINING: gettext_lazy("training"),
    Reason.TIME_OF_YEAR: gettext_lazy("another time of year"),
}


def what_to_fund(found: Capacity) -> str:
    """What goes furthest, and on the word of how many groups; '' where no cost can be shown."""
    best, cheaper = found.best, found.cheaper
    if best is None and cheaper is None:
        return ""
    if best is None:
        return _(
            "Money for %(what)s may go furthest: about £%(pounds)s or more for each person placed, "
            "as only %(groups)s groups say"
        ) % _words(cheaper)
    if cheaper is None:
        return _(
            "Money for %(what)s goes furthest: about £%(pounds)s or more for each person placed, "
            "as %(groups)s groups say"
        ) % _words(best)
    sentence = _(
        "Money for %(what)s: about £%(pounds)s or more for each person placed, as %(groups)s "
        "groups say"
    ) % _words(best)
    other = _("for %(what)s about £%(pounds)s or more, as only %(groups)s groups say") % _words(
        cheaper
    )
    return _("%(sentence)s; %(other)s") % {"sentence": sentence, "other": other}


def _words(one: Lifting | None) -> dict[str, object]:
    if one is None:
        return {}
    return {
        "what": LIFTED_BY[one.code],
        "pounds": number(one.pounds_a_person or 0),
        "groups": one.costed_groups,
    }

"""The parts of how a role suits somebody, for the bars on its page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.wording.reasons import Reason, reasons

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What a part is called, in the order of a page.
LABELS: dict[str, "StrOrPromise"] = {
    "interests": gettext_lazy("What you wrote about yourself"),
    "causes": gettext_lazy("What it is for"),
    "activities": gettext_lazy("What you would do"),
    "skills_needed": gettext_lazy("Skills it needs"),
    "skills_useful": gettext_lazy("Skills it can use"),
    "skills_gained": gettext_lazy("What you can learn"),
    "experience": gettext_lazy("What you have done before"),
    "languages": gettext_lazy("Languages"),
    "motives": gettext_lazy("What you get out of it"),
    "time": gettext_lazy("When"),
    "distance": gettext_lazy("Where"),
    "commitment": gettext_lazy("How much time"),
}
#: Codes of the reasons that a part can give.
_CODES: dict[str, tuple[str, ...]] = {
    "interests": ("shared_words", "alike_text"),
    "causes": ("shared_causes", "related_causes", "written_causes", "written_related_causes"),
    "activities": ("shared_activities", "written_activities"),
    "skills_needed": (
        "skills_match",
        "near_skill",
        "written_skills_match",
        "written_near_skill",
    ),
    "skills_useful": ("skills_useful", "written_skills_useful"),
    "skills_gained": ("skill_gained",),
    "experience": ("experience_words", "alike_experience"),
    "languages": ("shared_language",),
    "motives": ("motive",),
    "time": ("free_on",),
    "distance": ("distance", "from_home"),
    "commitment": ("commitment", "hours"),
}
#: From these shares on, a part without a reason of its own is said to fit well, or in part.
_WELL, _PARTLY = 0.6, 0.2


def sentence_of_part(
    name: str, share: float, stored: Iterable[Reason], *, travel_mode: str = ""
) -> str:
    """What a part of a role says: the sentence of its reason, or how well it fits (`share`, 0 to 1)
    where the reason was not among the strongest.
    """
    own = [reason for reason in stored if reason["code"] in _CODES[name]]
    if own:
        return reasons(own, travel_mode=travel_mode)[0]
    if share >= _WELL:
        return _("This fits what you told us.")
    if share >= _PARTLY:
        return _("This fits some of what you told us.")
    return _("This fits little of what you told us.")

"""What a role's requirements cost it: how many people each alone leaves out."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.disclosure import in_words
from opportunities.models import Opportunity

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LEAVES_OUT: dict[str, "StrOrPromise"] = {
    "age": gettext_lazy("The age limit leaves out %(people)s."),
    "distance": gettext_lazy("It is too far away for %(people)s."),
    "time_overlap": gettext_lazy("The times leave out %(people)s."),
    "language": gettext_lazy("The languages that you ask for leave out %(people)s."),
    "dbs": gettext_lazy("The DBS check leaves out %(people)s."),
    "company": gettext_lazy("Not taking somebody who comes along leaves out %(people)s."),
}
_IN_PERSON = gettext_lazy("Doing it in person leaves out %(people)s.")
_FROM_HOME = gettext_lazy("Doing it from home leaves out %(people)s.")
_ONE_OFF = gettext_lazy("Being a one-off leaves out %(people)s.")
_REGULAR = gettext_lazy("Being a regular role leaves out %(people)s.")


def who_could(people: int) -> str:
    """Such as "About 35 people who are waiting could do this."."""
    if not people:
        return _("Nobody who is waiting could do this.")
    said = in_words(people)
    return _("%(people)s who are waiting could do this.") % {"people": said[:1].upper() + said[1:]}


def leaves_out(code: str, role: Opportunity, people: int) -> str:
    """Such as "The DBS check leaves out about 35 people."; '' for what is no requirement."""
    words = _LEAVES_OUT.get(code, "")
    if code == "way_of_helping":
        words = _FROM_HOME if role.from_home else _IN_PERSON
    elif code == "commitment":
        words = _ONE_OFF if role.commitment == Opportunity.Commitment.ONE_OFF else _REGULAR
    return str(words) % {"people": in_words(people)} if words else ""

"""What people want to get out of volunteering, as far as a role can honestly offer it.

Some of what moves people tells no role from another: every role lets somebody act on what they
believe in (Clary et al., "Understanding and assessing the motivations of volunteers", 1998). What
is here is what some roles offer and others do not.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import input as received


class Motive(models.TextChoices):
    """One thing to get out of it: a person wants it, a role offers it."""

    LEARN = "learn", _("Learn something new")
    PEOPLE = "people", _("Meet people")
    PROFESSION = "profession", _("Use what I do for a living")
    WORK = "work", _("Get experience for a job")
    ENGLISH = "english", _("Practise my English")
    ACTIVE = "active", _("Keep fit and active")
    OUTDOORS = "outdoors", _("Be outdoors")


def motives_from(value: Any, *, field: str) -> list[str]:
    """Give the codes that were sent in the order of `Motive`, each once.

    Raises InvalidInput about `field` unless it is a list of such codes.
    """
    known = isinstance(value, list | tuple) and all(
        isinstance(code, str) and code in Motive.values for code in value
    )
    if not known:
        raise received.refuse(field, _now("Choose from the list."))
    return [motive.value for motive in Motive if motive.value in value]

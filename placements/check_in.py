"""Codes by which people say on their phones that they are there.

A code belongs to one session or day of one role and is worked out from the service's secret key:
nobody who has not seen it knows it, and no table holds it. It is good only around its time, and
only for people who have a place in the role; six letters of thirty leave 700 million to guess.
"""

from hmac import compare_digest

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.errors import NotFound
from placements import occasions
from placements.models import Application
from placements.occasions import Occasion
from volunteers.models import Volunteer

#: Letters and digits that nobody takes for another.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
LENGTH = 6


def code_of(occasion: Occasion) -> str:
    """Give the code of one time of a role."""
    when = occasion.starts_at.isoformat() if occasion.starts_at else occasion.day.isoformat()
    digest = salted_hmac(
        "placements.check_in", f"{occasion.role.pk}:{when}", algorithm="sha256"
    ).digest()
    number = int.from_bytes(digest)
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def tidied(typed: str) -> str:
    """Give a code as it was meant: capitals, without spaces and hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:20]


def find(volunteer: Volunteer, code: str) -> tuple[Application, Occasion]:
    """Give the person's place and the time of it that a code is for.

    Raises NotFound where it is for none of theirs, or its time is not now.
    """
    places = (
        Application.objects.placed()
        .filter(volunteer=volunteer)
        .select_related("opportunity__organisation", "volunteer__user")
        .prefetch_related("opportunity__sessions")
    )
    for application in places:
        for occasion in occasions.around_now(application.opportunity):
            if compare_digest(code_of(occasion).encode(), tidied(code).encode()):
                return application, occasion
    raise NotFound(
        _(
            "This code is not for a role in which you have a place, or its time is over. "
            "Please ask the group, or tell them that you are there."
        ),
        code="no_such_code",
    )

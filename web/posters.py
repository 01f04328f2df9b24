"""A role as a poster for a notice board: PDF with a code that leads to the role's page.

It says what the role's page says to everybody, and never an address or a number of a person: who
wants to ask does it on the page.
"""

from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.documents import pdf
from opportunities.models import Opportunity
from web.role_words import closes, when, where

TEMPLATE = settings.BASE_DIR / "web" / "documents" / "role_poster.typ"
#: Letters that have room on the sheet: of the summary, and of what there is to do under a short
#: title and no summary. With fewer than the least it is left out.
_SUMMARY, _WORK, _LEAST = 200, 460, 80


def poster(role: Opportunity) -> bytes:
    """Give the poster in the active language. Needs the role's group and coming sessions loaded."""
    address = f"{settings.SITE_URL}/roles/{role.pk}/"
    summary = Truncator(role.summary.strip()).chars(_SUMMARY)
    room = _WORK - len(summary) - 2 * len(role.title)
    work = Truncator(" ".join(role.description.split())).chars(room) if room >= _LEAST else ""
    return pdf(
        TEMPLATE,
        {
            "group": role.organisation.name,
            "summary": summary,
            "facts": [{"name": name, "value": value} for name, value in _facts(role)],
            "work": work,
            "qr": _code(address),
            "qr_words": _("Code that leads to %(address)s") % {"address": _short(address)},
            "ask": _("Would you like to?"),
            "how": _("Point the camera of your phone at the code, or go to this address:"),
            "address": _short(address),
        },
        title=role.title,
    )


def _facts(role: Opportunity) -> list[tuple[str, str]]:
    facts: list[tuple[str, Any]] = [
        (_("When"), when(role)),
        (_("Where"), where(role)),
        (_("Who"), _ages(role)),
    ]
    if last_day := closes(role):
        facts.append((_("Until"), last_day))
    return facts


def _ages(role: Opportunity) -> str:
    if role.maximum_age is not None:
        return _("People of %(least)s to %(most)s") % {
            "least": role.minimum_age,
            "most": role.maximum_age,
        }
    return _("People of %(age)s and over") % {"age": role.minimum_age}


def _short(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def _code(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue().decode()

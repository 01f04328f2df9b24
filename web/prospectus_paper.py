"""A prospectus on one sheet, for a committee's table: PDF with a code that leads to its page."""

from io import BytesIO

import segno
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.documents import pdf
from insights.models import Prospectus
from insights.prospectus_links import address_of
from web.prospectus_words import shown

TEMPLATE = settings.BASE_DIR / "web" / "documents" / "prospectus.typ"
#: Letters of what there is to do that have room on the sheet.
_WORK = 420


def paper(prospectus: Prospectus) -> bytes:
    """Give the sheet in the active language. Needs the group and the counts loaded."""
    page = shown(prospectus)
    address = address_of(prospectus)
    short = address.partition("://")[2].rstrip("/")
    return pdf(
        TEMPLATE,
        {
            "group": _("For %(group)s")
            % {"group": Truncator(prospectus.organisation.name).chars(90)},
            "sentences": page.sentences,
            "about": page.about_the_number,
            "when": _("When they are free"),
            "day": _("Day"),
            "parts": list(page.parts),
            "days": [
                {
                    "name": day.name,
                    "cells": [{"words": cell.words, "shade": cell.shade} for cell in day.cells],
                }
                for day in page.days
            ],
            "ready": _("A role, ready to edit"),
            "role": page.role["title"],
            "work": Truncator(" ".join(str(page.role["description"]).split())).chars(_WORK),
            "qr": _code(address),
            "qr_words": _("Code that leads to %(address)s") % {"address": short},
            "ask": _("Make it your draft"),
            "how": _("Point the camera of your phone at the code, or go to this address:"),
            "address": short,
        },
        title=page.headline,
    )


def _code(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue().decode()

"""PDF documents, set with Typst: letters, records of service, posters, reports.

A document is a Typst file (`.typ`) in an app's folder `documents/`. It begins with

    #import "/core/documents/paper.typ": paper, data
    #show: paper

and reads what it says from `data`. Typst comes in a package with all it needs, so that documents
can be made on any machine (docs/adr/0011).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


def pdf(template: Path, data: Mapping[str, Any], *, title: str) -> bytes:
    """Give a document as PDF with tags for screen readers (PDF/UA-1), in the active language.

    `template` is a Typst file below the project's root, `data` what JSON can hold; text in it is
    text and never markup. A letter that none of our fonts has becomes an empty box, and the
    document then does not claim PDF/UA, which forbids that. Raises ValueError where the template
    cannot be set with this data.
    """
    # Loading it takes a tenth of a second, which a process that makes no document need not spend.
    import typst  # noqa: PLC0415

    given = {
        "title": title,
        "language": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "site": settings.SITE_NAME,
        **data,
    }

    def compiled(**options: Any) -> bytes:
        return typst.compile(
            template,
            root=settings.BASE_DIR,
            font_paths=[settings.DOCUMENT_FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(given)},
            **options,
        )

    try:
        try:
            return compiled(pdf_standards=["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return compiled()
    except typst.TypstError as error:
        raise ValueError(f"{template.name}: {error}") from error

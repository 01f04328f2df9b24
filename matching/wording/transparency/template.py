"""What a field and a section of the record consist of, named and ordered as in the UK Algorithmic
Transparency Recording Standard (ATRS), tier 1 and tier 2.

Figures stand as %(name)s in sentences and come from the code. `lists` names what is listed below
the sentences. A field with a `setting` holds what whoever runs the service has set.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class FieldWords:
    """One field: its code, its name in the standard, its sentences."""

    code: str
    name: "StrOrPromise"
    sentences: tuple["StrOrPromise", ...] = ()
    lists: str = ""
    setting: str = ""


@dataclass(frozen=True)
class SectionWords:
    """One section of the standard."""

    code: str
    tier: int
    title: "StrOrPromise"
    fields: tuple[FieldWords, ...]


NOT_SET: "StrOrPromise" = _("Not set by whoever runs this service.")
NOT_MEASURED: "StrOrPromise" = _("Not measured yet (make evaluate).")
NO_MODEL: "StrOrPromise" = _("No model has been fitted here yet.")

"""Take what a person or program sent into a row, or say field by field what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.models.base import LocatedModel
from core.models.taxonomy import TaxonomyItem
from core.places import postcodes

Item = TypeVar("Item", bound=TaxonomyItem)


def refuse(field: str, sentence: Any, *, code: str = "invalid") -> InvalidInput:
    """Give the error that says `sentence` about one `field`."""
    return InvalidInput(sentence, code=code, fields={field: [sentence]})


def assign(row: models.Model, fields: Mapping[str, Any], allowed: frozenset[str]) -> set[str]:
    """Set `fields` on `row` without saving; give the names of those that changed.

    Raises TypeError for a field outside `allowed`: the caller's mistake, not the person's.
    """
    if unknown := fields.keys() - allowed:
        raise TypeError(f"{type(row).__name__} takes no {', '.join(sorted(unknown))} here")
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    return changed


def check(row: models.Model, *, exclude: Iterable[str] = ()) -> None:
    """Raise InvalidInput, field by field, unless the row keeps its model's rules."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        fields = {
            "" if name == "__all__" else name: sentences
            for name, sentences in error.message_dict.items()
        }
        first = next(iter(fields.values()))[0]
        raise InvalidInput(first, fields=fields) from error


def items(kind: type[Item], codes: Iterable[str], *, field: str) -> list[Item]:
    """Give the taxonomy items with these codes. Raises InvalidInput for one that is not there."""
    wanted = set(codes)
    found = list(kind._default_manager.filter(code__in=wanted))
    if missing := wanted - {item.code for item in found}:
        raise refuse(
            field, _("%(code)s is not in the list.") % {"code": ", ".join(sorted(missing))}
        )
    return found


def locate(row: LocatedModel, *, field: str = "postcode") -> postcodes.Location | None:
    """Set the row's coordinates and ward from its postcode; none without a postcode.

    Raises InvalidInput where the postcode, even cut down to its area, is not known.
    """
    if not row.postcode:
        row.latitude = row.longitude = None
        row.ward_code = ""
        return None
    place = postcodes.locate(row.postcode)
    if place is None:
        raise refuse(
            field,
            _("We cannot find this postcode. Check it, for example HA1 2XY."),
            code="unknown_postcode",
        )
    row.postcode = place.postcode
    row.latitude, row.longitude = place.latitude, place.longitude
    row.ward_code = place.ward_code
    return place

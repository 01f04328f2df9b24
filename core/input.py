"""Take what a person or program sent into a row, or say field by field what is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.models.base import LocatedModel
from core.models.taxonomy import TaxonomyItem
from core.places import postcodes
from core.plain_words import say_plainly

Item = TypeVar("Item", bound=TaxonomyItem)

#: No row has a larger id, and databases fail at larger ones in a list.
LARGEST_ID = 2**63 - 1


def is_id(text: str) -> bool:
    """Whether what was sent can be the id of a row."""
    return text.isdecimal() and len(text) < len(str(LARGEST_ID))


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


def check(row: models.Model, *, exclude: Iterable[str] = (), constraints: bool = True) -> None:
    """Raise InvalidInput, field by field, unless the row keeps its model's rules.

    Without `constraints` those that the database keeps by itself are left to it: asking it about
    each of them beforehand is most of the time that thousands of rows take.
    """
    try:
        row.full_clean(exclude=set(exclude), validate_constraints=constraints)
    except ValidationError as error:
        for wrong in error.error_dict.values():
            for each in wrong:
                say_plainly(each)
        fields = {
            "" if name == "__all__" else name: sentences
            for name, sentences in error.message_dict.items()
        }
        first = next(iter(fields.values()))[0]
        raise InvalidInput(first, fields=fields) from error


def items(kind: type[Item], codes: Iterable[str], *, field: str) -> list[Item]:
    """Give the taxonomy items with these codes. Raises InvalidInput for one that is not there."""
    wanted = set(codes)
    known = {item.code: item for item in kind._default_manager.filter(code__in=wanted)}
    return pick(known, wanted, field=field)


def pick(known: Mapping[str, Item], codes: Iterable[str], *, field: str) -> list[Item]:
    """Give the items with these codes from those that are `known` by code.

    Raises InvalidInput for one that is not there.
    """
    wanted = set(codes)
    if missing := wanted - known.keys():
        raise refuse(
            field, _("%(code)s is not in the list.") % {"code": ", ".join(sorted(missing))}
        )
    return [item for code, item in known.items() if code in wanted]


class Items(Protocol):
    """Gives taxonomy items by their codes: `items`, or a catalogue of all of them in memory."""

    def __call__(self, kind: type[Item], codes: Iterable[str], *, field: str) -> list[Item]: ...


def catalogue(*kinds: type[TaxonomyItem]) -> Items:
    """Load whole lists once, for whoever takes in thousands of rows; use it in place of `items`."""
    loaded: dict[Any, dict[str, Any]] = {
        kind: {item.code: item for item in kind._default_manager.all()} for kind in kinds
    }

    def from_memory(kind: type[Item], codes: Iterable[str], *, field: str) -> list[Item]:
        return pick(loaded[kind], codes, field=field)

    return from_memory


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

"""The errors of a form, each with the id of the box where it is put right."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField

register = template.Library()


class PlacedError(NamedTuple):
    """A sentence, and the id to link to ('' where there is nothing to put right)."""

    sentence: str
    place: str


@register.filter
def errors_with_places(form: BaseForm) -> Iterator[PlacedError]:
    """Give the form's errors in the order of its fields, those of no field first."""
    visible = form.visible_fields()
    first = _first_box(visible[0]) if visible else ""
    for sentence in form.non_field_errors():
        yield PlacedError(str(sentence), first)
    for field in visible:
        for sentence in field.errors:
            yield PlacedError(str(sentence), _box_of(field, str(sentence)))


def _first_box(field: BoundField) -> str:
    several = isinstance(field.field.widget, forms.MultiWidget)
    return f"{field.auto_id}_0" if several else field.auto_id


def _box_of(field: BoundField, sentence: str) -> str:
    """Give the id of the part that the sentence is about, else of the first one."""
    parts = getattr(field.field, "fields", ())
    for position, part in enumerate(parts):
        if sentence in getattr(part.widget, "errors", ()):
            return f"{field.auto_id}_{position}"
    return _first_box(field)

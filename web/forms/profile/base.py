"""What the forms of a profile's questions have in common."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout
from django.utils.functional import Promise

from volunteers.models import Volunteer
from web.forms.base import PageForm


class QuestionForm(PageForm):
    """One question of a profile. Its fields carry the profile's names, unless it says otherwise."""

    #: The field whose label is the question, which the page has as its heading; '' where the page
    #: has a heading of its own.
    asks = ""

    @classmethod
    def question(cls) -> str | Promise:
        """Give the question in its own words, '' where it has none."""
        return cls.base_fields[cls.asks].label or "" if cls.asks else ""

    @classmethod
    def answers_of(cls, volunteer: Volunteer) -> dict[str, Any]:
        """Give what the person said before, by the form's fields."""
        return {name: _value(volunteer, name) for name in cls.base_fields}

    def profile_fields(self) -> dict[str, Any]:
        """Give the answers as `volunteers.services.profiles.update` takes them."""
        return dict(self.cleaned_data)

    def layout(self) -> Layout:
        return Layout(*(asked(Field(name)) if name == self.asks else name for name in self.fields))


def asked(field: Field) -> Field:
    """Lay out the field that is asked: its label is read out, and stands as the page's heading."""
    field.context |= dict.fromkeys(("label_size", "legend_size"), "govuk-visually-hidden")
    return field


def _value(volunteer: Volunteer, name: str) -> Any:
    value = getattr(volunteer, name)
    return [item.code for item in value.all()] if hasattr(value, "all") else value

"""What the forms of a profile's sections have in common."""

from typing import Any

from volunteers.models import Volunteer
from web.forms.base import PageForm


class SectionForm(PageForm):
    """One section of a profile. Its fields carry the profile's names, unless it says otherwise."""

    @classmethod
    def answers_of(cls, volunteer: Volunteer) -> dict[str, Any]:
        """Give what the person said before, by the form's fields."""
        return {name: _value(volunteer, name) for name in cls.base_fields}

    def profile_fields(self) -> dict[str, Any]:
        """Give the answers as `volunteers.services.profiles.update` takes them."""
        return dict(self.cleaned_data)


def _value(volunteer: Volunteer, name: str) -> Any:
    value = getattr(volunteer, name)
    return [item.code for item in value.all()] if hasattr(value, "all") else value

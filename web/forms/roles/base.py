"""What the forms of a role's sections have in common."""

from typing import Any

from opportunities.models import Opportunity
from web.forms.base import PageForm


class RoleForm(PageForm):
    """One section of a role. Its fields carry the role's names, unless it says otherwise."""

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        """Give what was said before, by the form's fields."""
        return {name: _value(role, name) for name in cls.base_fields}

    def role_fields(self) -> dict[str, Any]:
        """Give the answers as `opportunities.services.roles.update` takes them."""
        return dict(self.cleaned_data)


def _value(role: Opportunity, name: str) -> Any:
    value = getattr(role, name)
    return [item.code for item in value.all()] if hasattr(value, "all") else value

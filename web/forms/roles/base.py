"""What the forms of a role's sections have in common."""

from typing import Any

from opportunities.models import Opportunity
from web.forms.base import PageForm


class RoleForm(PageForm):
    """One section of a role. Its fields carry the role's names, unless it says otherwise:
    `worked_out` are names of the role that its answers are worked out to.
    """

    worked_out: tuple[str, ...] = ()

    @classmethod
    def answers_of(cls, role: Opportunity) -> dict[str, Any]:
        """Give what was said before, by the form's fields."""
        return {name: _value(role, name) for name in cls.base_fields}

    def role_fields(self) -> dict[str, Any]:
        """Give the answers as `opportunities.services.roles.update` takes them."""
        return dict(self.cleaned_data)

    def answers_so_far(self) -> dict[str, Any]:
        """Give those answers of a form half filled in that can be taken as they are."""
        try:
            return self.role_fields()
        except KeyError:  # an answer that others are worked out from is not valid yet
            return {name: value for name, value in self.cleaned_data.items() if name in _PLAIN}


#: Fields whose answers need no working out.
_PLAIN = frozenset(
    {"title", "summary", "description", "gains", "supervision", "training", "expenses"}
)


def _value(role: Opportunity, name: str) -> Any:
    value = getattr(role, name)
    return [item.code for item in value.all()] if hasattr(value, "all") else value

"""The roles that somebody hid."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import NotFound
from matching.models import HiddenRole
from volunteers.models import Volunteer


def hidden_roles(volunteer: Volunteer) -> QuerySet[HiddenRole]:
    """What the person hid, last first, each with its role and group."""
    return HiddenRole.objects.filter(volunteer=volunteer).select_related(
        "opportunity__organisation"
    )


def hidden_role(volunteer: Volunteer, role_id: int) -> HiddenRole:
    """What the person said about this role. Raises NotFound where they did not hide it."""
    if hidden := hidden_roles(volunteer).filter(opportunity=role_id).first():
        return hidden
    raise NotFound(_("You have not hidden this role."))

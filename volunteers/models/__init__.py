"""People who want to volunteer."""

from volunteers.models.parent import ParentRequest
from volunteers.models.volunteer import Volunteer

__all__ = ["ParentRequest", "Volunteer"]

"""People who want to volunteer."""

from volunteers.models.earlier_profile import EarlierProfile, EarlierUse
from volunteers.models.parent import ParentRequest
from volunteers.models.volunteer import Volunteer

__all__ = ["EarlierProfile", "EarlierUse", "ParentRequest", "Volunteer"]

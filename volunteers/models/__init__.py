"""People who want to volunteer."""

from volunteers.models.volunteer import Volunteer

__all__ = ["Volunteer"]

"""People who want to volunteer."""

from .volunteer import Volunteer

__all__ = ["Volunteer"]

"""Applications and placements."""

from .application import GROUP_REASONS, VOLUNTEER_REASONS, Application

__all__ = ["GROUP_REASONS", "VOLUNTEER_REASONS", "Application"]

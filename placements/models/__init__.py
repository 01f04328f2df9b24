"""Applications and placements."""

from placements.models.application import GROUP_REASONS, VOLUNTEER_REASONS, Application

__all__ = ["GROUP_REASONS", "VOLUNTEER_REASONS", "Application"]

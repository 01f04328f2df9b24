"""Applications and placements."""

from placements.models.application import (
    END_REASONS,
    GROUP_REASONS,
    VOLUNTEER_REASONS,
    Application,
)

__all__ = ["END_REASONS", "GROUP_REASONS", "VOLUNTEER_REASONS", "Application"]

"""Applications and placements, and what the two sides write to each other."""

from placements.models.application import (
    END_REASONS,
    GROUP_REASONS,
    VOLUNTEER_REASONS,
    Application,
)
from placements.models.message import Message

__all__ = ["END_REASONS", "GROUP_REASONS", "VOLUNTEER_REASONS", "Application", "Message"]

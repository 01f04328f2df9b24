"""Applications and placements, people who wait for a place, and what the two sides write."""

from placements.models.application import (
    END_REASONS,
    GROUP_REASONS,
    VOLUNTEER_REASONS,
    Application,
)
from placements.models.message import Message
from placements.models.waiting import PassedOver, TimedOffer, WaitingListEntry

__all__ = [
    "END_REASONS",
    "GROUP_REASONS",
    "VOLUNTEER_REASONS",
    "Application",
    "Message",
    "PassedOver",
    "TimedOffer",
    "WaitingListEntry",
]

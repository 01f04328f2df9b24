"""Applications, placements and the hours they give; people who wait; what the sides write."""

from placements.models.application import (
    END_REASONS,
    GROUP_REASONS,
    VOLUNTEER_REASONS,
    Application,
)
from placements.models.attendance import Attendance
from placements.models.block import Block
from placements.models.calendar_feed import CalendarFeed
from placements.models.concern import Concern, ConcernNote
from placements.models.erased import ErasedCount
from placements.models.hours import MOST_A_DAY, QUARTER, HoursEntry
from placements.models.message import Message
from placements.models.service_record import ServiceRecord
from placements.models.still_going import StillGoing
from placements.models.useful_link import CourseDone, UsefulLink, UsefulLinkMonth
from placements.models.waiting import PassedOver, TimedOffer, WaitingListEntry

__all__ = [
    "END_REASONS",
    "GROUP_REASONS",
    "MOST_A_DAY",
    "QUARTER",
    "VOLUNTEER_REASONS",
    "Application",
    "Attendance",
    "Block",
    "CalendarFeed",
    "Concern",
    "ConcernNote",
    "CourseDone",
    "ErasedCount",
    "HoursEntry",
    "Message",
    "PassedOver",
    "ServiceRecord",
    "StillGoing",
    "TimedOffer",
    "UsefulLink",
    "UsefulLinkMonth",
    "WaitingListEntry",
]

"""The small borough that the tests load, and the tables that it fills."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import AuditEntry, User
from demonstration.borough import Loaded, load
from demonstration.plan import Plan
from desk.models import DeskNote, LetterBatch, Telling, WayToTell
from equality.models import EqualityAnswers
from insights.models import (
    Campaign,
    CampaignGroup,
    CampaignMonth,
    Prospectus,
    ProspectusMail,
    Target,
    YearlyAnswer,
    YearlyQuestion,
)
from matching.models import HiddenRole, Impression, PlacementRound, Suggestion
from opportunities.models import (
    CapacityLimit,
    GroupInvitation,
    JoinRequest,
    MoreRoom,
    Opportunity,
    Organisation,
    SavedSearch,
    Session,
)
from placements.models import (
    Application,
    Attendance,
    Block,
    CalendarFeed,
    Concern,
    CourseDone,
    HoursEntry,
    Message,
    ServiceRecord,
    StillGoing,
    TimedOffer,
    UsefulLink,
    UsefulLinkMonth,
    WaitingListEntry,
)
from volunteers.models import ParentRequest, Volunteer

DAY = date(2026, 10, 30)
SIZES = {"volunteers": 240, "organisations": 40, "opportunities": 60}
MODELS = (
    User,
    Volunteer,
    Organisation,
    Opportunity,
    Session,
    Application,
    WaitingListEntry,
    TimedOffer,
    Attendance,
    HoursEntry,
    StillGoing,
    Message,
    Block,
    CalendarFeed,
    ServiceRecord,
    Concern,
    Suggestion,
    PlacementRound,
    HiddenRole,
    Impression,
    SavedSearch,
    CapacityLimit,
    MoreRoom,
    UsefulLink,
    UsefulLinkMonth,
    CourseDone,
    GroupInvitation,
    JoinRequest,
    ParentRequest,
    EqualityAnswers,
    DeskNote,
    WayToTell,
    Telling,
    LetterBatch,
    Target,
    Campaign,
    CampaignGroup,
    CampaignMonth,
    Prospectus,
    ProspectusMail,
    YearlyQuestion,
    YearlyAnswer,
    AuditEntry,
)
#: When each thing happened, which is all over by the day of the borough.
TIMES: dict[Any, tuple[str, ...]] = {
    Application: ("created_at", "answered_at", "started_at", "state_since"),
    Attendance: ("recorded_at", "created_at"),
    HoursEntry: ("confirmed_at", "created_at"),
    StillGoing: ("asked_at", "answered_at"),
    Message: ("sent_at", "read_at"),
    YearlyAnswer: ("answered_at",),
    TimedOffer: ("made_at", "ended_at"),
    WaitingListEntry: ("joined_at", "ended_at"),
    Suggestion: ("sent_at", "answered_at"),
    CapacityLimit: ("at", "ended_at"),
    MoreRoom: ("at",),
    Concern: ("created_at", "closed_at"),
    SavedSearch: ("since", "told_at"),
    ParentRequest: ("asked_at", "answered_at"),
    HiddenRole: ("at",),
    Impression: ("at",),
    Telling: ("told_at",),
    CalendarFeed: ("made_at",),
    CourseDone: ("said_at",),
    ServiceRecord: ("made_at",),
    Campaign: ("created_at", "confirmed_at", "finished_at"),
    Prospectus: ("made_at", "opened_at", "drafted_at"),
    ProspectusMail: ("at", "created_at"),
}


def plan(seed: int = 1, day: date = DAY) -> Plan:
    return Plan(**SIZES, seed=seed, today=day)


def quietly(rows: Iterable[Any], label: str) -> Iterable[Any]:
    return rows


def load_small(seed: int = 1, day: date = DAY, **options: Any) -> Loaded:
    return load(plan(seed, day), progress=quietly, **options)

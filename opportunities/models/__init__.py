"""Groups, the people who act for them, and their roles."""

from opportunities.models.capacity import CapacityLimit
from opportunities.models.joining import GroupInvitation, JoinRequest
from opportunities.models.more_room import MoreRoom
from opportunities.models.opportunity import DateTakenOut, Opportunity, RoleSkill, Session
from opportunities.models.organisation import Membership, Organisation
from opportunities.models.saved_search import SavedSearch, SavedSearchRole
from opportunities.models.search import SearchTerm, SearchWord

__all__ = [
    "CapacityLimit",
    "DateTakenOut",
    "GroupInvitation",
    "JoinRequest",
    "Membership",
    "MoreRoom",
    "Opportunity",
    "Organisation",
    "RoleSkill",
    "SavedSearch",
    "SavedSearchRole",
    "SearchTerm",
    "SearchWord",
    "Session",
]

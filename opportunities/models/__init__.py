"""Groups, the people who act for them, and their roles."""

from opportunities.models.opportunity import Opportunity, RoleSkill, Session
from opportunities.models.organisation import Membership, Organisation

__all__ = ["Membership", "Opportunity", "Organisation", "RoleSkill", "Session"]

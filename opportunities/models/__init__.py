"""Groups, the people who act for them, and their roles."""

from .opportunity import Opportunity, RoleSkill, Session
from .organisation import Membership, Organisation

__all__ = ["Membership", "Opportunity", "Organisation", "RoleSkill", "Session"]

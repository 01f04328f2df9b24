"""People who sign in, and the trail of what they changed."""

from .audit import AuditEntry
from .user import User

__all__ = ["AuditEntry", "User"]

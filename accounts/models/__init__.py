"""People who sign in, and the trail of what they changed."""

from accounts.models.audit import AuditEntry
from accounts.models.user import User

__all__ = ["AuditEntry", "User"]

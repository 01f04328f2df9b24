"""People who sign in, where they are signed in, and the trail of what they changed."""

from accounts.models.audit import AuditEntry
from accounts.models.sign_in import SignIn
from accounts.models.user import User

__all__ = ["AuditEntry", "SignIn", "User"]

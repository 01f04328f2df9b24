"""People's accounts, and who changed what."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import AuditEntry, User
from accounts.services import audit, sign_ins
from core.admin import ReadOnlyAdmin

# Rights follow from `staff_role` and from acting for a group, so Django's groups have no use here.
# Addresses are confirmed by their owners, second factors are nobody else's to see, and records of
# who signed in are not for changing.
admin.site.unregister([Group, EmailAddress, Authenticator, AccessLog, AccessFailureLog])

#: What an administrator may change about an account.
_CHANGEABLE = ["is_active", "staff_role", "is_staff", "is_superuser"]


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Gives and takes staff roles, and stops accounts; the rest is read."""

    list_display = ["email", "first_name", "last_name", "staff_role", "is_active", "is_staff"]
    list_filter = ["staff_role", "is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["-date_joined"]
    fields = [
        "email",
        "first_name",
        "last_name",
        "phone",
        "date_joined",
        "last_login",
        *_CHANGEABLE,
    ]
    readonly_fields = ["email", "first_name", "last_name", "phone", "date_joined", "last_login"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write the account and the audit entry; the admin's request is one transaction."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            # What they may do now begins with signing in anew, and with a code if it needs one.
            sign_ins.end_all(user=obj)
            audit.record(
                by=cast(User, request.user),
                action="user.changed",
                subject=obj,
                fields=sorted(form.changed_data),
                staff_role=obj.staff_role,
                is_active=obj.is_active,
            )


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "subject_type", "subject_id", "actor", "details"]
    list_select_related = ["actor"]
    list_filter = ["subject_type"]
    search_fields = ["action", "=subject_id", "actor__email"]
    date_hierarchy = "at"
    ordering = ["-id"]


@admin.register(AccessLog, AccessFailureLog)
class SignInAdmin(ReadOnlyAdmin):
    """Who signed in or failed to, when and from where."""

    list_display = ["attempt_time", "username", "ip_address", "path_info"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]

"""Volunteers, to look them up. What support a person needs stays on their own pages."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from volunteers.models import Volunteer


@admin.register(Volunteer)
class VolunteerAdmin(ReadOnlyAdmin):
    list_display = ["user", "ward_code", "waiting_since", "paused_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["ward_code", "travel_mode", "wants_company"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    exclude = ["support_needs", "share_support_needs"]

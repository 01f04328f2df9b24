"""Applications, to look them up. What people wrote to each other stays on their pages."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from placements.models import Application


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    list_display = ["id", "volunteer_id", "opportunity", "state", "state_since", "reason"]
    list_select_related = ["opportunity"]
    list_filter = ["state", "reason"]
    search_fields = ["=id", "opportunity__title"]
    exclude = ["message", "words"]

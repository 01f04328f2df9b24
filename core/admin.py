"""The administration pages: for looking things up. Changes go through the services, which keep the
audit trail; so nearly everything here is read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.models import Activity, Cause, Fact, Language, Skill


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows can be found and read; nobody adds, changes or deletes one here."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Cause)
class CauseAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "parent", "ukcat_code", "icnptso_code"]
    list_select_related = ["parent"]
    search_fields = ["name", "code", "terms"]


@admin.register(Activity, Skill)
class TermedItemAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "terms"]
    search_fields = ["name", "code", "terms"]


@admin.register(Language)
class LanguageAdmin(ReadOnlyAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "subject_id", "state", "stated_at", "attempts", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["=subject_id"]
    ordering = ["-id"]

"""Messages, to see whether they went out. What they say stays with the person."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "recipient_id", "email_state", "created_at", "emailed_at"]
    list_filter = ["email_state", "kind"]
    exclude = ["body"]
    ordering = ["-id"]

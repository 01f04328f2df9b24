"""How a person wants to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.quiet import Hours


class ByMail(models.TextChoices):
    """When the mail of one topic is sent."""

    NOW = "now", _("By email, at once")
    DAILY = "daily", _("By email, once a day")
    WEEKLY = "weekly", _("By email, once a week")
    NEVER = "never", _("Not by email")


class Preference(models.Model):
    """What one person chose for one topic (`notifications.topics`); no row: mail at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    topic = models.CharField(max_length=20)
    by_mail = models.CharField(max_length=6, choices=ByMail, default=ByMail.NOW)
    by_text = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="one_preference_per_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.topic}: {self.by_mail}"


class QuietHours(models.Model):
    """The hours that one person chose, a London clock's; equal: none. No row: the usual ones."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours"
    )
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        verbose_name_plural = "quiet hours"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts} to {self.ends}"

    @property
    def hours(self) -> Hours:
        return Hours(self.starts, self.ends)

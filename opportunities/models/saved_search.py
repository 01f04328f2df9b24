"""Searches that people keep, to hear of new roles."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from opportunities.models.opportunity import Opportunity


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def with_alerts(self) -> Self:
        """Those whose person is told of new roles."""
        confirmed = Q(user=None, confirmed_at__isnull=False)
        told = Q(user__is_active=True) | confirmed
        return self.exclude(alerts=SavedSearch.Alerts.NEVER).filter(told)

    def followed_by(self, email: str) -> Self:
        """Those that somebody without an account follows by this address."""
        return self.filter(user=None, email=email)


class SavedSearch(TimeStampedModel):
    """What a person looks for, under a name.

    It is a user's, or that of an `email` address whose owner has no account: once they have
    confirmed it they are told in `language`.

    `address` is the search as it stands in the page's address; `asked` the same as
    `opportunities.search.standing` compares it with roles. Roles from before `since` are no news:
    the person saw them when they saved it.
    """

    class Alerts(models.TextChoices):
        NOW = "now", _("As soon as there is one")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        NEVER = "never", _("Do not tell me")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_searches",
    )
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=1000, blank=True)
    asked = models.JSONField(default=dict)
    alerts = models.CharField(max_length=6, choices=Alerts, default=Alerts.DAILY)
    since = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "saved searches"
        indexes = [models.Index(fields=["email"], name="followed_search_email")]
        constraints = [
            models.CheckConstraint(
                name="saved_search_alerts_known",
                condition=Q(alerts__in=["now", "daily", "weekly", "never"]),
            ),
            models.CheckConstraint(
                name="saved_search_is_somebodys",
                condition=Q(user__isnull=False, email="") | (Q(user=None) & ~Q(email="")),
            ),
            models.UniqueConstraint(
                fields=["email", "address"],
                condition=Q(user=None),
                name="one_followed_search_each",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedSearchRole(models.Model):
    """That a new role fits a saved search: once for ever, told or still to be told."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="found")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["search", "opportunity"], name="one_role_each_saved_search"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} for {self.search_id}"

"""Something that worries somebody, and what the volunteer centre did about it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import TimeStampedModel
from core.models.words import WordsField
from opportunities.models import Opportunity, Organisation
from placements.models.message import Message

#: Words about a concern, and notes on it, are no longer than this.
CONCERN_LENGTH = 3000


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> Self:
        """Concerns that are not closed: urgent ones first, then the oldest."""
        urgent = Case(When(kind=Concern.Kind.SAFETY, then=Value(0)), default=Value(1))
        return self.exclude(state=Concern.State.CLOSED).order_by(urgent, "created_at", "pk")

    def closed(self) -> Self:
        """Concerns that are done with, latest first."""
        return self.filter(state=Concern.State.CLOSED).order_by("-closed_at", "-pk")

    def about(self, words: str) -> Self:
        """Concerns that have each of the words in the name of their person, group, role or
        reporter."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(opportunity__title__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(person__first_name__icontains=word)
                | Q(person__last_name__icontains=word)
                | Q(reporter__first_name__icontains=word)
                | Q(reporter__last_name__icontains=word)
            )
        return found


class Concern(TimeStampedModel):
    """What somebody told the volunteer centre about a role, a group, a person or a message; none of
    them where they did not say. `reporter` is None for who did not sign in; `contact` is how they
    would like to be reached. What is known of it goes when its subject does; the concern stays.
    """

    class Kind(models.TextChoices):
        SAFETY = "safety", _("Somebody may come to harm")
        DISCRIMINATION = "discrimination", _("Somebody is treated unfairly for who they are")
        MONEY = "money", _("Somebody is asked for money, or it is about money")
        SPAM = "spam", _("It is not volunteering, or it is advertising")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("New")
        LOOKED_AT = "looked_at", _("Being looked at")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        ACTED = "acted", _("We acted on it")
        PASSED_ON = "passed_on", _("Passed on to somebody who acts on it")
        ADVICE = "advice", _("We gave advice")
        NOTHING_FOUND = "nothing_found", _("We found nothing to act on")
        MISTAKE = "mistake", _("Sent by mistake, or twice")

    kind = models.CharField(max_length=20, choices=Kind)
    words = WordsField(max_length=CONCERN_LENGTH)
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reporter = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "created_at"], name="concern_state")]
        constraints = [
            models.CheckConstraint(
                name="concern_closed_has_outcome",
                condition=~Q(state="closed") | (~Q(outcome="") & Q(closed_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}: {self.kind}"

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may come to harm."""
        return self.kind == self.Kind.SAFETY


class ConcernNote(models.Model):
    """What the volunteer centre wrote down about a concern; `told` says whom it told, '' nobody."""

    class Told(models.TextChoices):
        NOBODY = "", _("Nobody: this is only a note")
        LEAD = "lead", _("The borough’s safeguarding lead")
        POLICE = "police", _("The police")
        GROUP = "group", _("The group")
        PERSON = "person", _("The person it is about")
        REPORTER = "reporter", _("Who told us")
        OTHER = "other", _("Somebody else")

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    told = models.CharField(max_length=10, choices=Told, blank=True)
    words = WordsField(max_length=CONCERN_LENGTH, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk} on concern {self.concern_id}"

"""Roles that people can volunteer for."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.clock import today
from core.dbs import DbsLevel
from core.models import Activity, Cause, Language, LocatedModel, Skill, TimeStampedModel
from core.models.words import WordsField
from core.week import ALL_SLOTS
from opportunities.models.organisation import Organisation


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def public(self) -> Self:
        """Roles that anyone may see: open or full, of a verified group."""
        return self.filter(
            status__in=[Opportunity.Status.OPEN, Opportunity.Status.FULL],
            organisation__verified_at__isnull=False,
            organisation__suspended_at__isnull=True,
        )

    def open(self) -> Self:
        """Public roles that have a place left."""
        return self.public().filter(status=Opportunity.Status.OPEN, places_taken__lt=F("places"))

    def over(self) -> Self:
        """Roles that were public and take nobody any more, of verified groups."""
        return self.filter(
            Q(status=Opportunity.Status.CLOSED)
            | Q(
                status__in=[Opportunity.Status.OPEN, Opportunity.Status.FULL],
                closes_on__lt=today(),
            ),
            published_at__isnull=False,
            organisation__verified_at__isnull=False,
            organisation__suspended_at__isnull=True,
        )

    def to_review(self) -> Self:
        """Roles that wait for the volunteer centre, longest first."""
        return self.filter(status=Opportunity.Status.IN_REVIEW).order_by("updated_at")


class Opportunity(LocatedModel, TimeStampedModel):
    """One role of a group.

    `weekly_slots` is a mask of the week's 21 slots (`core.week`), 0 when any time suits.
    `places_taken` counts people who hold a place (offered or accepted), `applications_pending`
    those who wait for an answer; only `placements` changes the two.
    `catching_up_since`: since when it takes nobody, until its group has answered those who wait too
    long; `catching_up_waived_until`: its group said that it goes on, so that it does not pause
    before. Only `placements` changes these.
    `access` lists codes of `Access`, `offers` codes of `core.motives.Motive` that its group ticked
    (`opportunities.offers` adds what follows from the rest). A role from home has no postcode.
    `takes_from_waiting_list`: whoever is first in line has a free place as soon as they say yes;
    otherwise the group is asked as for anybody.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("Being checked")
        OPEN = "open", _("Open")
        FULL = "full", _("Full")
        CLOSED = "closed", _("Closed")

    class Commitment(models.TextChoices):
        ONE_OFF = "one_off", _("One-off")
        REGULAR = "regular", _("Regular")

    class ClosedBecause(models.TextChoices):
        NOT_SAID = "", _("Not said")
        FOUND = "found", _("We have found enough people")
        OVER = "over", _("It is over, or does not happen any more")
        LIMIT = "limit", _("We cannot take more people now")
        OTHER = "other", _("Something else")

    class Access(models.TextChoices):
        STEP_FREE = "step_free", _("Step-free entrance")
        TOILET = "toilet", _("Accessible toilet")
        HEARING_LOOP = "hearing_loop", _("Hearing loop")
        PARKING = "parking", _("Blue Badge parking nearby")
        QUIET = "quiet", _("A quiet space")
        SEATED = "seated", _("Can be done sitting down")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="opportunities"
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    description = WordsField(max_length=6000)
    gains = WordsField(blank=True, max_length=1500)
    causes = models.ManyToManyField(Cause, blank=True, related_name="+")
    activities = models.ManyToManyField(Activity, blank=True, related_name="+")
    skills = models.ManyToManyField(Skill, through="RoleSkill", blank=True, related_name="+")
    languages = models.ManyToManyField(Language, blank=True, related_name="+")
    offers = models.JSONField(default=list, blank=True)

    from_home = models.BooleanField(default=False)
    place_name = models.CharField(max_length=160, blank=True)
    weekly_slots = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(ALL_SLOTS)])
    #: The code of the template that it was begun from (`role_templates`), '' for none.
    template = models.CharField(max_length=60, blank=True, editable=False)
    commitment = models.CharField(max_length=8, choices=Commitment, default=Commitment.REGULAR)
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)

    places = models.PositiveIntegerField(default=1)
    places_taken = models.PositiveIntegerField(default=0)
    applications_pending = models.PositiveIntegerField(default=0)
    catching_up_since = models.DateTimeField(null=True, blank=True)
    catching_up_waived_until = models.DateTimeField(null=True, blank=True)

    minimum_age = models.PositiveSmallIntegerField(default=16)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    dbs_level = models.CharField(max_length=15, choices=DbsLevel, default=DbsLevel.NONE)
    access = models.JSONField(default=list, blank=True)
    expenses = models.CharField(max_length=300, blank=True)
    training = models.CharField(max_length=500, blank=True)
    supervision = models.CharField(max_length=500, blank=True)
    welcomes_company = models.BooleanField(default=False)
    groups_welcome = models.BooleanField(default=False)
    #: Whether two people may share one place between them.
    can_be_shared = models.BooleanField(default=False)
    takes_from_waiting_list = models.BooleanField(default=False)

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=10, choices=ClosedBecause, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_reference = models.CharField(max_length=80, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [
            models.Index(fields=["status", "-published_at"], name="role_newest_public"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_reference"],
                condition=~Q(source_reference=""),
                name="one_role_per_source_reference",
            ),
            models.CheckConstraint(name="role_has_a_place", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="role_is_not_overbooked", condition=Q(places_taken__lte=F("places"))
            ),
            models.CheckConstraint(
                name="role_slots_are_a_week", condition=Q(weekly_slots__lte=ALL_SLOTS)
            ),
            models.CheckConstraint(
                name="role_ages_in_order",
                condition=Q(maximum_age__isnull=True) | Q(maximum_age__gte=F("minimum_age")),
            ),
            models.CheckConstraint(
                name="role_public_since",
                condition=~Q(status__in=["open", "full"]) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        """How many more people can have a place."""
        return max(0, self.places - self.places_taken)

    @property
    def is_over(self) -> bool:
        """Whether it takes nobody any more: closed, or about to be closed after its last day."""
        return self.status == self.Status.CLOSED or (
            self.closes_on is not None and self.closes_on < today()
        )

    @property
    def can_be_discarded(self) -> bool:
        """Whether it is a draft that was never shown to people who look for a role."""
        return self.status == self.Status.DRAFT and self.published_at is None

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it. Loads the group."""
        return self.status in (self.Status.OPEN, self.Status.FULL) and self.organisation.is_verified


class RoleSkill(models.Model):
    """A skill that a role needs, can use, or teaches."""

    class Need(models.TextChoices):
        NEEDED = "needed", _("Needed")
        USEFUL = "useful", _("Useful")
        GAINED = "gained", _("You will learn it")

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="role_skills"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=6, choices=Need)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "skill", "need"], name="one_role_skill_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.need} {self.skill_id}"


class Session(TimeStampedModel):
    """One dated time at which a role is done."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.UniqueConstraint(
                fields=["opportunity", "starts_at"], name="one_session_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} at {self.starts_at:%Y-%m-%d %H:%M}"


class DateTakenOut(TimeStampedModel):
    """A date to come that a group has taken out of a role, until the people with a place in it are
    told (`placements.services.attendance.follow_dates`), which deletes it.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="dates_taken_out"
    )
    starts_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.opportunity_id} not at {self.starts_at:%Y-%m-%d %H:%M}"

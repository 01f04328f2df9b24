"""A person who wants to volunteer."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import today
from core.dbs import DbsLevel
from core.models import Activity, Cause, Language, LocatedModel, Skill, TimeStampedModel
from core.models.words import WordsField
from core.week import ALL_SLOTS


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def active(self) -> "VolunteerQuerySet":
        """People who can be shown roles now: not paused, account in use."""
        return self.filter(paused_at__isnull=True, user__is_active=True)

    def waiting(self) -> "VolunteerQuerySet":
        """Active people who asked for a role, have none yet, and could start one now."""
        can_start = models.Q(can_start_from=None) | models.Q(can_start_from__lte=today())
        return self.active().filter(can_start, waiting_since__isnull=False)

    def silent(self) -> "VolunteerQuerySet":
        """Those who ticked no kind of work and no cause: nobody knows what they would like."""
        return self.filter(activities=None, causes=None)


class Volunteer(LocatedModel, TimeStampedModel):
    """What a person told us, so that roles can be found for them.

    `availability` is a mask of the week's 21 slots (`core.week`), 0 when they did not say.
    `travel_miles` is None for any distance. `motives` lists codes of `core.motives.Motive`: what
    they would like to get out of it, which no group sees. `waiting_since` runs from the day they
    asked for a role until they are placed; who `can_start_from` a later day is not counted among
    those who wait, nor invited, until then, and may look and ask all the same.
    """

    class TravelMode(models.TextChoices):
        WALK = "walk", _("On foot")
        CYCLE = "cycle", _("By bike")
        BUS = "bus", _("By bus or train")
        CAR = "car", _("By car")

    class Precision(models.TextChoices):
        NONE = "", _("Not known")
        POSTCODE = "postcode", _("To the postcode")
        OUTWARD = "outward", _("To the area of the postcode")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volunteer"
    )
    date_of_birth = models.DateField(null=True, blank=True)
    parent_confirmed_at = models.DateTimeField(null=True, blank=True)

    location_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    travel_miles = models.PositiveSmallIntegerField(null=True, blank=True, default=3)
    travel_mode = models.CharField(max_length=5, choices=TravelMode, default=TravelMode.BUS)
    helps_in_person = models.BooleanField(default=True)
    helps_from_home = models.BooleanField(default=True)

    open_to_one_off = models.BooleanField(default=True)
    open_to_regular = models.BooleanField(default=True)
    wants_company = models.BooleanField(default=False)
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    availability = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(ALL_SLOTS)])

    about = WordsField(blank=True, max_length=4000)
    experience = WordsField(blank=True, max_length=4000)
    languages = models.ManyToManyField(Language, blank=True, related_name="+")
    causes = models.ManyToManyField(Cause, blank=True, related_name="+")
    activities = models.ManyToManyField(Activity, blank=True, related_name="+")
    skills = models.ManyToManyField(Skill, blank=True, related_name="+")
    motives = models.JSONField(default=list, blank=True)

    dbs_level = models.CharField(max_length=15, choices=DbsLevel, default=DbsLevel.NONE)
    willing_dbs = models.BooleanField(default=True)
    support_needs = WordsField(blank=True, max_length=1000)
    share_support_needs = models.BooleanField(default=False)

    waiting_since = models.DateTimeField(null=True, blank=True, db_index=True)
    can_start_from = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    #: Whether the service may write to them of its own accord about a role that may suit them.
    welcomes_invitations = models.BooleanField(default=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="volunteer_availability_is_a_week",
                condition=models.Q(availability__lte=ALL_SLOTS),
            ),
        ]

    def __str__(self) -> str:
        return f"volunteer {self.pk}"

"""Groups that take volunteers, and the people who act for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Cause, LocatedModel, TimeStampedModel
from core.models.words import WordsField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def verified(self) -> "OrganisationQuerySet":
        """Groups that the volunteer centre knows and has not stopped."""
        return self.filter(verified_at__isnull=False, suspended_at__isnull=True)

    def to_verify(self) -> "OrganisationQuerySet":
        """Groups that wait for the volunteer centre, longest first."""
        return self.filter(verified_at__isnull=True, suspended_at__isnull=True).order_by(
            "created_at"
        )

    def renamed(self) -> "OrganisationQuerySet":
        """Verified groups whose name or number changed since somebody looked, longest first."""
        return self.verified().filter(renamed_at__isnull=False).order_by("renamed_at", "pk")

    def of(self, user_id: int | None) -> "OrganisationQuerySet":
        """Groups that this person acts for."""
        return self.filter(memberships__user_id=user_id)


class Organisation(LocatedModel, TimeStampedModel):
    """A charity, faith group, club or public body that posts roles.

    `identifier` is in org-id form (org-id.guide), for example GB-CHC-1234567, or '' for a group
    that is not registered. `renamed_at`: a verified group changed its name or number,
    and the volunteer centre has not looked at it since. `answered_share` (0 to 1, within 10 days)
    and `median_answer_days` are its answering record, worked out nightly; None while there is too
    little to say. `answering` is what that record lets us expect (`matching.services.answering`).
    """

    class LegalForm(models.TextChoices):
        CHARITY = "charity", _("Registered charity")
        CIO = "cio", _("Charitable incorporated organisation (CIO)")
        CIC = "cic", _("Community interest company (CIC)")
        UNINCORPORATED = "unincorporated", _("Community group or club, not registered")
        FAITH = "faith", _("Faith group")
        SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise or company")
        PUBLIC = "public", _("Public body, such as a school or hospital")

    class Size(models.TextChoices):
        UNKNOWN = "", _("Not said")
        MICRO = "micro", _("Nobody is paid")
        SMALL = "small", _("1 to 5 paid staff")
        MEDIUM = "medium", _("6 to 50 paid staff")
        LARGE = "large", _("More than 50 paid staff")

    class Network(models.TextChoices):
        UNKNOWN = "", _("Not said")
        NONE = "none", _("No network")
        CVS = "cvs", _("The council for voluntary service")
        OTHER = "other", _("Another network")

    name = models.CharField(max_length=160)
    legal_form = models.CharField(max_length=20, choices=LegalForm)
    identifier = models.CharField(max_length=30, blank=True)
    description = WordsField(max_length=3000)
    website = models.URLField(blank=True)
    contact_email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    causes = models.ManyToManyField(Cause, blank=True, related_name="+")
    size = models.CharField(max_length=10, choices=Size, blank=True)
    network = models.CharField(max_length=10, choices=Network, blank=True)
    safeguarding_on_file = models.BooleanField(default=False)
    insurance_on_file = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    suspended_at = models.DateTimeField(null=True, blank=True)
    renamed_at = models.DateTimeField(null=True, blank=True)
    answered_share = models.FloatField(null=True, blank=True)
    median_answer_days = models.FloatField(null=True, blank=True)
    answering = models.JSONField(default=dict, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~models.Q(identifier=""),
                name="one_group_per_identifier",
            ),
            models.CheckConstraint(
                name="group_answered_share_is_a_share",
                condition=models.Q(answered_share__isnull=True)
                | models.Q(answered_share__gte=0, answered_share__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether its roles may be public."""
        return self.verified_at is not None and self.suspended_at is None


class Membership(TimeStampedModel):
    """That a person acts for a group."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        MEMBER = "member", _("Member")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id} as {self.role}"

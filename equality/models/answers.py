"""Optional answers for equality monitoring, kept apart from everything else.

Data Protection Act 2018, Schedule 1, paragraph 8: they are kept to see whether people are treated
alike, in the aggregate, and are never used to decide on or rank a person.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFER_NOT = "prefer_not"


class EqualityAnswers(models.Model):
    """What one person chose to say. Every answer may be left out."""

    class AgeBand(models.TextChoices):
        UNDER_18 = "under_18", _("Under 18")
        FROM_18 = "18_24", _("18 to 24")
        FROM_25 = "25_44", _("25 to 44")
        FROM_45 = "45_64", _("45 to 64")
        FROM_65 = "65_79", _("65 to 79")
        FROM_80 = "80_over", _("80 or over")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class Disability(models.TextChoices):
        YES_LOT = "yes_lot", _("Yes, it limits me a lot")
        YES_LITTLE = "yes_little", _("Yes, it limits me a little")
        NO = "no", _("No")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class EthnicGroup(models.TextChoices):
        ASIAN = "asian", _("Asian or Asian British")
        BLACK = "black", _("Black, Black British, Caribbean or African")
        MIXED = "mixed", _("Mixed or multiple ethnic groups")
        WHITE = "white", _("White")
        OTHER = "other", _("Another ethnic group")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class GenderSame(models.TextChoices):
        SAME = "same", _("Yes")
        DIFFERENT = "different", _("No")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class Religion(models.TextChoices):
        NONE = "none", _("No religion")
        BUDDHIST = "buddhist", _("Buddhist")
        CHRISTIAN = "christian", _("Christian")
        HINDU = "hindu", _("Hindu")
        JAIN = "jain", _("Jain")
        JEWISH = "jewish", _("Jewish")
        MUSLIM = "muslim", _("Muslim")
        SIKH = "sikh", _("Sikh")
        OTHER = "other", _("Another religion")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    class Orientation(models.TextChoices):
        STRAIGHT = "straight", _("Straight or heterosexual")
        GAY = "gay", _("Gay or lesbian")
        BI = "bi", _("Bisexual")
        OTHER = "other", _("Another orientation")
        PREFER_NOT = PREFER_NOT, _("Prefer not to say")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    age_band = models.CharField(max_length=12, choices=AgeBand, blank=True)
    disability = models.CharField(max_length=12, choices=Disability, blank=True)
    ethnic_group = models.CharField(max_length=12, choices=EthnicGroup, blank=True)
    sex = models.CharField(max_length=12, choices=Sex, blank=True)
    gender_same = models.CharField(max_length=12, choices=GenderSame, blank=True)
    religion = models.CharField(max_length=12, choices=Religion, blank=True)
    orientation = models.CharField(max_length=12, choices=Orientation, blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "equality answers"

    def __str__(self) -> str:
        return f"equality answers {self.pk}"

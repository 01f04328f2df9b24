"""Levels of a criminal-record check by the Disclosure and Barring Service."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DbsLevel(models.TextChoices):
    """Levels of a DBS check, lowest first: each includes the ones before it."""

    NONE = "none", _("No check")
    BASIC = "basic", _("Basic check")
    STANDARD = "standard", _("Standard check")
    ENHANCED = "enhanced", _("Enhanced check")
    ENHANCED_BARRED = "enhanced_barred", _("Enhanced check with barred lists")

    @property
    def rank(self) -> int:
        """Give 0 for no check up to 4 for enhanced with barred lists."""
        return list(DbsLevel).index(self)

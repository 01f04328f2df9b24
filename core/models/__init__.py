"""Tables that every app may need."""

from core.models.base import LocatedModel, TimeStampedModel
from core.models.fact import Fact
from core.models.taxonomy import Activity, Cause, Language, Skill, UkcatTag

__all__ = [
    "Activity",
    "Cause",
    "Fact",
    "Language",
    "LocatedModel",
    "Skill",
    "TimeStampedModel",
    "UkcatTag",
]

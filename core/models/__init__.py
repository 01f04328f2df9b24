"""Tables that every app may need."""

from .base import LocatedModel, TimeStampedModel
from .fact import Fact
from .taxonomy import Activity, Cause, Language, Skill, UkcatTag

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

"""Equality answers are the person's: exported to them, deleted with them, seen by nobody."""

from core.personal_data import holds

holds(
    "equality.EqualityAnswers",
    path="user",
    theirs_alone="no member of staff sees them, as is said where they are asked",
)

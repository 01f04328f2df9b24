"""Equality answers are the person's: exported to them, deleted with them, seen by nobody."""

from core.personal_data import holds

holds("equality.EqualityAnswers", path="user")

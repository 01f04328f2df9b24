"""Equality answers, read only in the aggregate and by the person."""

from equality.models.answers import EqualityAnswers

__all__ = ["EqualityAnswers"]

"""Equality answers, read only in the aggregate and by the person."""

from .answers import EqualityAnswers

__all__ = ["EqualityAnswers"]

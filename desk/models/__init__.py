"""What the volunteer centre notes at its desk, and how it tells people without email."""

from desk.models.note import DeskNote
from desk.models.telling import LetterBatch, Telling, WayToTell

__all__ = ["DeskNote", "LetterBatch", "Telling", "WayToTell"]
